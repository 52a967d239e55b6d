import ParallelWork
import ThrModel
import ThresholdEngine

extension Builtin {
  static let measure = Builtin(
    "measure", .tuning, "The value of any metric for an evaluation, tuning or confusion matrix.",
    documentation: """
      Use it for your own metrics: `measure(evaluate(s, at=t), 40*tp - 5*fp)`, and for counts from
      elsewhere: `measure({tp: 5, fp: 1, tn: 90, fn: 4}, f1)`. A list of metrics gives a list of
      records with `name` and `value`. Metrics by column, such as `recall["amount"]`, need an
      evaluation or a tuning, which keep their rows. Evaluations or tunings by group give a list with
      the value of each group, and `overall`.
      """,
    example: "measure(evaluate(scores([0.2, 0.9], [0, 1]), at=0.5), 40*tp - 5*fp)",
    .measuring("evaluation", "The evaluation.") { (evaluation: EvaluationResult) in
      .init(evaluation.content.confusion, evaluation.content.decision, of: evaluation.source)
    },
    .measuring("tuning", "The tuning.") { (tuning: TuningResult) in
      .init(tuning.content.confusion, tuning.content.outcome, of: tuning.source)
    },
    .measuring("confusion", "The confusion matrix.") { (matrix: ConfusionMatrix) in
      .init(matrix.content)
    },
    .measuring("counts", "The counts, as in `{tp: 5, fp: 1, tn: 90, fn: 4}`.") {
      (record: Record) throws(CallError) in .init(try Confusion(record))
    },
    forms: [
      .measuringGroups("evaluations", "The evaluations of groups.") { (result: EvaluationResult) in
        (
          .init(result.content.confusion, result.content.decision, of: result.source),
          result.content.rows, result.positives
        )
      },
      .measuringGroups("tunings", "The tunings of groups.") { (result: TuningResult) in
        (
          .init(result.content.confusion, result.content.outcome, of: result.source),
          result.content.rows, result.content.positives
        )
      },
    ])
}

/// Counts, and the decision and rows that gave them, where these are known.
struct MeasuredCounts {
  private let confusion: Confusion
  private let decision: Decision?
  private let source: TunedRows?

  init(_ confusion: Confusion, _ decision: Decision? = nil, of source: TunedRows? = nil) {
    self.confusion = confusion
    self.decision = decision
    self.source = source
  }

  func value(of metrics: MeasuredMetrics, _ context: CallContext) throws -> Value {
    switch metrics {
    case .one(let metric): return try outcome(of: metric, context).value
    case .several(let metrics):
      return try metrics.map { metric in
        Record([
          .init("name", .text(metric.description)),
          .init("value", try outcome(of: metric, context).value),
        ])
      }.value
    }
  }

  func outcome(of metric: Metric, _ context: CallContext) throws -> Outcome {
    try metric.refuseRegret(alone: false, parameter: "metric")
    if metric.demands.isEmpty {
      return Outcome(metric.value(of: confusion), mayBeInfinite: true)
    }
    guard let decision, let source else { throw CallError.countsOnly(metric) }
    let scores = try source.scores()
    let rows = try scores.knowing(metric.demands, context)
    let counts = try TuningError.explained(by: CallError.init) { () throws(TuningError) in
      try ThresholdEngine.evaluate(
        rows, at: decision, for: [metric], isCancelled: context.isCancelled)
    }
    try scores.reportGroupsLeftOut(of: counts, context)
    return Outcome(metric.value(of: counts), mayBeInfinite: true)
  }
}

/// One metric, or a list of them.
enum MeasuredMetrics: ValueConvertible {
  case one(Metric)
  case several([Metric])

  static var valueType: ValueType { .either(.metric, .list(.metric)) }

  /// What measuring gives.
  static var result: ValueType {
    .either(
      .numberOrUndefined,
      .list(.record([.init("name", .text), .init("value", .numberOrUndefined)])))
  }

  init?(_ value: Value) {
    if let metric = Metric(value) {
      self = .one(metric)
    } else if let metrics = [Metric](value) {
      self = .several(metrics)
    } else {
      return nil
    }
  }

  var value: Value {
    switch self {
    case .one(let metric): metric.value
    case .several(let metrics): metrics.value
    }
  }
}

extension Builtin.Form {
  fileprivate static func measuring<Base: ValueConvertible & Sendable>(
    _ name: String, _ summary: String,
    _ counts: @escaping @Sendable (Base) throws(CallError) -> MeasuredCounts
  ) -> Self {
    Self(
      Parameter<Base>(name, summary),
      Parameter<MeasuredMetrics>("metric", "The metric to compute, or a list of metrics."),
      result: MeasuredMetrics.result
    ) { context, base, metrics in try counts(base).value(of: metrics, context) }
  }
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

extension CallError {
  fileprivate static func countsOnly(_ metric: Metric) -> CallError {
    CallError(
      .unsuitableArgument, "`\(metric)` needs rows, and these are only their counts",
      remedy: "measure an evaluation or a tuning: `measure(evaluate(s, at=t), …)`",
      parameter: "metric")
  }
}
