import ThrModel
import ThresholdEngine

extension Builtin {
  static let evaluate = Builtin(
    "evaluate", .tuning, "Every metric of a threshold on labelled rows.",
    documentation: """
      A row is flagged where its score is at least the threshold. For an unbiased result use rows
      that neither fitted the model nor chose the threshold.
      """,
    example: """
      s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
      evaluate(s, at=0.5).recall
      """, foreignNames: ["confusion_matrix", "classification_report"],
    Form(.model, .rows(.reports), .at) { _, model, rows, at in
      try evaluation(.model(model, rows), at)
    },
    Form(
      Parameter<ScoredRows>("scores", use: .reports, "The scores to evaluate the threshold on."),
      .at
    ) { _, scores, at in try evaluation(.scores(scores), at) })

  static func evaluation(
    _ source: TunedRows, _ at: DecisionArgument
  ) throws(CallError) -> EvaluationResult {
    let scores = try source.scores()
    return EvaluationResult(
      ThresholdEngine.evaluate(scores.content, at: at.decision),
      positives: scores.content.positives, source: source)
  }
}
