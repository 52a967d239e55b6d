import JSONText
import Testing

@Suite("Answers to the tasks of a chapter")
struct AnswerTests {
  private func client(check: String, reply: String, answer: String) -> TestClient {
    let client = TestClient([:], options: ["liveValues": false])
    client.open(
      """
      # 1. Halves
      #
      # A chapter for tests.

      x = 8

      # Task: find half of x.
      # Hint: there is a function for it.
      # Check: \(check)
      # If \(reply): that is the whole.
      \(answer)
      """)
    return client
  }

  private func check(_ client: TestClient) -> JSON {
    client.answer(
      to: client.ask(
        "workspace/executeCommand",
        ["command": "thr.checkAnswer", "arguments": ["file:///project/a.thr", position(6, 0)]]))
  }

  @Test("A task has a lens that checks its answer")
  func lens() throws {
    let client = client(check: "yes", reply: "no", answer: "half(x)")
    let lens = present(
      client.result(
        "codeLens/resolve",
        present(
          client.result("textDocument/codeLens", text())[0])))
    #expect(lens["command"]?["command"] == "thr.checkAnswer")
    #expect(lens["command"]?["title"] == "Check my answer")
    #expect(lens["range"]?["start"] == position(6, 0))
  }

  // The toy evaluator finds `(yes)` true and `(no)` false.
  @Test(
    "An answer is right, wrong as expected, wrong otherwise, or does not run",
    arguments: [
      ("yes", "no", "half(x)", true, "Right."),
      ("no", "yes", "x", false, "Not yet: that is the whole."),
      ("no", "no", "x", false, "Not yet. there is a function for it."),
      ("yes", "no", "fail", false, "Your answer does not run: it failed; write less."),
    ])
  func verdicts(check: String, reply: String, answer: String, isRight: Bool, words: String) {
    let client = client(check: check, reply: reply, answer: answer)
    #expect(
      self.check(client)["result"] == ["isRight": .bool(isRight), "message": .string(words)])
    #expect(client.message("window/showMessage")["params"]?["message"]?.string == words)
  }

  @Test("Without an answer there is nothing to check")
  func noAnswer() {
    let client = client(check: "yes", reply: "no", answer: "")
    #expect(check(client)["error"]?["code"] == -32803)
  }
}
