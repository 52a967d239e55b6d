import Testing
import ThrAnalysis
import ThrModel
import ThrSyntax
import ToyLibrary

/// Sources with their findings: the kinds, in the order of the marked places.
///
/// Everything else in them is right, so that nothing else may be found.
private let cases: [(String, [String])] = [
  // Names
  ("«precsion» >= 0.9", ["unknown-name"]),
  ("print(«total»)\ntotal = 3", ["assigned-later"]),
  ("x = 1\nprint(«y», «z»)", ["unknown-name", "unknown-name"]),
  ("fn f() { a = «b»\n b = 1\n a }", ["assigned-later"]),
  ("fn f() = x\n«f()»\nx = 1", ["assigned-later"]),
  ("fn f() = «nowhere»", ["unknown-name"]),
  ("fn f() { inside = 1\n inside }\n«inside»", ["unknown-name"]),
  ("xs = [i for i in [1, 2]]\n«i»", ["unknown-name"]),
  ("logreg(synth(10, 0.9), class_weight=«balanced»)", ["unknown-name"]),
  ("if «unseen» { 1 }", ["unknown-name"]),

  // Members
  ("d = synth(10, 0.9)\nm = logreg(d.«trian»)", ["unknown-member"]),
  ("x = [1, 2]\nx.«len»", ["unknown-member"]),
  ("r = {a: 1}\nr.«b»", ["unknown-member"]),
  ("for r in [{a: 1}] { print(r.«b») }", ["unknown-member"]),
  ("[r.«b» for r in [{a: 1}]]", ["unknown-member"]),

  // Arguments
  ("tune(scores([0.5], [1]), f1, «stpe»=0.1)", ["unknown-argument"]),
  ("«tune»(scores([0.5], [1]))", ["missing-argument"]),
  ("len([1], «2»)", ["too-many-arguments"]),
  ("synth(10, 0.9, «rows=3»)", ["argument-given-twice"]),
  ("fn f(a, b=1) = a\n«f»(b=2)", ["missing-argument"]),
  ("fn f(a) = a\nf(1, «2»)", ["too-many-arguments"]),
  ("fn f(a) = a\nf(1, «c»=2)", ["unknown-argument"]),
  ("[0.5] |> scores([1]) |> «tune»", ["missing-argument"]),
  ("«1» |> len", ["type-mismatch"]),

  // Values of arguments
  ("synth(10, «1.5»)", ["out-of-range"]),
  ("x = 1 - 2\nsynth(10, «x»)", ["out-of-range"]),
  ("synth(«10.5», 0.5)", ["type-mismatch"]),
  ("synth(«\"ten\"», 0.5)", ["type-mismatch"]),
  ("logreg(synth(10, 0.9), c=«0»)", ["out-of-range"]),
  ("logreg(synth(10, 0.9), class_weight=«\"balancd\"»)", ["unknown-word"]),
  ("tune(scores([0.5], [1]), «\"f1\"»)", ["type-mismatch"]),
  ("tune(scores([0.5], [1]), «cost»)", ["type-mismatch"]),
  ("tune(scores([0.5], [1]), f1, where=«1 == 2»)", ["type-mismatch"]),
  ("tune(«[0.5]», f1)", ["type-mismatch"]),
  ("sum(«[\"a\"]»)", ["type-mismatch"]),
  ("max(1, «\"a\"»)", ["type-mismatch"]),

  // Records
  ("{a: 1, «a»: 2}", ["repeated-field"]),
  ("{a: 1, \"b\": 2, «\"a\"»: 3}", ["repeated-field"]),

  // Operators
  ("«recall % 2»", ["type-mismatch"]),
  ("«1 + \"a\"»", ["type-mismatch"]),
  ("«recall > 0.5 and true»", ["type-mismatch"]),
  ("«not 1»", ["not-a-condition"]),
  ("«-\"a\"»", ["type-mismatch"]),
  ("«1 + 2 + \"a\"» + 3", ["type-mismatch"]),
  ("«cost + 1»", ["type-mismatch"]),
  ("recall «==» 0.9", ["metric-equality"]),
  ("«none + 1»", ["type-mismatch"]),

  // Constructs
  ("if «precision >= 0.9» { 1 }", ["not-a-condition"]),
  ("if «1» { 1 }", ["not-a-condition"]),
  ("for x in «3» { print(x) }", ["type-mismatch"]),
  ("[x for x in «\"abc\"»]", ["type-mismatch"]),
  ("[x for x in [1] if «x»]", ["not-a-condition"]),
  ("x = 1\n«x»[0]", ["type-mismatch"]),
  ("[1][«\"a\"»]", ["type-mismatch"]),
  ("{a: 1}[«0»]", ["type-mismatch"]),
  ("\"{1:«.3q»}\"", ["invalid-format"]),
  ("\"{«f1»:.3f}\"", ["type-mismatch"]),
  ("«f1»(2)", ["not-callable"]),
  ("«[1]»(2)", ["not-callable"]),
  ("fn f(a, «a») = a", ["repeated-parameter"]),

  // Branches that never run
  ("if true { 1 } else «{ 2 }»", ["unreachable"]),
  ("if «false» { 1 + \"a\" }", ["unreachable"]),
  ("if not false { 1 } else if «1 < 2» { 2 } else «{ 3 }»", ["unreachable", "unreachable"]),
  ("for x in «[]» { print(x + \"a\") }", ["unreachable"]),

  // Functions
  ("fn half(x) = x / 2\n«half(\"a\")»", ["type-mismatch"]),
  ("fn half(x) = x / 2\nfn quarter(x) = half(half(x))\n«quarter(\"a\")»", ["type-mismatch"]),
  ("fn f(x) = «1 + \"a\"»\nf(1)\nf(2)", ["type-mismatch"]),
  ("fn f(g) = g(1)\nfn g(x) = x + \"a\"\n«f(g)»", ["type-mismatch"]),
  ("fn f() { fn g(y) = «1 + \"a\"»\n g(1) }", ["type-mismatch"]),

  // Values of blocks
  ("fn f() { x = 1 }\n«f() + 1»", ["type-mismatch"]),
  ("fn f() { if 1 < 2 { x = 1 } else { y = 2 } }\n«f() + 1»", ["type-mismatch"]),
  ("x = none\nif x == none { x = 5 }\n«x + \"a\"»", ["type-mismatch"]),

  // Goals
  ("tune(scores([0.5], [1]), «tp + fp/10»)", ["rewards-mistakes"]),
  ("m = tp + fp/10\ntune(scores([0.5], [1]), «m»)", ["rewards-mistakes"]),
  ("m = fp + 20*fn\ntune(scores([0.5], [1]), m)", []),
  ("tune(scores([0.5], [1]), «fp + 20*fn», goal=\"max\")", ["rewards-mistakes"]),
  ("tune(scores([0.5], [1]), «precision»)", ["degenerate-metric"]),
  ("tune(scores([0.5], [1]), «precision», where=none)", ["degenerate-metric"]),
  ("tune(scores([0.5], [1]), «flag_rate»)", ["goal-needed"]),
  ("tune(scores([0.5], [1]), 1 - fpr + f1)", []),
  ("tune(scores([0.5], [1]), «tp + fp»)", ["goal-needed"]),
  ("tune(scores([0.5], [1]), flag_rate, where = recall >= 75%)", []),
  ("tune(scores([0.5], [1]), tp + fp, where = recall >= 75%, goal=\"min\")", []),
  ("tune(scores([0.5], [1]), «flag_rate», where = flag_rate <= 2%)", ["goal-needed"]),
  ("tune(scores([0.5], [1]), «precision», where = flag_rate <= 2%)", ["degenerate-metric"]),
  ("fn f(c) = tune(scores([0.5], [1]), precision, where = recall >= c)\nf(0.5)", []),

  // What a metric can come to
  ("tune(scores([0.5], [1]), recall, where = «flag_rate <= 50»)", ["out-of-range"]),
  ("«precision >= 90» and recall >= 0", ["out-of-range"]),
  ("«-0.5 <= recall»", ["out-of-range"]), ("recall >= 0 and flag_rate <= 1 and fp <= 50", []),

  // Builtins hidden
  ("«scores» = scores([0.5], [1])\n«scores»([1], [2])", ["hides-builtin", "not-callable"]),
  ("«f1» = 3\ntune(scores([0.5], [1]), «f1»)", ["hides-builtin", "type-mismatch"]),
]

