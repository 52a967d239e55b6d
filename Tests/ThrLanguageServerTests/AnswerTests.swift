import Foundation
import JSONText
import TestSupport
import Testing
import ThrFrontEnd
import ThrLibrary
import ThrModel

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

      # Task: find the cube of x.
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
    let client = client(check: "yes", reply: "no", answer: "cube(x)")
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
      ("yes", "no", "cube(x)", true, "Right."),
      ("no", "yes", "x", false, "Not yet: that is the whole."),
      ("no", "no", "x", false, "Not yet. Hint: there is a function for it."),
      // What follows the answer may use it, and is none itself.
      ("yes", "no", "h = cube(x)\nprint(h)", true, "Right."),
      ("yes", "no", "h = cube(x)", true, "Right."),
      ("no", "yes", "h = cube(x)\nfail", false, "Your answer does not run: it failed; write less."),

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

/// Every chapter of the walkthroughs, opened in an editor.
@Suite("The chapters' own solutions")
struct ChapterSolutionTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../scripts/tutorial").standardizedFileURL
  static let chapters: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    // What needs more than thr, such as a driver, may not be here.
    return (names ?? []).filter { $0.hasSuffix(".thr") && !words(of: $0).contains("\n# Needs: ") }
      .sorted()
  }()

  private static func words(of name: String) -> String {
    (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
  }

  @Test("are right", arguments: chapters)
  func areRight(name: String) throws {
    // A copy: chapters write files beside themselves.
    let temporary = try TemporaryFolder()
    let folder = temporary.url.appending(path: "chapters")
    try FileManager.default.copyItem(at: Self.folder, to: folder)
    let file = folder.appending(path: name)
    let client = TestClient(
      [:], options: ["liveValues": false], folder: "file://" + folder.path,
      running: NotebookEvaluator(.standard), vocabulary: Library.standard.vocabulary)
    let address = "file://" + file.path
    client.open(try String(contentsOf: file, encoding: .utf8), at: address)
    let lenses = client.result("textDocument/codeLens", text(address)).array ?? []
    let tasks = lenses.filter { $0["data"]?["command"] == "thr.checkAnswer" }
    #expect(!tasks.isEmpty)
    for task in tasks {
      let command = client.result("codeLens/resolve", task)["command"] ?? .null
      let verdict = client.result("workspace/executeCommand", command)
      #expect(verdict["message"]?.string?.hasPrefix("Right.") == true)
    }
  }
}
