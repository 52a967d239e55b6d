import Foundation
import Glibc
import Testing

/// The server as editors start it: a process with pipes.
@Suite("thr lsp")
struct LanguageServerTests {
  private static let initialize =
    #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"capabilities":{}}}"#
  private static let initialized = #"{"jsonrpc":"2.0","method":"initialized","params":{}}"#
  private static let shutdown = #"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#
  private static let exit = #"{"jsonrpc":"2.0","method":"exit"}"#

  private func frames(_ messages: String...) -> String {
    messages.map { "Content-Length: \($0.utf8.count)\r\n\r\n\($0)" }.joined()
  }

  private func open(_ text: String) -> String {
    let escaped = text.replacingOccurrences(of: "\"", with: "\\\"")
      .replacingOccurrences(of: "\n", with: "\\n")
    return """
      {"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":\
      "file:///nowhere/a.thr","languageId":"thr","version":1,"text":"\(escaped)"}}}
      """
  }

  @Test("Ends well after shutdown, badly without")
  func exitStatus() throws {
    let good = try Command.thr(
      "lsp", input: frames(Self.initialize, Self.initialized, Self.shutdown, Self.exit))
    #expect(good.status == 0)
    let bad = try Command.thr("lsp", input: frames(Self.initialize, Self.initialized, Self.exit))
    #expect(bad.status == 1)
    #expect(try Command.thr("lsp", "--stdio", input: frames(Self.initialize)).status == 1)
    #expect(try Command.thr("lsp", input: "").status == 1)
  }

  @Test("Writes nothing but frames, even if a program prints")
  func onlyFrames() throws {
    let result = try Command.thr(
      "lsp",
      input: frames(
        Self.initialize, Self.initialized, open("print(\"loud\")\nx = \n"),
        #"""
        {"jsonrpc":"2.0","id":3,"method":"workspace/executeCommand","params":{"command":\#
        "thr.runToHere","arguments":["file:///nowhere/a.thr",{"line":0,"character":0}]}}
        """#, Self.shutdown, Self.exit))
    var rest = Substring(result.output)
    var count = 0
    while let end = rest.firstRange(of: "\r\n\r\n"), rest.hasPrefix("Content-Length: ") {
      let length = Int(rest[..<end.lowerBound].dropFirst("Content-Length: ".count)) ?? 0
      rest = Substring(rest[end.upperBound...].utf8.dropFirst(length))
      count += 1
    }
    #expect(rest.isEmpty)
    #expect(count >= 4)
    #expect(result.output.contains("publishDiagnostics"))
  }

  @Test("Reports of the whole library")
  func library() throws {
    let hover = #"""
      {"jsonrpc":"2.0","id":4,"method":"textDocument/hover","params":{"textDocument":{"uri":\#
      "file:///nowhere/a.thr"},"position":{"line":0,"character":1}}}
      """#
    let result = try Command.thr(
      "lsp",
      input: frames(Self.initialize, open("synth(100, 0.9)"), hover, Self.shutdown, Self.exit))
    #expect(result.status == 0)
    #expect(result.output.contains("synth("))
  }

  @Test("Ends when its client's process has died, even where the pipe stays open")
  func clientDeath() throws {
    let client = try Command.start(executable: "/bin/sleep", ["600"])
    let initialize = Self.initialize.replacingOccurrences(of: "null", with: "\(client.process)")
    let server = try Command.start(["lsp"])
    server.write(frames(initialize))
    #expect(server.read(until: "serverInfo"))
    kill(client.process, SIGKILL)
    _ = client.status()
    #expect(server.status() == 1)
  }

  @Test("Ends when its input ends, and when its output is no longer read")
  func closedPipes() throws {
    let first = try Command.start(["lsp"])
    first.write(frames(Self.initialize))
    #expect(first.read(until: "serverInfo"))
    first.closeInput()
    #expect(first.status() == 1)
    let second = try Command.start(["lsp"])
    second.write(frames(Self.initialize))
    #expect(second.read(until: "serverInfo"))
    second.closeOutput()
    second.write(frames(#"{"jsonrpc":"2.0","id":2,"method":"no/such"}"#))
    #expect(second.status() == 1)
  }
}
