import TableIO
import Testing
import ThrModel
import ThrRuntime
import ThrSyntax

/// Used files that change on the disk while a prompt is open.
@Suite("Used files that change")
struct ChangedFileTests {
  private func prompt(_ files: [String: String], _ inputs: String...) -> Run {
    let run = Run(files: files, isInteractive: true)
    for input in inputs { enter(input, run) }
    return run
  }

  /// Enters an input as a prompt does.
  private func enter(_ input: String, _ run: Run) {
    if let uses = run.session.usesToRepeat(before: parse(input).program) {
      guard run.session.repeatUses(parse(uses)) == .finished else { return }
    }
    run(input)
  }

  private func write(_ text: String, to path: String, _ run: Run) throws {
    try run.files.writeFileAtomically(path, Array(text.utf8))
  }

  private static let lib = ["lib.thr": "k = 1\nfn f() = k\ngone = 3"]

  @Test("A file is read again when it is used again, and only where it has changed")
  func usedAgain() throws {
    let run = prompt(Self.lib, "use \"lib.thr\"", "use \"lib.thr\"", "f()")
    try write("k = 2\nfn f() = k * 10", to: "lib.thr", run)
    enter("use \"lib.thr\"", run)
    enter("f()", run)
    #expect(run.lines == ["1", "again: lib.thr", "20"])
    #expect(run.session.value(of: "gone") == nil)
  }

  @Test(
    "A file is read again when its names are used",
    arguments: [("k", "2"), ("f()", "20"), ("g()", "21"), ("[h(x) for x in [1]]", "[21]")])
  func namesUsed(input: String, shown: String) throws {
    let run = prompt(Self.lib, "use \"lib.thr\"", "fn g() = f() + 1", "fn h(x) = g()")
    try write("k = 2\nfn f() = k * 10", to: "lib.thr", run)
    enter("5", run)
    enter(input, run)
    enter(input, run)
    #expect(run.lines == ["5", "again: lib.thr", shown, shown])
  }

  @Test("What a file uses counts too, and the way through others")
  func indirectly() throws {
    let run = prompt(
      ["lib/a.thr": "use \"b.thr\"\ntwice = 2 * base", "lib/b.thr": "base = 1"],
      "use \"lib/a.thr\"", "twice")
    try write("base = 5", to: "lib/b.thr", run)
    enter("twice", run)
    enter("base", run)
    #expect(run.lines == ["2", "again: lib/b.thr", "10", "5"])
  }

  @Test("Names that inputs have given other values since keep them")
  func ownNames() throws {
    let run = prompt(Self.lib, "use \"lib.thr\"", "k = 7")
    try write("k = 2\nfn f() = k", to: "lib.thr", run)
    enter("f()", run)
    enter("k", run)
    #expect(run.lines == ["again: lib.thr", "2", "7"])
    enter("use \"lib.thr\"; k", run)
    #expect(run.lines.last == "2")
  }

  @Test("A file that is broken fails what needs it until it is whole again")
  func broken() throws {
    let run = prompt(Self.lib, "use \"lib.thr\"")
    try write("k = ", to: "lib.thr", run)
    enter("f()", run)
    enter("1", run)
    enter("f()", run)
    #expect(run.lines == ["again: lib.thr", "1"])
    try write("k = 3\nfn f() = k", to: "lib.thr", run)
    enter("f()", run)
    #expect(run.lines == ["again: lib.thr", "1", "again: lib.thr", "3"])
  }

  @Test("A script reads a file once")
  func script() {
    let run = Run(files: Self.lib)
    run("use \"lib.thr\"\nstore(\"lib.thr\", 5)\nuse \"lib.thr\"\nk")
    #expect(run.lines == ["1"])
  }

  @Test("A saved program uses the file as it was used again")
  func saved() throws {
    let run = prompt(Self.lib, "use \"lib.thr\"")
    try write("k = 2\nfn f() = k", to: "lib.thr", run)
    enter("x = f()", run)
    #expect(run.session.script(for: ["x"]) == "use \"lib.thr\"\nx = f()\n")
  }
}
