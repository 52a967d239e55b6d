import Drawing
import Synchronization
import TableIO
import Testing
import ThrAnalysis
import ThrLibrary
import ThrModel
import ThrRuntime
import ThrSyntax

/// Plots, sweeps and tunings with confidence, as programs meet them.
@Suite struct PlotTests {
  private static let start = """
    s = scores([0.1, 0.4, 0.35, 0.8, 0.65, 0.9, 0.2, 0.7], [0, 0, 1, 1, 0, 1, 0, 1])

    """

  /// What a program shows, or the names of what is wrong with it.
  private func shown(_ program: String, on surface: Surface = .plain) -> [String] {
    let run = LibraryRun(program)
    return run.codes.isEmpty ? run.values.map { run.display.full($0, on: surface) } : run.codes
  }

  @Test func writesCountsOfASweepAsCounts() {
    let text = shown(Self.start + "sweep(s, [tp, f1], step=0.5)")[0]
    #expect(text.contains("        0   4    0.667\n      0.5   3    0.750 *"))
  }

  @Test func countsInfiniteScoresApartInTheLegend() {
    let scores = """
      s = scores([number("inf"), 0.5, number("-inf"), 0.2, number("inf")], [1, 0, 0, 1, 0])

      """
    let text = shown(scores + "distribution(s)")[0]
    #expect(text.contains("negative (3, 2 infinite)"))
    #expect(text.contains("positive (2, 1 infinite)"))
    #expect(shown(Self.start + "distribution(s)")[0].contains("negative (4)"))
  }

  /// The best precision alone is that of hardly any flag.
  @Test func marksNoBestThatSettlesNothing() {
    #expect(shown(Self.start + "plot(sweep(s, [precision, recall])).marks") == ["[]"])
    #expect(shown(Self.start + "len(plot(sweep(s, [f1, recall])).marks)") == ["1"])
  }

  /// A curve and the prompt below it are seen together.
  @Test(arguments: [16, 24, 40]) func fitsTheScreen(height: Int) {
    for curve in ["roc(s)", "pr(s)", "distribution(s)", "plot(roc(s))"] {
      let text = shown(Self.start + curve, on: Surface(width: 80, height: height))[0]
      #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count < height)
    }
  }

  @Test(arguments: [
    ("roc(s).fpr == roc(s).x", "true"), ("pr(s).precision == pr(s).y", "true"),
    ("gains(s).recall[-1]", "1"), ("lift(s).lift[0]", "2"),
    ("decision_curve(s).net_benefit[0]", "0.5"), ("roc(s).prevalence", "0.5"),
    ("sweep(s, f1).recall[0]", "1"), ("sweep(s, [f1, 2*tp]).points", "8"),
    ("len(sweep(s, f1, step=0.1).threshold)", "10"), ("calibration(s, bins=2).rows", "[4, 4]"),
    ("calibration(s, bins=2, strategy=\"uniform\").observed", "[0.25, 0.75]"),
    ("distribution(s, bins=2).positives", "[1, 3]"),
    ("plot(roc(s)).title", "ROC curve, AUC 0.875"),
    ("plot(roc(s), title=\"mine\").title", "mine"),
    ("plot(roc(s), mark=none).marks", "[]"),
    ("plot(roc(s), mark=[0.5, 0.8]).marks[1].label", "threshold 0.8, recall 0.500, fpr 0.000"),
    ("plot(pr(s), mark=tune(s, f1)).marks[0].label", "threshold 0.7, F1 0.857"),
    ("plot(sweep(s, f1), mark=tune(s, f1)).rules[0].at", "0.7"),
    ("plot({a: roc(s), b: roc(s)}).series[1].name", "a, AUC 0.875"),
    ("plot([roc(s), roc(s)], names=[\"a\", \"b\"]).series[2].name", "b, AUC 0.875"),
    ("plot([1, 2, 4]).series[0].x", "[1, 2, 3]"),
    ("plot(s).y_label", "density"),
    ("plot([1/0, 2], [1, 1/0]).title", "no point with finite coordinates"),
    ("plot(tune(s, f1)).marks[0].x", "0.7"),
    ("confidence(tune(s, f1), bootstrap=50) == confidence(tune(s, f1), bootstrap=50)", "true"),
    ("tune(s, f1).confidence", "none"),
    ("tune(s, f1, bootstrap=50).confidence == confidence(tune(s, f1), bootstrap=50)", "true"),
    ("tune(s, f1).threshold == tune(s, f1, bootstrap=9).threshold", "true"),
    ("len(confidence(tune(s, f1), bootstrap=50).thresholds)", "50"),
    // Wrong calls are found, before they run where that is possible.
    ("plot(3)", "type-mismatch"), ("plot([])", "unsuitable-argument"),
    ("plot([roc(s), pr(s)])", "unsuitable-argument"), ("plot(roc(s), mark=\"x\")", "unknown-word"),
    ("plot(roc(s), x_range=[1, 0])", "unsuitable-argument"),
    ("plot([roc(s)], names=[])", "unequal-lengths"), ("roc(s).precision", "unsuitable-argument"),
    ("sweep(s, [])", "unsuitable-argument"), ("sweep(s, f1).recal", "unknown-member"),
    ("plot(roc(s)).serie", "unknown-member"),
    ("write(plot(roc(s)), \"a.jpg\")", "unsuitable-argument"),
    ("calibration(scores([2, 3], [0, 1]))", "not-probabilities"),
    ("decision_curve(scores([2, 3], [0, 1]))", "not-probabilities"),
    ("confidence(tune(s, f1), bootstrap=0)", "out-of-range"),
  ])
  func gives(expression: String, result: String) {
    #expect(shown(Self.start + expression).last == result)
  }

