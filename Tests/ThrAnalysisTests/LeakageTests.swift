import Testing
import ThrAnalysis
import ThrModel
import ThrSyntax

private let cases: [(String, [String])] = [
  // Tuned on the rows the model was fitted on
  ("m = logreg(d.train)\ntune(m, «d.train», f1)", ["tuned-on-fitted-rows"]),
  ("m = logreg(d)\ntune(m, «d.val», f1)", ["tuned-on-fitted-rows"]),
  ("m = logreg(d.train)\ntune(m, «d», f1)", ["tuned-on-fitted-rows"]),
  ("m = logreg(d.train)\ntune(m, «d.whole», f1)", ["tuned-on-fitted-rows"]),
  ("m = logreg(d.train)\ns = scores(m, d.train)\ntune(«s», f1)", ["tuned-on-fitted-rows"]),
  ("rows = d.train\nlogreg(rows) |> tune(«rows», f1)", ["tuned-on-fitted-rows"]),
  (
    "m = logreg(synth(50, 0.9).train)\ntune(m, «synth(50, 0.9, seed=4).train», f1)",
    ["tuned-on-fitted-rows"]
  ),
  (
    "a = dataset(read(\"a.csv\"), \"y\")\nb = dataset(read(\"a.csv\"), \"y\")\ntune(logreg(a), «b», f1)",
    ["tuned-on-fitted-rows"]
  ),
  ("p = split(d.train)\ntune(logreg(d.train), «p.val», f1)", ["tuned-on-fitted-rows"]),
  ("for x in [d, d] { m = logreg(x.train)\n tune(m, «x.train», f1) }", ["tuned-on-fitted-rows"]),
  (
    "if d.rows > 10 { m = logreg(d.train) } else { m = logreg(d.train, c=2) }\ntune(m, «d.train», f1)",
    ["tuned-on-fitted-rows"]
  ),
  ("fn fit(d) = logreg(d.train)\ntune(fit(d), «d.train», f1)", ["tuned-on-fitted-rows"]),
  ("fn go(m, rows) = tune(m, rows, f1)\n«go(logreg(d.train), d.train)»", ["tuned-on-fitted-rows"]),
  ("fn go(d) { m = logreg(d.train)\n tune(m, «d.train», f1) }", ["tuned-on-fitted-rows"]),

  // Tuned on test rows
  ("m = logreg(d.train)\ntune(m, «d.test», f1)", ["tuned-on-test-rows"]),
  ("p = split(d)\ntune(logreg(p.train), «p.test», f1)", ["tuned-on-test-rows"]),

  // Calibrated and chosen on the same rows
  (
    "s = calibrate(scores(logreg(d.train), d.val))\ntune(«s», f1)",
    ["calibrated-and-chosen-on-same-rows"]
  ),

  // Reported on the rows that chose
  (
    "m = logreg(d.train)\nt = tune(m, d.val, f1)\nevaluate(m, «d.val», at=t)",
    ["reported-on-choosing-rows"]
  ),

  (
    "m = logreg(d.train)\nt = tune(m, d.val, f1)\nevaluate(m, «d.val», at=t.threshold)",
    ["reported-on-choosing-rows"]
  ),
  (
    "m = logreg(d.train)\nts = [tune(m, d.val, f1).threshold, 0.5]\n"
      + "evaluate(m, «d.val», at=(ts[0] + 1) / 2)",
    ["reported-on-choosing-rows"]
  ),

  // Reported on the rows that fitted
  ("m = logreg(d.train)\nevaluate(m, «d.train», at=0.1)", ["reported-on-fitted-rows"]),
  ("m = logreg(d)\nevaluate(m, «d.test», at=0.1)", ["reported-on-fitted-rows"]),

  // Two decisions on the same test rows
  (
    "m = logreg(d.train)\nevaluate(m, d.test, at=0.1)\nevaluate(m, «d.test», at=0.2)",
    ["second-decision-on-test"]
  ),
  (
    "evaluate(logreg(d.train), d.test)\nevaluate(logreg(d.train, c=2), «d.test»)",
    ["second-decision-on-test"]
  ),

  // None
  ("m = logreg(d.train)\nt = tune(m, d.val, f1)\nevaluate(m, d.test, at=t)", []),
  ("m = logreg(d.train)\nevaluate(m, d.test, at=0.1)\nevaluate(m, d.test, at=0.1)", []),
  ("m = logreg(d.train)\nevaluate(m, d.test)\nevaluate(m, d.test, at=0.5)", []),
  ("m = logreg(d.train)\nevaluate(m, d.test)\nevaluate(m, d.test, at=0.1)", []),
  ("m = logreg(d.train)\nevaluate(m, d.test, at=0.1)\nevaluate(m, d.test, at=0.5)", []),
  (
    "m = logreg(d.train)\nevaluate(m, d.test)\nevaluate(m, d.test, at=0.1)\n"
      + "evaluate(m, «d.test», at=0.2)",
    ["second-decision-on-test"]
  ),
  (
    "m = logreg(d.train)\nif d.rows > 5 { evaluate(m, d.test, at=0.1) } else { evaluate(m, d.test, at=0.2) }",
    []
  ),
  ("m = logreg(synth(50, 0.9).train)\ntune(m, synth(50, 0.8).train, f1)", []),
  ("m = logreg(synth(50, 0.9).train)\ntune(m, synth(50, 0.9, seed=5).train, f1)", []),
  ("p = split(d)\nq = split(d, seed=3)\ntune(logreg(p.train), q.val, f1)", []),
  ("fn data(n) = synth(n, 0.9)\ntune(logreg(data(10)), data(20), f1)", []),
  (
    "m = none\nfor n in [10, 20] { x = synth(n, 0.9)\n if m != none { tune(m, x.train, f1) }\n m = logreg(x.train) }",
    []
  ),
  (
    "t = read(\"a.csv\")\na = dataset(filter(t, x > 1), \"y\")\nb = dataset(filter(t, x < 1), \"y\")\ntune(logreg(a), b, f1)",
    []
  ),
  (
    "a = dataset(read(\"a.csv\"), \"y\")\nwrite(1, \"a.csv\")\ntune(logreg(a), dataset(read(\"a.csv\"), \"y\"), f1)",
    []
  ),
  ("tune(scores([0.5], [1]), f1)\ntune(scores([0.5], [1]), f1, step=0.1)", []),
]

