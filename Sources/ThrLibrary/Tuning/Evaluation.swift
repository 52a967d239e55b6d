import ThrModel
import ThresholdEngine

extension Builtin {
  static let evaluate = Builtin(
    "evaluate", .tuning, "What a decision comes to on labelled rows: every metric by its name.",
    documentation: """
      A row is flagged where its score is at least the threshold. The honest rows for this are those
      that neither fitted the model nor chose the threshold.
      """,
    example: """
      s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
      evaluate(s, at=0.5).recall
      """, elsewhere: ["confusion_matrix", "classification_report"],
    Form(.model, .rows(.reports), .at) { _, model, rows, at in
      evaluation(try model.scores(of: rows), at)
    },
    Form(
      Parameter<ScoredRows>("scores", use: .reports, "The scores to judge the decision by."), .at
    ) { _, scores, at in evaluation(scores, at) })

  static func evaluation(_ scores: ScoredRows, _ at: DecisionArgument) -> EvaluationResult {
    EvaluationResult(
      ThresholdEngine.evaluate(scores.content, at: at.decision),
      positives: scores.content.positives)
  }

  static let measure = Builtin(
    "measure", .tuning, "What any metric comes to where rows have been decided.",
    documentation: "For metrics of your own: `measure(evaluate(s, at=t), 40*tp - 5*fp)`.",
    example: "measure(evaluate(scores([0.2, 0.9], [0, 1]), at=0.5), 40*tp - 5*fp)",
    .measuring("evaluation", "The evaluation.") { (evaluation: EvaluationResult) in
      evaluation.content.confusion
    },
    .measuring("tuning", "The tuning.") { (tuning: TuningResult) in tuning.content.confusion },
    .measuring("confusion", "The outcome counts.") { (matrix: ConfusionMatrix) in matrix.content })
}

extension Builtin.Form {
  fileprivate static func measuring<Base: LanguageObject>(
    _ name: String, _ summary: String, _ counts: @escaping @Sendable (Base) -> Confusion
  ) -> Self {
    Self(
      Parameter<Base>(name, summary), Parameter<Metric>("metric", "The metric to compute.")
    ) { _, base, metric in Outcome(metric.value(of: counts(base))) }
  }
}
