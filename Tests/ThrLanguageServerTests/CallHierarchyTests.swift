import JSONText
import Testing

@Suite("Who calls whom")
struct CallHierarchyTests {
  private let client: TestClient

  init() {
    client = TestClient(
      [:],
      files: [
        "/project/lib.thr":
          "fn halve(x) = x / 2\nfn twice(x) = halve(x) + halve(x)\nn = 4 |> halve",
        "/project/other.thr": "fn halve(x) = x\nhalve(1)",
      ], folder: "file:///project")
    client.open("use \"lib.thr\"\nfn f(x) {\n  halve(x)\n}\nhalve(2)\ng = halve\nf(1)")
  }

  private func prepared(_ line: Int, _ character: Int) -> JSON {
    client.result("textDocument/prepareCallHierarchy", place(line, character))
  }

  private func calls(_ direction: String, _ item: JSON?, _ end: String) -> [String] {
    let answer = client.result("callHierarchy/\(direction)Calls", ["item": item ?? .null])
    return (answer.array ?? []).map { call in
      let places = (call["fromRanges"]?.array ?? []).map {
        "\($0["start"]?["line"]?.integer ?? -1):\($0["start"]?["character"]?.integer ?? -1)"
      }
      return "\(call[end]?["name"]?.string ?? "?") \(places.joined(separator: " "))"
    }
  }

  @Test("A function is found where it is declared")
  func prepare() {
    let item = prepared(2, 3)[0]
    #expect(item?["name"] == "halve" && item?["kind"] == 12)
    #expect(item?["uri"] == "file:///project/lib.thr")
    #expect(item?["range"] == range(0, 0, 19) && item?["selectionRange"] == range(0, 3, 8))
    #expect(prepared(1, 3)[0]?["name"] == "f")
    #expect(prepared(5, 0) == .null && prepared(2, 8) == .null)
  }

  /// `g = halve` is no call.
  @Test("Its callers are those of all files, the statements of a file as the file")
  func incoming() {
    #expect(
      calls("incoming", prepared(2, 3)[0], "from") == [
        "twice 1:14 1:25", "lib.thr 2:9", "f 2:2", "a.thr 4:0",
      ])
    #expect(calls("incoming", prepared(1, 3)[0], "from") == ["a.thr 6:0"])
  }

  @Test("It calls functions that scripts declare, in any file")
  func outgoing() {
    #expect(calls("outgoing", prepared(1, 3)[0], "to") == ["halve 2:2"])
    let file = client.result(
      "callHierarchy/incomingCalls", ["item": prepared(1, 3)[0] ?? .null])[0]?["from"]
    #expect(calls("outgoing", file, "to") == ["halve 4:0", "f 6:0"])
    #expect(calls("incoming", file, "from") == [])
  }

  @Test("A function that has changed meanwhile is asked for again")
  func changed() {
    let item = prepared(1, 3)[0]
    client.change([["text": "x = 1"]], version: 2)
    #expect(client.errorCode("callHierarchy/outgoingCalls", ["item": item ?? .null]) == -32801)
  }
}