@Test(arguments: cases.map { (Marked(marked: $0.0), $0.1) })
func finds(marked: Marked, kinds: [String]) {
  let (source, spans) = marked.unmarked
  let parsed = parse(source)
  #expect(parsed.diagnostics.isEmpty)
  let found = analyse(source).diagnostics
  let places = found.map { parsed.source.text($0.span) }
  #expect(found.map(\.kind.name) == kinds, "at \(places)")
  #expect(found.map(\.span) == spans, "at \(places)")
  // A value out of range or of another type may have nothing to stand in its place.
  for diagnostic in found where ![.outOfRange, .typeMismatch].contains(diagnostic.kind) {
    #expect(diagnostic.remedy != nil, "\(diagnostic.message)")
  }
}

/// Every fix, applied alone, takes its finding away and brings no other error.
@Test(arguments: cases.map { Marked(marked: $0.0) })
func fixesMend(marked: Marked) {
  let source = marked.unmarked.source
  let found = analyse(source).diagnostics
  for diagnostic in found {
    for fix in diagnostic.fixes {
      var bytes = Array(source.utf8)
      bytes.replaceSubrange(fix.span.start..<fix.span.end, with: fix.replacement.utf8)
      let fixed = parse(bytes)
      #expect(fixed.diagnostics.isEmpty)
      let left = Analysis(of: fixed, knowing: Library.toy.vocabulary).diagnostics
      let isError = diagnostic.severity == .error
      #expect(
        isError
          ? left.count(of: .error) < found.count(of: .error)
          : left.count < found.count && left.count(of: .error) <= found.count(of: .error),
        "\(fix.title)")
      #expect(!left.contains { $0.kind == diagnostic.kind && $0.span == fix.span })
    }
  }
}

