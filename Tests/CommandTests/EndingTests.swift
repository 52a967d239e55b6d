import Foundation
import Glibc
import TestSupport
import Testing

/// How a script ends itself, and what a program that runs it can read.
@Suite struct EndingTests {
  @Test(
    arguments: [
      ("print(1); exit(7); print(2)", 7, "1\n"), ("exit()", 0, ""),
      (
        "fn stop(n) { if n > 2 { exit(n) } }\nfor i in range(9) { stop(i); print(i) }", 3,
        "0\n1\n2\n"
      ),
      ("map([4, 5], exit)", 4, ""),
      ("assert(1 < 2); print(3)", 0, "3\n"), ("assert(1 > 2); print(3)", 1, ""),
      ("assert(undefined < 2)", 1, ""), ("exit(256)", 65, ""), ("exit(0.5)", 65, ""),
    ] as [(String, Int32, String)])
  func statuses(code: String, status: Int32, output: String) throws {
    let result = try Command.thr("-e", code)
    #expect(result.status == status && result.output == output)
  }

  @Test func anAssertionSaysItsMessageAndItsPlace() throws {
    let result = try Command.thr("-e", #"e = 0.875; assert(e >= 90%, "precision is {e}")"#)
    #expect(result.messages.contains("assertion-failed: precision is 0.875"))
    #expect(result.messages.contains("-e:1:19"))
  }

  private func objects(_ lines: String) throws -> [[String: Any]] {
    try lines.split(separator: "\n").map { line in
      try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
  }

  @Test func jsonIsOnEveryLineOfBothStreams() throws {
    let result = try Command.thr(
      "--json", "-e",
      """
      s = scores([0.2, 0.9], [0, 1])
      print("x", 1)
      tune(s, recall).threshold
      fn at(xs) = xs[5]
      at([1])
      """)
    #expect(result.status == 1 && result.output == "\"x 1\"\n0.9\n")
    let found = try objects(result.messages)
    #expect(found.map { $0["severity"] as? String } == ["warning", "error"])
    #expect(found.last?["code"] as? String == "E0302")
    let calls = try #require(found.last?["calls"] as? [[String: Any]])
    #expect(calls.map { $0["name"] as? String } == ["at"])
    #expect(calls.map { $0["line"] as? Int } == [5])
  }

  @Test(arguments: [["-e", "x = ("], ["no-such-file.thr"], ["-e", "assert(false)"]])
  func jsonErrors(arguments: [String]) throws {
    let found = try objects(try Command.run(["--json"] + arguments).messages)
    #expect(found.count == 1 && found[0]["severity"] as? String == "error")
  }

  @Test func aPipeWithoutAWriterIsRefused() throws {
    let folder = try TemporaryFolder()
    let pipe = folder.url.appending(path: "pipe.thr").path
    #expect(mkfifo(pipe, 0o600) == 0)
    for command in ["check", "format"] {
      let result = try Command.thr(command, pipe)
      #expect(result.status == 2 && result.messages.contains("it is a pipe"))
    }
  }

  @Test func whatIsTooLongIsRefusedBeforeItIsRead() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "long.thr").path
    try Data().write(to: URL(filePath: path))
    #expect(truncate(path, 5 << 30) == 0)
    let result = try Command.thr("check", path)
    #expect(result.status == 2 && result.messages.contains("at most"))
  }
}
