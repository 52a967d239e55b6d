import Foundation
import Testing

/// What a user of the command relies on: streams, statuses, flags.
@Suite struct CommandTests {
  @Test(
    arguments: [
      (["-e", "1 + 1"], "", 0, "2\n"),
      (["-e", "-1"], "", 0, "-1\n"),
      (["-e", "print(args)", "a", "--json"], "", 0, "[\"a\", \"--json\"]\n"),
      ([], "print(2)\n3", 0, "2\n3\n"),
      (["-"], "4", 0, "4\n"),
      (
        ["--json", "-e", "{a: undefined, b: [1, 0.5], c: none}"], "", 0,
        "{\"a\":null,\"b\":[1,0.5],\"c\":null}\n"
      ),
      (["-e", "x = stpe"], "", 65, ""),
      (["-e", "1 +"], "", 65, ""),
      (["-e", "--version"], "", 65, ""),
      (["-e", "print(1)\nfn f(x) = [1][x]\nf(3)"], "", 1, "1\n"),
      (["--bogus"], "", 2, ""),
      (["-e"], "", 2, ""),
      (["-e", ""], "", 0, ""),
      (["no-such-file.thr"], "", 2, ""),
      (["help", "no_such_name"], "", 2, ""),
      (["check", "no-such-file.thr"], "", 2, ""),
    ] as [([String], String, Int32, String)])
  func endsAsExpected(arguments: [String], input: String, status: Int32, output: String) throws {
    let result = try Command.run(arguments, input: input)
    #expect(result.status == status)
    #expect(result.output == output)
    #expect(result.messages.isEmpty == (status == 0))
  }

  @Test func allErrorsAreReportedAtOnce() throws {
    let result = try Command.thr("-e", "a = nope\nb = 1 < 2 < 3\nc = len()")
    #expect(result.status == 65)
    for name in ["unknown-name", "chained-comparison", "missing-argument"] {
      #expect(result.messages.contains(name))
    }
    #expect(!result.messages.contains("\u{1B}"), "colour is for terminals only")
  }

  @Test func anEndlessLoopIsInterrupted() throws {
    let result = try Command.run(
      ["-e", "for i in range(10^15) { }"], interruptAfter: 0.5)
    #expect(result.status == 130)
    #expect(result.messages == "interrupted\n")
  }

  // Work that is hard to stop is given up with the process.
  @Test func aRunThatCannotStopIsEnded() throws {
    let code = "print(1); x = range(10^7); for i in range(10^3) { y = x + x }"
    let result = try Command.run(["-e", code], interruptAfter: 1)
    #expect(result.status == 130)
    #expect(result.messages == "interrupted\n")
    #expect(result.output == "1\n")
  }

  @Test func unreadableOutputIsAFailure() throws {
    let result = try Command.run(["-e", "1"], outputTo: "/dev/full")
    #expect(result.status == 1)
    #expect(result.messages.contains("No space left"))
  }

  @Test func aFileOnStandardOutputIsWrittenInTurn() throws {
    let code = "print(1); write([{a: 2}], \"/dev/stdout\"); print(3)"
    let result = try Command.thr("-e", code)
    #expect(result.output == "1\na\n2\n3\n")
  }

  @Test(arguments: [
    Nasty("brackets", String(repeating: "(", count: 100_000)),
    Nasty("lists", String(repeating: "[", count: 100_000)),
    Nasty("signs", String(repeating: "-", count: 100_000) + "1"),
    Nasty("powers", String(repeating: "2^", count: 100_000) + "2"),
    Nasty("recursion", "fn f(x) = f(x + 1)\nf(0)"), Nasty("NUL", "\u{0}"),
    Nasty("a list in itself", "x = [1]; for i in range(10^6) { x = [x] }"),
    Nasty("a text that doubles", "s = \"x\"; for i in range(100) { s = s + s }"),
  ]) func endsInAMessage(nasty: Nasty) throws {
    let result = try Command.run([], input: nasty.code)
    #expect(result.status == 65 || result.status == 1)
    #expect(!result.messages.isEmpty)
  }

  struct Nasty: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let code: String

    init(_ name: String, _ code: String) {
      testDescription = name
      self.code = code
    }
  }

  @Test func leakageIsAWarningAndAnErrorUnderStrict() throws {
    let code = "data = synth(1000, 0.9); m = logreg(data.train); t = tune(m, data.train, f1)"
    let lenient = try Command.thr("-e", code)
    #expect(lenient.status == 0)
    #expect(lenient.messages.components(separatedBy: "tuned-on-fitted-rows").count == 2)
    #expect(try Command.thr("--strict", "-e", code).status == 65)
  }

  // Kinds stand where the fault is found, so nothing else holds their codes against each other.
  @Test func everyKindOfDiagnosticHasItsOwnCode() throws {
    let sources = Command.root.appending(path: "Sources")
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    var names: [String: Set<String>] = [:]
    for case let file as URL in try #require(files) where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for kind in text.matches(of: /"([EW]\d{4})",\s*"([a-z0-9-]+)"/) {
        names[String(kind.1), default: []].insert(String(kind.2))
      }
    }
    #expect(names.count > 50)
    for (code, names) in names { #expect(names.count == 1, "\(code): \(names)") }
  }

  @Test(arguments: [
    // Each file of a cycle is told where it takes part, as the server tells it.
    ("a", "use \"b.thr\"\nx", "use \"a.thr\"\nx = 1", "b.thr:1:5", 2),
    ("itself", "1\nuse \"a.thr\"", "", "a.thr:2:5", 1),
    ("missing", "use \"c.thr\"\nx", "", "there is no such file", 1),
    ("missing where it is used", "use \"b.thr\"", "fn f() { use \"c.thr\"\n 1 }", "b.thr:1:14", 1),
  ])
  func whatCannotBeUsedIsReportedBeforeTheRun(
    _: String, first: String, second: String, words: String, errors: Int
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in [("a.thr", first), ("b.thr", second)] {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    let result = try Command.thr("check", folder.appending(path: "a.thr").path)
    #expect(result.status == 65)
    #expect(result.messages.contains(words), "\(result.messages)")
    let found = result.messages.components(separatedBy: "error[").count - 1
    #expect(found == errors, "\(result.messages)")
  }

  @Test func helpComesFromTheDeclarations() throws {
    let overview = try Command.thr("help")
    #expect(overview.status == 0)
    for name in ["tune", "f1", "scores", "for"] { #expect(overview.output.contains(name)) }
    #expect(try Command.thr("help", "tune").output.contains("step"))
  }

  @Test func whatIsWrittenReadsBackExactly() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).csv").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let code = """
      data = synth(500, 0.8, features=5, informative=3)
      write(data, args[0])
      again = dataset(read(args[0]), target="y")
      s = predict(logreg(data.train), data.val)
      write(s, args[0])
      r = scores(read(args[0]))
      print("{again.positives == data.positives} {r.score == s.score} {r.label == s.label}")
      """
    let result = try Command.thr("-e", code, path)
    #expect(result.output == "true true true\n")
  }
}