/// The cases above hold at least these fixes, so that the property is not empty.
@Test(arguments: [
  ("precsion", "precision"), ("x = {total: 1}\nx.totl", "total"),
  ("tune(scores([0.5], [1]), \"f1\")", "f1"),
  ("logreg(synth(10, 0.9), class_weight=balanced)", "\"balanced\""),
  ("logreg(synth(10, 0.9), class_weight=\"balancd\")", "\"balanced\""),
  ("tune(scores([0.5], [1]), f1, stpe=0.1)", "step"),
  ("len([1], 2)", ""), ("synth(10, 0.9, rows=3)", ""), ("f1()", ""),
])
func offers(source: String, replacement: String) {
  #expect(analyse(source).diagnostics.flatMap(\.fixes).map(\.replacement) == [replacement])
}

extension [Diagnostic] {
  fileprivate func count(of severity: Diagnostic.Severity) -> Int {
    filter { $0.severity == severity }.count
  }
}

@Test func listsItsKinds() {
  let kinds = Diagnostic.Kind.checker
  #expect(Set(kinds.map(\.code)).count == kinds.count)
  #expect(Set(kinds.map(\.name)).count == kinds.count)
  let found = Set(cases.flatMap(\.1))
  #expect(found.isSubset(of: Set(kinds.map(\.name))))
  for kind in kinds {
    #expect(kind.explanation != nil, "\(kind.name)")
    #expect("EW".contains(kind.code.first ?? " "))
  }
}

/// What `thr explain` shows as wrong is found to be so, and what it shows as right is right.
@Test(arguments: Diagnostic.Kind.checker)
func explains(kind: Diagnostic.Kind) throws {
  let explanation = try #require(kind.explanation)
  let wrong = findingsOfExample(explanation.wrong, isOpenEnded: kind == .notYetDefined)
  #expect(wrong.contains(kind), "\(wrong.map(\.name))")
  let right = findingsOfExample(explanation.right)
  #expect(right.isEmpty, "\(right.map(\.name))")
}

/// - Parameter isOpenEnded: whether it is an input of a session.
private func findingsOfExample(
  _ example: String, isOpenEnded: Bool = false
) -> [Diagnostic.Kind] {
  let values: [String: ValueType] = ["s": .object("scores")]
  let given = analyse("data = synth(100, 0.9)\nm = logreg(data.train)").interface
  let parsed = parse(example)
  return
    (parsed.diagnostics
    + analyse(
      example, following: given.adding(values), options: .init(isOpenEnded: isOpenEnded)
    ).diagnostics).map(\.kind)
}
