import JSONText
import Testing
import ThrLanguageServer

/// Files that use each other: a name is the same wherever it is known.
@Suite("Several files")
struct SeveralFilesTests {
  private static let files = [
    "/project/lib.thr": "base = 10\nfn halve(x) = x + base",
    "/project/mid.thr": "use \"lib.thr\"\ntwice = halve(4)",
    "/project/a.thr": "use \"mid.thr\"\nhalve(3) + twice",
    "/project/other.thr": "fn halve(x) = x\nhalve(1)",
  ]

  private func client(_ changes: [String: String] = [:]) -> TestClient {
    let files = Self.files.merging(changes) { $1 }
    let client = TestClient(
      ["textDocument": ["diagnostic": [:], "rename": ["prepareSupport": true]]], files: files,
      folder: "file:///project")
    client.open(files["/project/a.thr"] ?? "")
    return client
  }

  private func lib(_ line: Int, _ character: Int) -> JSON {
    ["textDocument": ["uri": "file:///project/lib.thr"], "position": position(line, character)]
  }

  private func file(_ name: String) -> String { "file:///project/\(name).thr" }

  @Test("A name's places are those of all files, wherever one asks", arguments: [true, false])
  func references(declarations: Bool) {
    let client = client()
    let expected: [JSON] =
      (declarations
        ? [["uri": .string(file("lib")), "range": range(1, 3, 8)]] : [])
      + [
        ["uri": .string(file("a")), "range": range(1, 0, 5)],
        ["uri": .string(file("mid")), "range": range(1, 8, 13)],
      ]
    for asked in [place(1, 1), lib(1, 4)] {
      let found = client.result(
        "textDocument/references",
        asked.with("context", ["includeDeclaration": .bool(declarations)]))
      #expect(found == .array(expected))
    }
  }

  @Test("Another name is another name in all files")
  func rename() {
    let client = client()
    #expect(client.result("textDocument/prepareRename", place(1, 1))["range"] == range(1, 0, 5))
    let expected: JSON = [
      "changes": [
        file("lib"): [["range": range(1, 3, 8), "newText": "half2"]],
        file("a"): [["range": range(1, 0, 5), "newText": "half2"]],
        file("mid"): [["range": range(1, 8, 13), "newText": "half2"]],
      ]
    ]
    for asked in [place(1, 1), lib(1, 4)] {
      #expect(client.result("textDocument/rename", asked.with("newName", "half2")) == expected)
    }
  }

  @Test(
    "A name that means something else in another file is refused",
    arguments: [
      // The file's own name.
      ("use \"mid.thr\"\nhalf2 = 1\nhalve(half2)", "half2"),
      // A name that the other file gives too.
      ("use \"mid.thr\"\nhalve = halve(1)\nhalve", "half2"),
      // One that is taken in the file itself.
      ("use \"mid.thr\"\nhalve(1)", "base"),
    ])
  func conflicts(text: String, name: String) {
    let client = client(["/project/a.thr": text])
    #expect(
      client.errorCode("textDocument/rename", lib(1, 4).with("newName", .string(name))) == -32803)
  }

  @Test("What is not below the client's folders is not changed")
  func foreignFiles() {
    let client = client([
      "/project/a.thr": "use \"../away.thr\"\naway", "/away.thr": "away = 1",
    ])
    #expect(client.result("textDocument/prepareRename", place(1, 1)) == .null)
    #expect(client.errorCode("textDocument/rename", place(1, 1).with("newName", "b")) == -32803)
  }

  @Test("Parameters and what only one file knows stay with it")
  func ownNames() {
    let edits = client().result("textDocument/rename", lib(1, 9).with("newName", "y"))["changes"]
    #expect(edits?.object?.members.map(\.key) == [file("lib")])
  }

  @Test("Faults of files that nobody has opened are reported too")
  func diagnostics() throws {
    let client = client(["/project/other.thr": "use \"lib.thr\"\nhalf3(1)"])
    let reports = client.result("workspace/diagnostic", ["previousResultIds": []])["items"]?.array
    #expect(
      reports?.map { $0["uri"]?.string } == ["a", "lib", "mid", "other"].map(file))
    let report = try #require(reports?.last)
    #expect(report["version"] == .null)
    #expect(report["items"]?[0]?["code"] == "E0210")
    let again = client.result(
      "workspace/diagnostic",
      ["previousResultIds": [["uri": .string(file("other")), "value": report["resultId"] ?? ""]]])
    #expect(again["items"]?.array?.last?["kind"] == "unchanged")
  }

  @Test("Only a client that asks before renaming is told that it can")
  func prepareProvider() {
    let old = TestClient()
    #expect(old.initialize()["result"]?["capabilities"]?["renameProvider"] == true)
    let new = TestClient()
    #expect(
      new.initialize(["textDocument": ["rename": ["prepareSupport": true]]])["result"]?[
        "capabilities"]?[
          "renameProvider"] == ["prepareProvider": true])
  }

  @Test("What can be done anywhere is offered only when somebody asks")
  func automaticActions() {
    let client = client()
    for (trigger, isOffered) in [(1.0, true), (2, false)] {
      let actions = client.result(
        "textDocument/codeAction",
        text().with("range", range(1, 0, 0)).with(
          "context", ["diagnostics": [], "triggerKind": .number(trigger)]))
      #expect((actions.array?.isEmpty == false) == isOffered)
    }
  }
}
