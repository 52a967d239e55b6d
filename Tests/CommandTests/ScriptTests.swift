import Foundation
import Testing

/// The tutorial and the examples, run as a user runs them, against the output beside this file.
///
/// `THR_REWRITE=1 swift test --filter ScriptTests` writes the outputs again; the figures of
/// `tutorialFigures` are published ones and stay.
@Suite struct ScriptTests {
  @Test(arguments: [
    "tutorial/01-from-probabilities-to-labels", "tutorial/02-why-imbalance-breaks-half",
    "tutorial/03-roc-curve", "tutorial/04-precision-recall-curve", "tutorial/05-tuning",
    "tutorial/06-which-rows", "tutorial/07-costs-and-constraints", "tutorial/08-how-sure-is-it",
    "tutorial/09-your-own-scores",
    "examples/mammography",
  ]) func showsWhatIsExpected(name: String) throws {
    let result = try Command.thr("scripts/\(name).thr")
    #expect(result.status == 0)
    #expect(result.messages == "")
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Expected/\(name).txt")
    if ProcessInfo.processInfo.environment["THR_REWRITE"] != nil {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(result.output.utf8).write(to: file)
    }
    #expect(result.output == String(decoding: try Data(contentsOf: file), as: UTF8.self))
  }

  /// The article's five figures, at scikit-learn's optimum (newton-cholesky, tolerance 1e-12).
  @Test func tutorialFigures() throws {
    let code = """
      data = synth(10000, 0.99)
      m = logreg(data.train)
      g = tune(m, data.val, gmean)
      j = tune(m, data.val, youden)
      f = tune(m, data.val, f1)
      grid = tune(m, data.val, f1, step=0.001)
      print("{g.threshold:.6f} {g.value:.3f} {j.threshold:.6f} {j.value:.3f}")
      print("{f.threshold:.6f} {f.value:.3f} {f.plateau.lower:.6f} {f.plateau.upper:.6f}")
      print("{f.default:.3f} {grid.threshold} {grid.value:.3f}")
      print("{abs(g.threshold - 0.01615284) < 1e-7} {abs(f.threshold - 0.2560353) < 1e-6}")
      """
    #expect(
      try Command.thr("-e", code).output == """
        0.016153 0.933 0.016153 0.867
        0.256035 0.756 0.250525 0.256035
        0.701 0.251 0.756
        true true

        """)
  }
}
