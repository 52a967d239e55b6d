import Testing
import ThrAnalysis
import ThrSyntax

/// Programs built to make a checker work: each must take little time, and no false alarm.
private let programs: [(name: String, source: String)] = [
  ("many statements", (0..<10_000).map { "x\($0) = \($0) + 1" }.joined(separator: "\n")),
  (
    "many rebindings read by a function",
    "fn f() = x + 1\n" + (0..<5_000).map { "x = \($0)\nf()" }.joined(separator: "\n")
  ),
  (
    "functions that call each other twice",
    (0..<200).map { "fn g\($0)(x) = g\($0 + 1)(x) + g\($0 + 1)([x][0])" }.joined(separator: "\n")
      + "\nfn g200(x) = x\ng0(1)"
  ),
  (
    "functions called with ever other types",
    (0..<200).map { "fn g\($0)(x) { g\($0 + 1)([x])\n g\($0 + 1)({a: x}) }" }
      .joined(separator: "\n") + "\nfn g200(x) = x\ng0(1)"
  ),
  (
    "nested loops",
    (0..<60).map { "for x\($0) in range(2) {" }.joined() + "y = [x0]\nz = y"
      + String(repeating: "}", count: 60)
  ),
  (
    "many loops with growing types",
    "x = 1\n"
      + (0..<500).map { _ in "for i in range(3) { x = [x]\n y = {a: x, b: x} }" }
      .joined(separator: "\n")
  ),
  (
    "types that double",
    "x0 = {a: 1}\n"
      + (1..<500).map { "x\($0) = {a: x\($0 - 1), b: x\($0 - 1)}" }
      .joined(separator: "\n")
  ),
  (
    "metrics that double",
    "m0 = fp\n" + (1..<500).map { "m\($0) = m\($0 - 1) + m\($0 - 1)" }.joined(separator: "\n")
  ),
  (
    "a long chain of branches",
    "x = 1\n" + "if x == 0 { y = 0 }"
      + (1..<3_000).map { " else if x == \($0) { y\($0 % 50) = \($0) }" }.joined()
  ),
  ("a long row of operators", "x = 1" + String(repeating: " + 1", count: 20_000)),
  (
    "a long row of conditions",
    "x = none\ny = x == none" + String(repeating: " or x > 1", count: 5_000)
  ),
  ("a long list", "x = [" + (0..<20_000).map { "{a\($0): \($0)}" }.joined(separator: ", ") + "]"),
  (
    "deep nesting", "x = " + String(repeating: "[", count: 240) + String(repeating: "]", count: 240)
  ),
  (
    "deep nesting in deep calls",
    (0..<100).map {
      "fn g\($0)(x) = " + String(repeating: "(", count: 200) + "g\($0 + 1)(x)"
        + String(repeating: ")", count: 200)
    }.joined(separator: "\n") + "\nfn g100(x) = x\ng0(1)"
  ),
  (
    "a history of many rows",
    "m = none\nd = synth(10, 0.9)\n"
      + (0..<1_000).map { "m\($0) = logreg(synth(10, 0.9, seed=\($0)))" }.joined(separator: "\n")
  ),
]

// Without bounds these take from hours to for ever: that they end at all is what is tested. There is
// no limit by the clock, which also runs while a test waits for its turn.
@Test(arguments: programs.map(\.name))
func ends(name: String) throws {
  let source = try #require(programs.first { $0.name == name }?.source)
  #expect(parse(source).diagnostics.isEmpty)
  let found = analyse(source).diagnostics
  #expect(found.isEmpty, "\(found.prefix(3).map(\.message))")
}

@Test func reportsNoMoreThanAThousandWrongNames() {
  let source = (0..<3_000).map { "wrong\($0)" }.joined(separator: "\n")
  #expect(analyse(source).diagnostics.count == 1_000)
}
