import NumberText
import ParallelWork
import ThrModel
import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let gains = Builtin(
    "gains", .curves, "Cumulative gains curve: recall against the share of rows flagged.",
    documentation: "From (0, 0), where nothing is flagged, to (1, 1). It has no area.",
    example: "gains(scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])).recall",
    forms: curves { scores, isCancelled throws(CurveError) in
      try Curve.gains(scores, isCancelled: isCancelled)
    })

  static let lift = Builtin(
    "lift", .curves,
    "Lift curve: precision divided by prevalence, against the share of rows flagged.",
    documentation: """
      A lift of 3 means: the flagged rows contain 3 times as many positives as the same number of
      random rows has on average. There is no point for flagging nothing, where lift is undefined.
      It has no area.
      """,
    example: "lift(scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])).lift",
    forms: curves { scores, isCancelled throws(CurveError) in
      try Curve.lift(scores, isCancelled: isCancelled)
    })

  static let decisionCurve = Builtin(
    "decision_curve", .curves,
    "Decision curve: net benefit (true positives minus weighted false positives, per row) against "
      + "threshold probability.",
    documentation: """
      At the threshold probability pt a row is flagged where its score is at least pt, and the net
      benefit is tp/n - fp/n · pt/(1 - pt) (Vickers and Elkin 2006). A model is useful where its
      curve is above both "treat all" and "treat none", which the plot shows. Scores must be
      probabilities.
      """,
    example: "decision_curve(scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])).net_benefit",
    Form(.model, .rows(nil), .probabilityStep) { context, model, rows, step in
      try decisionCurve(model.scores(of: rows), step, context)
    },
    Form(Parameter<ScoredRows>("scores", "The scores and labels."), .probabilityStep) {
      try decisionCurve($1, $2, $0)
    })

  private static func decisionCurve(
    _ scores: ScoredRows, _ step: Double, _ context: CallContext
  ) throws -> CurveResult {
    try TuningError.explained(by: CallError.ofDecisionCurve) { () throws(TuningError) in
      CurveResult(
        try Curve.decision(scores.content, step: step, isCancelled: context.isCancelled),
        of: scores.content)
    }
  }
}

extension CallError {
  fileprivate static func ofDecisionCurve(_ error: TuningError) -> CallError {
    guard case .scoresOutsideUnitInterval(let lowest, let highest) = error else {
      return CallError(error)
    }
    return CallError(
      .notProbabilities,
      "the scores lie from \(lowest.thresholdText) to \(highest.thresholdText)",
      remedy: "a decision curve needs probabilities, from 0 to 1")
  }
}

extension Parameter<Double> {
  fileprivate static var probabilityStep: Self {
    Parameter(
      "step", in: 1e-6...0.5, default: 0.01, unit: "probability",
      "Distance between neighbouring threshold probabilities, from 0 to below 1.")
  }
}
