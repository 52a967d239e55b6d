import NumberText
import ThrModel
public import ThrSyntax

extension DecisionArgument {
  /// Warns of a number above 1 where all scores are from 0 to 1: a percentage, most likely.
  ///
  /// - Complexity: linear in the scores for such a number, else nothing.
  func warnOfAnotherScale(_ scores: [Double], _ context: CallContext) {
    guard case .threshold(let threshold) = self, threshold > 1, threshold.isFinite,
      let highest = scores.max(), highest <= 1, scores.allSatisfy({ $0 >= 0 })
    else { return }
    context.warn(.thresholdAboveScores(threshold, highest: highest))
  }
}

extension Warning {
  fileprivate static func thresholdAboveScores(_ threshold: Double, highest: Double) -> Warning {
    let share = "\(threshold.shortestText)%"
    return Warning(
      .thresholdAboveScores,
      "the threshold \(threshold.shortestText) is above all scores, so that no row is flagged: "
        + "they go up to \(highest.metricText)",
      remedy: threshold <= 100 ? "did you mean `at=\(share)`?" : "use a threshold from 0 to 1")
  }
}

extension Diagnostic.Kind {
  public static let thresholdAboveScores = Diagnostic.Kind(
    "W0646", "threshold-above-scores", .warning,
    explanation: .init(
      """
      All scores are from 0 to 1, and the threshold is above 1: no row is flagged. If the number is \
      a percentage, write the % sign: `50%`. To flag nothing on purpose, write `at=none`.
      """,
      wrong: "evaluate(scores([0.2, 0.9], [0, 1]), at=50)",
      right: "evaluate(scores([0.2, 0.9], [0, 1]), at=50%)"))
}
