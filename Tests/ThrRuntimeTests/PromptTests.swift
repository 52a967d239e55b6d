import Foundation
import Testing
import ThrModel
import ThrRuntime
import ThrSyntax

/// Inputs of a prompt, one after the other.
@Suite struct PromptTests {
  private func prompt(_ inputs: String..., files: [String: String] = [:]) -> Run {
    let run = Run(files: files, isInteractive: true)
    for input in inputs { run(input) }
    return run
  }

  @Test func bindsTheValueShownLastForTheNextInput() {
    let run = prompt("1 + 1", "_ * 10; _ + 1", "x = _", "for i in [7, 8] { i }", "_")
    #expect(run.lines == ["2", "20", "3", "7", "8", "8"])
    #expect(run.session.value(of: "x") == .number(3))
    #expect(run.session.value(of: "_") == .number(8))
    #expect(run.session.variables.map(\.name) == ["i", "x"])
  }

  @Test func aScriptHasNoLastValue() {
    #expect(shown("1\n_") == ["1", "unknown-name: `_` is not defined"])
  }

  @Test func aFailedStatementLeavesEveryNameAsItWas() {
    let run = prompt(
      "total = 1; names = [1]", "for x in [1, 2, 0] { total = total + x; fn f() = x; [5][x] }",
      "y = 2; total = total.z; w = 3")
    #expect(run.session.variables.map(\.name) == ["names", "total", "y"])
    #expect(run.session.value(of: "total") == .number(1))
  }

  @Test func aCancelledStatementLeavesEveryNameAsItWas() {
    let interruption = Interruption()
    let run = Run(isInteractive: true, interruption: interruption)
    run("total = 1; len = len([1])")
    // A task would wait for its turn where other tests keep all threads busy.
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.02)
      interruption.raise()
    }
    #expect(run("for x in range(1e15) { total = total + 1; len = x }") == .cancelled)
    interruption.clear()
    run("total; len")
    #expect(run.lines == ["1", "1"])
  }

  @Test func forgetsEverything() {
    let run = prompt("x = 1", "x")
    run.session.reset()
    #expect(run.session.variables.isEmpty)
    #expect(run.session.value(of: "_") == nil)
    #expect(run.session.script() == "")
    #expect(run("x").failure?.diagnostics.map(\.kind.name) == ["unknown-name"])
  }

  @Test func aCancelledReportWasNeverSeen() {
    let run = prompt("t = data(1).test; m = fit(data(1).train)", "x = report(m, t) + none")
    run("report(tune(m, data(1).val), t)")
    #expect(run.lines == ["0.25"])
  }

  @Test(arguments: [
    (["a = 1", "b = 2", "a = 3", "c = a"], "b = 2\na = 3\nc = a\n"),
    (["a = 1; a = a + 1", "a + 5", "print(a)"], "a = 1\na = a + 1\na + 5\n"),
    (["t = 1", "t2 = 5", "t = t2"], "t2 = 5\nt = t2\n"),
    (["fn f() = k", "k = 1", "x = f()", "k = 2"], "fn f() = k\nk = 1\nx = f()\nk = 2\n"),
    (["x = 1", "y = bad", "z = x.z; w = 1", "w = 2; q = w.q"], "x = 1\nw = 2\n"),
    (["1 + 1", "x = _", "3"], "_ = 1 + 1\nx = _\n3\n"),
    (["4; y = 1", "x = _"], "shown_1 = 4\ny = 1\n_ = shown_1\nx = _\n"),
    (
      ["for i in [1, 2] { if i > 1 { i * 2 } }", "x = _"],
      "for i in [1, 2] { if i > 1 { shown_1 = i * 2 } }\n_ = shown_1\nx = _\n"
    ),
    // At the beginning of a program, `len` would be the function declared below.
    (
      ["x = len([1])", "fn len(a) = 0", "y = len([])"],
      "x = len([1])\nif true { fn len(a) = 0 }\ny = len([])\n"
    ),
    (
      ["fn f() = 1", "y = f()", "x = f()\nfn f() = 2"],
      "fn f() = 1\ny = f()\nfn f() = 2\nx = f()\n"
    ),
    (["use \"lib.thr\"", "x = half(3)"], "use \"lib.thr\"\nx = half(3)\n"),
    (
      ["store(\"n\", 4)", "store(\"n\", 5)", "x = fetch(\"n\")", "store(\"n\", 6)"],
      "store(\"n\", 5)\nx = fetch(\"n\")\n"
    ),
  ])
  func savesWhatTheValuesDependOn(inputs: [String], script: String) {
    let run = Run(files: ["lib.thr": "fn half(x) = x / 2"], isInteractive: true)
    for input in inputs { run(input) }
    #expect(run.session.script() == script)
  }

  @Test func savesWhatSomeNamesDependOn() {
    let run = prompt("a = 1", "b = a", "c = 3")
    #expect(run.session.script(for: ["b"]) == "a = 1\nb = a\n")
  }

  @Test(arguments: [
    ("", "use \"lib/half.thr\"\n"),
    ("out", "use \"../lib/half.thr\"\n"),
    ("out/./deep", "use \"../../lib/half.thr\"\n"),
    ("/elsewhere", "use \"/project/lib/half.thr\"\n"),
    ("..", "use \"/project/lib/half.thr\"\n"),
  ])
  func findsUsedFilesFromWhereTheProgramStands(folder: String, script: String) {
    let run = prompt("use \"./lib/half.thr\"", files: ["lib/half.thr": "fn half(x) = x / 2"])
    #expect(run.session.script(in: folder, workingFolder: "/project") == script)
  }
}