@Test(arguments: cases.map { (Marked(marked: "d = synth(100, 0.9)\n" + $0.0), $0.1) })
func reportsLeaks(marked: Marked, kinds: [String]) {
  let (source, spans) = marked.unmarked
  #expect(parse(source).diagnostics.isEmpty)
  let analysis = analyse(source)
  #expect(analysis.diagnostics.map(\.kind.name) == kinds)
  #expect(analysis.diagnostics.map(\.span) == spans)
  #expect(analysis.diagnostics.allSatisfy { $0.severity == .warning })
  #expect(analysis.reported.count == kinds.count)
}

@Test func leaksAreErrorsWhereStrict() {
  let source =
    "d = synth(100, 0.9)\ntune(logreg(d.train), d.train, f1)\ntune(scores([0.5], [1]), precision)"
  let found = analyse(source, options: .init(isStrict: true)).diagnostics
  #expect(found.map(\.kind.name) == ["tuned-on-fitted-rows", "degenerate-metric"])
  #expect(found.map(\.severity) == [.error, .warning])
}

/// Inside a function the run blames the argument there, though the checker reports it at the call.
@Test func namesThePlaceThatTheRunBlames() throws {
  let (source, spans) = Marked(
    marked: "fn go(m, rows) = tune(m, «rows», f1)\nd = synth(10, 0.9)\ngo(logreg(d.train), d.train)"
  ).unmarked
  let analysis = analyse(source)
  #expect(analysis.diagnostics.count == 1)
  #expect(analysis.reported == [Finding(.tunedOnFittedRows, at: try #require(spans.first))])
}
