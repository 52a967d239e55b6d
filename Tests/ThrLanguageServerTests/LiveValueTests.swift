import DocumentEvaluation
import JSONText
import Testing
import ThrLanguageServer

@Suite("Values beside the text")
struct LiveValueTests {
  private static let hints: JSON = [
    "textDocument": ["inlayHint": [:]], "workspace": ["inlayHint": ["refreshSupport": true]],
  ]

  private func hints(_ client: TestClient) -> [String?] {
    client.result("textDocument/inlayHint", text().with("range", everything)).array?
      .map { $0["label"]?.string } ?? []
  }

  private let everything: JSON = ["start": position(0, 0), "end": position(99, 0)]

  @Test("Values come as hints, with more on request")
  func asHints() {
    let client = TestClient(Self.hints, options: ["parameterNames": false])
    client.open("x = 1\nfail\nact\nx")
    _ = client.message("workspace/inlayHint/refresh")
    let found =
      client.result("textDocument/inlayHint", text().with("range", everything)).array ?? []
    #expect(found.map { $0["label"] } == ["is 1", "not run: acts", "is x"])
    #expect(
      found.map { $0["position"] } == [position(0, 5), position(2, 3), position(3, 1)])
    let whole = client.result("inlayHint/resolve", found.first)
    #expect(whole["tooltip"]?["value"]?.string?.contains("value of\n1") == true)
  }

  @Test("A client without hints gets them at the last character of each statement")
  func asDiagnostics() {
    let client = TestClient([:])
    client.open("x = 1\nx")
    let found = client.take {
      $0["params"]?["diagnostics"]?.array?.contains { $0["severity"] == 4 } == true
    }["params"]?["diagnostics"]?.array
    #expect(found?.map { $0["message"] } == ["is 1", "is x"])
    // More would hide the colours of the text, and count as more than a hint.
    #expect(found?.map { $0["range"] } == [range(0, 4, 5), range(1, 0, 1)])
  }

  @Test("What a run finds stands beside what the checker has found")
  func failures() {
    let client = TestClient(Self.hints)
    client.open("fail")
    let found = client.take {
      $0["params"]?["diagnostics"]?.array?.contains { $0["code"] == "E0499" } == true
    }["params"]?["diagnostics"]?.array
    #expect(found?.last?["message"] == "it failed; write less")
  }

  @Test("The pointer shows the whole value")
  func hover() {
    let client = TestClient(Self.hints)
    client.open("number = 1\ncube(number)")
    _ = client.message("workspace/inlayHint/refresh")
    for (line, character, value) in [(0, 2, "value of\n1"), (1, 6, "value of\n1"), (1, 1, "cube")] {
      let contents = client.result("textDocument/hover", place(line, character))["contents"]
      #expect(contents?["value"]?.string?.contains(value) == true)
    }
  }

  @Test("An edit takes away what it may have changed, and nothing else")
  func edits() {
    let client = TestClient(Self.hints, options: ["parameterNames": false])
    client.open("a = 1\nb = 2\nb\nc = 3")
    _ = client.message("workspace/inlayHint/refresh")
    client.change([["range": range(1, 4, 5), "text": "wait"]])
    #expect(hints(client) == ["is 1", "is 3"])
    client.change([["range": range(1, 4, 8), "text": "5"]], version: 3)
    _ = client.message("workspace/inlayHint/refresh")
    #expect(hints(client) == ["is 1", "is 5", "is b", "is 3"])
  }

  @Test(
    "Saving finds tables that have changed on the disk, though no one watches them",
    .timeLimit(.minutes(1)))
  func saving() {
    let client = TestClient(Self.hints)
    client.open("x = 1")
    _ = client.message("workspace/inlayHint/refresh")
    let before = client.evaluator.all.count
    client.notify("textDocument/didSave", text())
    // The evaluator looks at the states of the files; it is enough that it is asked.
    while client.evaluator.all.count == before { client.settle() }
    #expect(client.evaluator.all.last?.permissions.mayAct == false)
  }

  @Test("What stays moves along with the text")
  func moving() {
    let client = TestClient(Self.hints, options: ["parameterNames": false])
    client.open("a = 1\nfail\nb")
    while client.diagnostics().last?["code"] != "E0499" {}
    while hints(client).count < 2 { client.settle() }
    client.change([["text": "# new\n\na = 1\nfail\nb"]])
    let found =
      client.result("textDocument/inlayHint", text().with("range", everything)).array ?? []
    #expect(found.map { $0["position"] } == [position(2, 5), position(4, 1)])
    #expect(client.diagnostics().last?["range"] == range(3, 0, 4))
  }

  @Test("Under strictness another statement can make one fail that mentions none of its names")
  func strictEdits() {
    let client = TestClient(Self.hints, options: ["parameterNames": false, "strict": true])
    client.open("a = 1\nb = 2\nc = 3")
    _ = client.message("workspace/inlayHint/refresh")
    client.change([["range": range(1, 4, 5), "text": "wait"]])
    #expect(hints(client) == ["is 1"])
  }

  @Test("A function that changes takes away what mentions it, also above it")
  func functions() {
    let client = TestClient(Self.hints, options: ["parameterNames": false])
    client.open("a = 1\nf\nfn f(x) = x\nwait")
    while hints(client).count < 3 { client.settle() }
    client.change([["range": range(2, 10, 11), "text": "7"]])
    #expect(hints(client) == ["is 1"])
  }

  @Test("What the user had run stays where a run by itself may not go that far")
  func asked() {
    let client = TestClient(Self.hints, options: ["parameterNames": false])
    client.open("act\nx = 1")
    _ = client.message("workspace/inlayHint/refresh")
    #expect(hints(client) == ["not run: acts", "is 1"])
    _ = client.answer(to: execute(client, "thr.runToHere", line: 0))
    let runs = client.evaluator.all.count
    while client.evaluator.all.count == runs { client.settle() }
    client.settle()
    #expect(hints(client) == ["is act", "is 1"])
  }

  @Test("A text is evaluated within limits, and only below the client's folders")
  func limits() throws {
    let client = TestClient(
      [:], options: ["budget": ["seconds": 1.5, "megabytes": 2]], folder: "file:///project")
    client.open("x = 1")
    while client.evaluator.all.isEmpty { client.settle() }
    let request = try #require(client.evaluator.all.first)
    #expect(request.budget == .init(seconds: 1.5, bytes: 2 << 20))
    #expect(request.permissions == .init(readableFolders: ["/project"], mayAct: false))
    #expect(request.path == "/project/a.thr")
  }

  @Test("A text outside the client's folders may read beside itself")
  func ownFolder() throws {
    let client = TestClient([:], folder: "file:///elsewhere")
    client.open("x = 1")
    while client.evaluator.all.isEmpty { client.settle() }
    let request = try #require(client.evaluator.all.first)
    #expect(request.permissions.readableFolders == ["/elsewhere", "/project"])
  }

  @Test("A client is not asked to look again where nothing is new")
  func nothingNew() {
    let client = TestClient(Self.hints)
    client.open("a = 1")
    _ = client.message("workspace/inlayHint/refresh")
    client.change([["range": range(0, 0, 0), "text": "# note\n"]])
    while client.evaluator.all.count < 2 { client.settle() }
    client.settle()
    #expect(!client.transport.untaken.contains { $0["method"] == "workspace/inlayHint/refresh" })
  }

  @Test("One setting turns them off", arguments: [true, false])
  func off(isAsked: Bool) {
    let client = TestClient(isAsked ? ["workspace": ["configuration": true]] : [:])
    if isAsked {
      client.reply(to: client.message("workspace/configuration"), [["liveValues": false]])
    } else {
      client.notify(
        "workspace/didChangeConfiguration", ["settings": ["thr": ["liveValues": false]]])
    }
    client.settle()
    client.open("x = 1")
    #expect(client.diagnostics().isEmpty)
    let id = client.ask(
      "workspace/executeCommand",
      ["command": "thr.runToHere", "arguments": ["file:///project/a.thr", position(0, 0)]])
    // Asked for, it runs all the same; by itself it had not.
    #expect(client.answer(to: id)["result"] == "value of\n1")
    #expect(client.evaluator.all.count == 1)
  }

  @Test("Settings hold for texts that are open already")
  func strictness() {
    let client = TestClient(Self.hints)
    client.open("x = 1")
    #expect(client.diagnostics().isEmpty)
    client.notify("workspace/didChangeConfiguration", ["settings": ["thr": ["strict": true]]])
    client.change([["text": "x = "]])
    #expect(
      client.take { $0["params"]?["diagnostics"]?.array?.count == 1 } != "nothing came")
  }

  @Test("A closed text is forgotten")
  func forgetting() {
    let client = TestClient([:])
    client.open("x = 1")
    while client.evaluator.all.isEmpty { client.settle() }
    client.notify("textDocument/didClose", text())
    while client.evaluator.allForgotten.isEmpty { client.settle() }
    #expect(client.evaluator.allForgotten == ["file:///project/a.thr"])
  }

  // MARK: - On request

  private func execute(_ client: TestClient, _ command: JSON, line: Int) -> JSON {
    client.ask(
      "workspace/executeCommand",
      [
        "command": command, "arguments": ["file:///project/a.thr", position(line, 0)],
        "workDoneToken": "token",
      ])
  }

  @Test("A run on request may do everything, goes as far as asked, and shows its progress")
  func runToHere() {
    let client = TestClient(Self.hints, options: ["liveValues": false])
    client.open("act\nx = 1\nfail")
    let id = execute(client, "thr.runToHere", line: 1)
    #expect(client.message("$/progress")["params"]?["value"]?["kind"] == "begin")
    #expect(client.message("$/progress")["params"]?["value"]?["kind"] == "end")
    #expect(client.answer(to: id)["result"] == "value of\n1")
    #expect(client.evaluator.all.map(\.permissions) == [.everything])
    #expect(hints(client) == ["is act", "is 1"])
  }

  @Test("A run that fails says why")
  func runFails() {
    let client = TestClient([:], options: ["liveValues": false])
    client.open("fail")
    let error = client.answer(to: execute(client, "thr.runToHere", line: 0))["error"]
    #expect(error?["code"] == -32803)
    #expect(error?["message"] == "it failed; write less")
  }

  @Test("A result is written below its statement, and replaces an older one")
  func insertResult() {
    let client = TestClient(
      ["workspace": ["applyEdit": true]], options: ["liveValues": false])
    client.open("x\n# => old\n# => older\n# note\n")
    let id = execute(client, "thr.insertResult", line: 0)
    let request = client.message("workspace/applyEdit")
    #expect(
      request["params"]?["edit"]?["changes"]?["file:///project/a.thr"] == [
        [
          "range": ["start": position(0, 1), "end": position(2, 10)],
          "newText": "\n# => value of\n# => x",
        ]
      ])
    #expect(client.answer(to: id)["result"] == .null)
  }

  @Test(
    "A result that is known is an edit already, also for a client that takes none from a server")
  func insertKnownResult() {
    let client = TestClient([
      "textDocument": ["codeAction": ["codeActionLiteralSupport": ["codeActionKind": [:]]]]
    ])
    client.open("x = 1\nx\nact")
    while !client.diagnostics().contains(where: { $0["message"] == "is x" }) {}
    func inserted(_ line: Int) -> JSON? {
      client.result(
        "textDocument/codeAction",
        text().with("range", range(line, 0, 0)).with("context", ["diagnostics": []])
      ).array?.first { $0["kind"] == "refactor.rewrite" }
    }
    #expect(
      inserted(1)?["edit"]?["changes"]?["file:///project/a.thr"]?[0]?["newText"]
        == "\n# => value of\n# => x")
    #expect(inserted(2) == nil)
    let lenses = client.result("textDocument/codeLens", text()).array ?? []
    #expect(lenses.allSatisfy { $0["data"]?["command"] == "thr.runToHere" })
  }

  @Test("A result keeps the text's own line ends")
  func insertResultAfterCarriageReturns() {
    let client = TestClient(["workspace": ["applyEdit": true]])
    client.open("y = 1\r\nx\r\n")
    _ = execute(client, "thr.insertResult", line: 1)
    let edits = client.message("workspace/applyEdit")["params"]?["edit"]?["changes"]
    #expect(
      edits?["file:///project/a.thr"]?[0]?["newText"] == "\r\n# => value of\r\n# => x")
  }
}
