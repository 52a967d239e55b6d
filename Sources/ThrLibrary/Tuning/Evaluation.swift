import ThrModel
import ThresholdEngine

extension Builtin {
  static let evaluate = Builtin(
    "evaluate", .tuning, "Every metric of a threshold on labelled rows.",
    documentation: """
      A row is flagged where its score is at least the threshold. For an unbiased result use rows
      that neither fitted the model nor chose the threshold.

      With a tuning by group, `evaluate(s, at=p)` uses for each row the threshold of its group. With
      `by="site"` the result is a list: an evaluation of each group, and `overall`.
      """,
    example: """
      s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
      evaluate(s, at=0.5).recall
      """, foreignNames: ["confusion_matrix", "classification_report"],
    Form(
      .model, .rows(.reports), .at, .by, result: EvaluationResult.valueType,
      exception: .evaluationsByGroup
    ) { context, model, rows, at, by in
      try evaluated(.model(model, rows), at, by: by, context)
    },
    Form(
      Parameter<ScoredRows>("scores", use: .reports, "The scores to evaluate the threshold on."),
      .at, .by, result: EvaluationResult.valueType, exception: .evaluationsByGroup
    ) { context, scores, at, by in try evaluated(.scores(scores), at, by: by, context) },
    Form(
      Parameter<StoredScoredRows>(
        "scores", "Scores in a database or a streamed file to evaluate the threshold on."),
      .at, .by, result: EvaluationResult.valueType, exception: .evaluationsByGroup
    ) { context, scores, at, by in
      try scores.begin(context)
      return try evaluated(
        .stored(scores, at: [at.decision.threshold].compactMap { $0 }), at, by: by, context)
    })

  private static func evaluated(
    _ source: TunedRows, _ at: DecisionArgument, by columns: GroupColumns?, _ context: CallContext
  ) throws -> Value {
    guard let columns else { return try evaluation(source, at, context).value }
    return try source.results(by: columns, context) { part, context in
      try evaluation(part, at, context)
    }.value
  }

  static func evaluation(
    _ source: TunedRows, _ at: DecisionArgument, _ context: CallContext
  ) throws -> EvaluationResult {
    try at.requireDecision()
    if let groups = at.groups { return try groups.evaluation(source, context) }
    let scores = try source.scores()
    at.warnOfAnotherScale(scores.content.values, context)
    return EvaluationResult(
      ThresholdEngine.evaluate(scores.content, at: at.decision),
      positives: scores.content.positives, source: source)
  }
}

extension Signature.Form.Exception {
  fileprivate static var evaluationsByGroup: Self { .init("by", EvaluationsByGroup.valueType) }
}
