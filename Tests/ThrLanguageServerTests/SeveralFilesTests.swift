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
      // One that is taken in the file itself.
      ("use \"mid.thr\"\nhalve(1)", "base"),
    ])
  func conflicts(text: String, name: String) {
    let client = client(["/project/a.thr": text])
    #expect(
      client.errorCode("textDocument/rename", lib(1, 4).with("newName", .string(name))) == -32803)
  }

  @Test("A name that another file binds itself later is renamed where it still is the same")
  func boundAgain() {
    let client = client(["/project/a.thr": "use \"mid.thr\"\nhalve = halve(1)\nhalve"])
    let edit = client.result("textDocument/rename", lib(1, 4).with("newName", "half2"))
    let places = edit["changes"]?["file:///project/a.thr"]?.array ?? []
    #expect(places.map { $0["range"] } == [range(1, 8, 13)], "\(edit)")
  }

  @Test("Another file's own variable of the same name is another one")
  func sameNameElsewhere() {
    let client = TestClient(
      [:],
      files: [
        "/project/a.thr": "s = 1\ns", "/project/lib/c.thr": "k = 1",
        "/project/b.thr": "use \"lib/c.thr\"\ns = 1\ns",
        // A user of the renamed file that has a name of its own before.
        "/project/d.thr": "s = 2\nprint(s)\nuse \"a.thr\"\ns",
      ], folder: "file:///project")
    client.open("s = 1\ns")
    let expected: JSON = [
      "changes": [
        "file:///project/a.thr": [
          ["range": range(0, 0, 1), "newText": "z"], ["range": range(1, 0, 1), "newText": "z"],
        ]
      ]
    ]
    let edits = client.result("textDocument/rename", place(0, 0).with("newName", "z"))["changes"]
    #expect(edits?["file:///project/a.thr"] == expected["changes"]?["file:///project/a.thr"])
    #expect(edits?["file:///project/b.thr"] == nil)
    #expect(
      edits?["file:///project/d.thr"] == [["range": range(3, 0, 1), "newText": "z"]])
  }

  @Test("What is not below the client's folders is not changed")
  func foreignFiles() {
    let client = client([
      "/project/a.thr": "use \"../away.thr\"\naway", "/away.thr": "away = 1",
    ])
    #expect(client.result("textDocument/prepareRename", place(1, 1)) == .null)
    #expect(client.errorCode("textDocument/rename", place(1, 1).with("newName", "b")) == -32803)
  }

  @Test(
    "A file is the same however its address is written",
    arguments: [
      "file:///project/lib.thr", "file:/project/lib.thr", "FILE:///project/lib.thr",
      "file://localhost/project/lib.thr", "file:///project/%6Cib.thr",
    ])
  func addresses(address: String) {
    let client = client()
    client.open("base = 1", at: address)
    // The open text has no such function.
    #expect(client.result("textDocument/definition", place(1, 1)) == .null)
  }

  @Test("What only one file knows stays with it")
  func ownNames() {
    let edits = client().result("textDocument/rename", lib(1, 9).with("newName", "y"))["changes"]
    #expect(edits?.object?.members.map(\.key) == [file("lib")])
  }

  private static let labels = [
    "/project/lib/scale.thr": "fn scale(x, by=2) = x * by\nscale(1, by=3)",
    "/project/lib/mid.thr": "use \"scale.thr\"\ntwice = scale(4, by=5)",
    "/project/a.thr": "use \"lib/mid.thr\"\nby = 1\nscale(3, by=by) + scale(x=1, by=twice)",
    // Another function of the same name.
    "/project/other.thr": "use \"lib/mid.thr\"\nfn scale(x, by) = x\nscale(1, by=2)",
  ]

  @Test("A parameter is the same before the arguments of calls in other files")
  func parameters() {
    let client = client(Self.labels)
    let scale: JSON = ["textDocument": ["uri": .string(file("lib/scale"))]]
    let expected: JSON = [
      "changes": [
        file("lib/scale"): [
          ["range": range(0, 12, 14), "newText": "factor"],
          ["range": range(0, 24, 26), "newText": "factor"],
          ["range": range(1, 9, 11), "newText": "factor"],
        ],
        file("a"): [
          ["range": range(2, 9, 11), "newText": "factor"],
          ["range": range(2, 29, 31), "newText": "factor"],
        ],
        file("lib/mid"): [["range": range(1, 17, 19), "newText": "factor"]],
      ]
    ]
    #expect(client.result("textDocument/prepareRename", place(2, 9))["range"] == range(2, 9, 11))
    for asked in [place(2, 9), place(2, 30), scale.with("position", position(0, 12))] {
      #expect(client.result("textDocument/rename", asked.with("newName", "factor")) == expected)
      let found = client.result(
        "textDocument/references", asked.with("context", ["includeDeclaration": false]))
      #expect(found.array?.count == 5)
    }
    #expect(client.result("textDocument/definition", place(2, 9))["range"] == range(0, 12, 14))
    // The other parameter has that name.
    #expect(
      client.errorCode("textDocument/rename", place(2, 9).with("newName", "x")) == -32803)
  }

  @Test("Faults of files that are not open are reported too")
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

  @Test(
    """
    A client that pulls is asked to pull again when a file has changed, however it spells that \
    it can
    """,
    arguments: ["diagnostics", "diagnostic"])
  func refresh(member: String) {
    let client = TestClient(
      ["textDocument": ["diagnostic": [:]], "workspace": [member: ["refreshSupport": true]]],
      folder: "file:///project")
    client.notify(
      "workspace/didChangeWatchedFiles",
      ["changes": [["uri": .string(file("lib")), "type": 2]]])
    #expect(client.message("workspace/diagnostic/refresh")["id"] != nil)
  }

  @Test("Only a client that supports prepareRename is offered it")
  func prepareProvider() {
    let old = TestClient()
    #expect(old.initialize()["result"]?["capabilities"]?["renameProvider"] == true)
    let new = TestClient()
    #expect(
      new.initialize(["textDocument": ["rename": ["prepareSupport": true]]])["result"]?[
        "capabilities"]?[
          "renameProvider"] == ["prepareProvider": true])
  }

  @Test("What can be done anywhere is offered only on request")
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