  @Test(arguments: ["a.svg", "a.png", "a.pdf", "a.csv"])
  func writesPicturesAndTheirNumbers(path: String) {
    let drawn = path == "a.csv" ? "roc(s)" : "plot(roc(s))"
    for value in [drawn, "sweep(s, f1)", "calibration(s)", "distribution(s)"] {
      let run = LibraryRun(Self.start + "write(\(value), \"\(path)\")")
      #expect(run.codes.isEmpty)
      #expect((try? run.files.readFile(path).count) ?? 0 > 10)
    }
  }

  @Test func theTutorialsFigures() {
    let program = """
      data = synth(10000, 0.99)
      m = logreg(data.train)
      plot(roc(m, data.val)).marks[0].label
      plot(pr(m, data.val)).marks[0].label
      """
    #expect(
      shown(program) == ["threshold 0.016152, G-mean 0.933", "threshold 0.256035, F1 0.756"])
  }

  @Test(arguments: [20, 31, 40, 80, 120])
  func fitsItsSurface(width: Int) {
    let program =
      Self.start + """
        roc(s); plot(sweep(s, [f1, recall])); distribution(s); plot(calibration(s))
        [tune(s, x) for x in [f1, gmean, cost(fp=1, fn=20)]]
        """
    for style in [Surface(width: width), Surface(width: width, style: .ascii)] {
      for text in shown(program, on: style) {
        let lines = text.split(separator: "\n")
        // The first line of a curve says what it is, in any width.
        #expect(lines.dropFirst().allSatisfy { $0.count <= max(width, 30) })
      }
    }
  }

  @Test func showsATuning() {
    let text = shown(Self.start + "tune(s, f1)")[0]
    #expect(
      text == """
        threshold  0.7
        f1         0.857, 0.107 better than 0.750 at 0.5 (14.3 %)
        plateau    (0.65, 0.7], the same labels throughout
        search     exact, ties: highest
        rows       8 rows, 4 positive (50 %)
        flags      3 of 8 rows (37.5 %)
        implies    a false alarm costs 1.86 to 2.33 misses, if the scores are calibrated

                   flagged   not flagged   all
        positive         3             1     4   recall 0.750
        negative         0             4     4   specificity 1.000
        ──────────────────────────────────────
        all              3             5     8   precision 1.000
        """)
  }

  @Test func everyExampleRuns() {
    for builtin in Library.standard.builtins
    where ![.readsFiles, .interacts].contains(builtin.signature.effect) {
      let run = LibraryRun(builtin.signature.example)
      #expect(run.codes.isEmpty, "\(builtin.signature.name): \(run.codes)")
      for value in run.values {
        // What documents lay out themselves is what the prompt shows.
        let parts = run.display.parts(of: value).map(\.text).joined(separator: "\n")
        #expect(parts == run.display.full(value), "\(builtin.signature.name)")
      }
    }
  }
}

/// What a run has shown.
private final class Shown: Sendable {
  let values = Mutex<[Value]>([])
}

/// A program checked and run with the whole library, on files in memory.
final class LibraryRun {
  let files: MemoryFileSystem
  let display = ValueDisplay(Library.standard)
  private(set) var values: [Value] = []
  /// The names of the errors.
  private(set) var codes: [String] = []

  init(_ program: String, files texts: [String: String] = [:]) {
    files = MemoryFileSystem(texts: texts)
    let parsed = parse(Array(program.utf8))
    let analysis = Analysis(of: parsed, knowing: Library.standard.vocabulary)
    codes = (parsed.diagnostics + analysis.diagnostics).filter { $0.severity == .error }
      .map(\.kind.name)
    guard codes.isEmpty else { return }
    let context = CallContext(files: files, display: display)
    let shown = Shown()
    let session = Session(Library.standard, context: context) { event in
      if case .shown(let value, _) = event { shown.values.withLock { $0.append(value) } }
    }
    if case .failed(let failure) = session.run(parsed, file: "-e") {
      codes = failure.diagnostics.map(\.kind.name)
    }
    values = shown.values.withLock { $0 }
  }
}
