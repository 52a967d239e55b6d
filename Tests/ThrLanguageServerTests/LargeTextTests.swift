import Foundation
import JSONText
import Testing
import ThrLanguageServer

/// Texts and answers that take long must not take the editor with them.
@Suite("Large texts and long answers")
struct LargeTextTests {
  private static let long = Array(repeating: "1", count: 600_000).joined(separator: "+")

  @Test("A text that is too large is not checked, which a diagnostic reports")
  func tooLarge() {
    let client = TestClient([:])
    client.open(Self.long)
    let reported = client.diagnostics()
    #expect(reported.count == 1)
    #expect(reported.first?["severity"] == 3)
    #expect(reported.first?["message"]?.string?.contains("too large") == true)
    let style: JSON = ["tabSize": 2, "insertSpaces": true]
    for (method, params) in [
      ("completion", place(0, 1)), ("hover", place(0, 1)), ("definition", place(0, 1)),
      ("formatting", text().with("options", style)), ("semanticTokens/full", text()),
      ("codeLens", text()),
    ] {
      #expect(client.result("textDocument/" + method, params) == .null)
    }
    let response = client.response(
      "workspace/executeCommand",
      ["command": "thr.runToHere", "arguments": ["file:///project/a.thr", position(0, 0)]])
    #expect(response["error"]?["code"] == -32803)
  }

  @Test("A text that grows too large or small again is as if it had been opened so")
  func growing() {
    let client = TestClient([:], options: ["liveValues": false])
    client.open("cube(x)")
    #expect(client.diagnostics().first?["code"] == "E0210")
    client.change([["range": range(0, 7, 7), "text": .string(" + " + Self.long)]])
    #expect(client.diagnostics().first?["severity"] == 3)
    client.change(
      [["range": range(0, 7, Self.long.utf8.count + 10), "text": ""]], version: 3)
    #expect(client.diagnostics().first?["code"] == "E0210")
    #expect(client.result("textDocument/hover", place(0, 1)) != .null)
  }

  @Test("Many lines of comments, or a text of megabytes, are looked at")
  func largeButLight() {
    let client = TestClient([:], options: ["liveValues": false])
    let prose = String(repeating: "# word word word word word word\n", count: 60_000)
    let letters = String(repeating: "x", count: 1 << 20)
    client.open("\(prose)cube(x)\n\"\(letters)\"")
    #expect(client.diagnostics().first?["code"] == "E0210")
  }

  @Test("Other texts know nothing of what a too large one gives")
  func users() {
    let client = TestClient(
      [:], files: ["/project/lib.thr": Self.long, "/project/b.thr": "k = 1"],
      options: ["liveValues": false])
    client.open("use \"lib.thr\"\nk")
    #expect(client.diagnostics().isEmpty)
    client.change([["text": "use \"b.thr\"\nz"]])
    #expect(client.diagnostics().first?["code"] == "E0210")
    client.open(Self.long, at: "file:///project/b.thr")
    #expect(client.diagnostics().isEmpty)
  }

  @Test("A client that leaves is not kept waiting by an answer", arguments: [true, false])
  func leaving(shutsDown: Bool) {
    let left = Mailbox()
    let client = TestClient(on: StuckFiles(), abandon: left.put)
    client.initialize()
    client.notify("initialized", [:])
    client.open("use \"")
    client.ask("textDocument/completion", place(0, 5))
    if shutsDown { client.ask("shutdown") }
    client.notify("exit", .null)
    #expect(left.take() == (shutsDown ? 0 : 1))
  }
}

/// A disk that never answers.
private struct StuckFiles: WorkspaceFiles {
  func contents(of path: String) -> [UInt8]? { wait() }
  func entries(of folder: String) -> [WorkspaceEntry]? { wait() }
  func columns(of path: String) -> [String]? { wait() }
  func state(of path: String) -> FileState? { wait() }

  private func wait<Result>() -> Result? {
    while true { sleep(1_000) }
  }
}

/// Hands a status from one thread to another.
private final class Mailbox: @unchecked Sendable {
  private let filled = DispatchSemaphore(value: 0)
  private var status: Int32?

  @Sendable func put(_ status: Int32) {
    self.status = status
    filled.signal()
  }

  func take() -> Int32? {
    guard filled.wait(timeout: .now() + 60) == .success else { return nil }
    return status
  }
}
