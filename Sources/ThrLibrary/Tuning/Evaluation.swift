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
      """, elsewhere: ["confusion_matrix", "classification_report"],
    Form(.model, .rows(.reports), .at) { _, model, rows, at in
      evaluation(try model.scores(of: rows), at)
    },
    Form(
      Parameter<ScoredRows>("scores", use: .reports, "The scores to evaluate the threshold on."),
      .at
    ) { _, scores, at in evaluation(scores, at) })

  static func evaluation(_ scores: ScoredRows, _ at: DecisionArgument) -> EvaluationResult {
    EvaluationResult(
      ThresholdEngine.evaluate(scores.content, at: at.decision),
      positives: scores.content.positives)
  }

  static let measure = Builtin(
    "measure", .tuning, "The value of any metric for an evaluation, tuning or confusion matrix.",
    documentation: """
      Use it for your own metrics: `measure(evaluate(s, at=t), 40*tp - 5*fp)`, and for counts from
      elsewhere: `measure({tp: 5, fp: 1, tn: 90, fn: 4}, f1)`.
      """,
    example: "measure(evaluate(scores([0.2, 0.9], [0, 1]), at=0.5), 40*tp - 5*fp)",
    .measuring("evaluation", "The evaluation.") { (evaluation: EvaluationResult) in
      evaluation.content.confusion
    },
    .measuring("tuning", "The tuning.") { (tuning: TuningResult) in tuning.content.confusion },
    .measuring("confusion", "The confusion matrix.") { (matrix: ConfusionMatrix) in matrix.content
    },
    .measuring("counts", "The counts, as in `{tp: 5, fp: 1, tn: 90, fn: 4}`.") {
      (record: Record) throws(CallError) in try Confusion(record)
    })
}

extension Confusion {
  /// The counts that a record names.
  fileprivate init(_ record: Record) throws(CallError) {
    func count(_ name: String) throws(CallError) -> Double {
      guard case .number(let count) = record[name], count >= 0, count.isFinite else {
        throw .badCounts(name)
      }
      return count
    }
    self.init(
      truePositives: try count("tp"), falsePositives: try count("fp"),
      trueNegatives: try count("tn"), falseNegatives: try count("fn"))
  }
}

extension CallError {
  fileprivate static func badCounts(_ name: String) -> CallError {
    CallError(
      .unsuitableArgument, "`\(name)` of the record is not a number of at least 0",
      remedy: "write all four counts: `{tp: 5, fp: 1, tn: 90, fn: 4}`", parameter: "counts")
  }
}

extension Builtin.Form {
  fileprivate static func measuring<Base: ValueConvertible & Sendable>(
    _ name: String, _ summary: String,
    _ counts: @escaping @Sendable (Base) throws(CallError) -> Confusion
  ) -> Self {
    Self(
      Parameter<Base>(name, summary), Parameter<Metric>("metric", "The metric to compute.")
    ) { _, base, metric in Outcome(metric.value(of: try counts(base)), mayBeInfinite: true) }
  }
}
