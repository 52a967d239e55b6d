import ThrModel
import ThresholdEngine

extension Builtin {
  static let bayesThreshold = Builtin(
    "bayes_threshold", .metrics,
    "The best threshold for calibrated scores, from the costs alone.",
    documentation: """
      With `fp > tn` and `fn > tp`, flagging a row costs no more than not flagging it if its
      probability is at least `(fp - tn) / (fp - tn + fn - tp)` (Elkan 2001). It needs no labels,
      and holds only for scores that are calibrated probabilities: see `calibration`. Otherwise
      `tune` for `cost(fp=, fn=)`.
      """,
    example: """
      s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
      evaluate(s, at=bayes_threshold(fp=1, fn=20))
      """,
    Form(
      .cost("fp", "Cost of a false positive."), .cost("fn", "Cost of a false negative."),
      .cost("tp", default: 0, "Cost of a true positive."),
      .cost("tn", default: 0, "Cost of a true negative.")
    ) { _, fp, fn, tp, tn in
      let (alarm, miss) = (fp - tn, fn - tp)
      guard alarm > 0, miss > 0 else { throw CallError.uselessCosts(alarm, miss) }
      return alarm / (alarm + miss)
    })
}

extension Parameter<Double> {
  fileprivate static func cost(
    _ name: String, default standard: Double? = nil, _ summary: String
  ) -> Self {
    Parameter(name, in: -1e12...1e12, default: standard, unit: "cost of one row", summary)
  }
}

extension CallError {
  /// - Parameters:
  ///   - alarm: What a false alarm costs more than no flag.
  ///   - miss: What a miss costs more than a hit.
  fileprivate static func uselessCosts(_ alarm: Double, _ miss: Double) -> CallError {
    let advice =
      alarm <= 0 && miss <= 0
      ? "no mistake costs more than a right decision" : "it is best to flag every row"
    return CallError(
      .unsuitableArgument,
      alarm > 0
        ? "a miss costs no more than a true positive, so it is best to flag no row"
        : "a false positive costs no more than a true negative: \(advice)",
      remedy: "make `fp` larger than `tn`, and `fn` larger than `tp`",
      parameter: alarm > 0 ? "fn" : "fp")
  }
}
