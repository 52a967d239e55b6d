import JSONText
import Testing

@Suite("Requests that are given up")
struct CancellationTests {
  private func run(_ client: TestClient, line: Int = 0) -> JSON {
    client.ask(
      "workspace/executeCommand",
      ["command": "thr.runToHere", "arguments": ["file:///project/a.thr", position(line, 0)]])
  }

  private func cancel(_ client: TestClient, _ id: JSON) {
    client.notify("$/cancelRequest", ["id": id])
  }

  @Test("One that waits for its turn is answered as cancelled")
  func waiting() {
    let client = TestClient([:])
    client.open("cube(1)")
    // All in one piece: the cancellation is read before the request has its turn.
    let hover = #"{"jsonrpc":"2.0","id":50,"method":"workspace/symbol","params":{"query":""}}"#
    let cancel = #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":50}}"#
    client.send(raw: frame(hover) + frame(cancel))
    let answer = client.answer(to: 50)
    #expect(answer["error"]?["code"] == -32800 || answer["result"] != nil)
    client.settle()
    #expect(!client.transport.untaken.contains { $0["id"] == 50 })
  }

  @Test("One that is running ends, and the server goes on")
  func running() {
    let client = TestClient([:], options: ["liveValues": false])
    client.open("wait\ncube(1)")
    let id = run(client)
    #expect(client.result("textDocument/hover", place(1, 1)) != .null)
    cancel(client, id)
    #expect(client.answer(to: id)["error"]?["code"] == -32800)
    #expect(client.result("textDocument/hover", place(1, 1)) != .null)
  }

  @Test("The button beside a shown progress ends its run", arguments: ["token", 7] as [JSON])
  func shownProgress(token: JSON) {
    let client = TestClient([:], options: ["liveValues": false])
    client.open("wait\ncube(1)")
    let id = client.ask(
      "workspace/executeCommand",
      [
        "command": "thr.runToHere", "arguments": ["file:///project/a.thr", position(0, 0)],
        "workDoneToken": token,
      ])
    let begin = client.message("$/progress")["params"]
    #expect(begin?["token"] == token)
    #expect(begin?["value"]?["cancellable"] == true)
    client.notify("window/workDoneProgress/cancel", ["token": "another"])
    client.notify("window/workDoneProgress/cancel", ["token": token])
    #expect(client.message("$/progress")["params"]?["value"]?["kind"] == "end")
    #expect(client.answer(to: id)["error"]?["code"] == -32800)
    client.notify("window/workDoneProgress/cancel", ["token": token])
    client.settle()
    #expect(
      client.transport.untaken.allSatisfy { $0["method"] == "textDocument/publishDiagnostics" })
  }

  @Test("Cancelling what was answered, twice, or never asked changes nothing")
  func late() {
    let client = TestClient([:])
    client.open("cube(1)")
    let id = client.ask("textDocument/hover", place(0, 1))
    #expect(client.answer(to: id)["result"] != nil)
    for id in [id, id, 999, "text"] { cancel(client, id) }
    client.settle()
    #expect(!client.transport.untaken.contains { $0["id"] != nil && $0["method"] == nil })
  }

  @Test("An edit during a run answers that the text has changed")
  func contentModified() {
    let client = TestClient([:], options: ["liveValues": false])
    client.open("wait")
    let id = run(client)
    client.change([["text": "wait\n"]])
    #expect(client.answer(to: id)["error"]?["code"] == -32801)
  }

  @Test("Closing a text ends its run")
  func closing() {
    let client = TestClient([:], options: ["liveValues": false])
    client.open("wait")
    let id = run(client)
    client.notify("textDocument/didClose", text())
    #expect(client.answer(to: id)["error"]?["code"] == -32801)
  }

  @Test("The shutdown answers what is running, and does not wait for it")
  func shutdown() {
    let client = TestClient([:], options: ["liveValues": false])
    client.open("wait")
    let id = run(client)
    #expect(client.response("shutdown")["result"] == .null)
    #expect(client.answer(to: id)["error"]?["code"] == -32800)
    client.send(["jsonrpc": "2.0", "method": "exit"])
    #expect(client.exitStatus() == 0)
  }

  @Test("Requests are answered while a text is evaluated")
  func duringEvaluation() {
    let client = TestClient([:])
    client.open("wait\ncube(1)")
    while client.evaluator.all.isEmpty { client.settle() }
    for _ in 1...100 {
      #expect(client.result("textDocument/hover", place(1, 1)) != .null)
    }
    client.change([["text": "cube(2)"]])
    #expect(
      client.take {
        $0["params"]?["diagnostics"]?.array?.contains { $0["message"] == "is cube(2)" } == true
      } != "nothing came")
  }
}
