import Testing
import ThrAnalysis
import ThrLibrary
import ThrModel
import ThrSyntax

/// What no run can do is found by the checker, by the kind that the run reports.
@Suite struct CertainFaultTests {
  private static let scores = "s = scores([0.1, 0.9], [0, 1])\n"

  private func found(_ code: String) -> [String] {
    Analysis(of: parse(code), knowing: Library.standard.vocabulary).diagnostics
      .filter { $0.severity == .error }.map(\.kind.name)
  }

  @Test(arguments: [
    ("sort([3, 1], by=\"a\")", "type-mismatch"), ("sort([1, \"a\"])", "type-mismatch"),
    ("mean([1, true])", "type-mismatch"), ("sum([1, \"a\"])", "type-mismatch"),
    ("x = \"a\"\nmean([1, x])", "type-mismatch"),
    ("\(scores)sweep(s, [f1, len])", "type-mismatch"),
    ("r = {a: 1}\nr[\"b\"]", "unknown-member"),
    ("[1, 2][5]", "index-out-of-range"), ("[1, 2][-3]", "index-out-of-range"),
    ("\"abc\"[3]", "index-out-of-range"), ("[][0]", "index-out-of-range"),
    ("xs = [1, 2]\ni = 2\nxs[i]", "index-out-of-range"),
    ("scores([0.1], [0, 1])", "unequal-lengths"),
    ("scores([0.1, 0.2], [0, 1], weight=[1])", "unequal-lengths"),
    ("split(synth(100, 0.8), train=0.9, val=0.9, test=0.9)", "unsuitable-argument"),
    ("split(synth(100, 0.8), train=0.9)", "unsuitable-argument"),
    ("range(0, 1, 0)", "unsuitable-argument"), ("range(0, 1, step=0)", "unsuitable-argument"),
  ])
  func finds(code: String, kind: String) {
    #expect(found(code) == [kind])
    // The run itself says the same.
    #expect(Answer(code).kinds == [kind, kind])
  }

  @Test(arguments: [
    "sort([{a: 2}, {a: 1}], by=\"a\")", "sort([3, undefined, 1])", "mean([1, undefined])",
    "mean([])", "r = {a: 1}\nr[\"a\"]", "[1, 2][-2]", "\"abc\"[2]",
    "scores([0.1, 0.3], [0, 1], weight=[1, 2])", "split(synth(100, 0.8), train=0.7, val=0.1)",
    "split(synth(100, 0.8), val=0.1, test=0.1)", "range(1, 0, -1)",
    "fn f(xs) = mean(xs)\nf([1, 2])", "xs = []\nfor x in [1, 2] { xs = xs + [x] }\nxs[1]",
    "\(scores)sweep(s, [f1, 2 * tp])", "fn f(r) = r[\"b\"]\nf({b: 1})",
  ])
  func staysSilent(code: String) {
    #expect(found(code) == [])
    #expect(Answer(code).kinds.isEmpty)
  }
}
