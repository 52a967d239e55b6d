import ParallelWork
import ThrModel
import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let sweep = Builtin(
    "sweep", .curves, "Metrics at every threshold.",
    documentation: """
      One metric or a list of them, at every distinct score, or on a grid with `step=`. Every named
      metric is also a member, even if not requested: `sweep(s, f1).precision`.
      """,
    example: """
      s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
      sweep(s, [f1, precision, recall])
      """,
    Form(.model, .rows(nil), .metrics, .step, .from, .to) {
      context, model, rows, metrics, step, from, to in
      try sweep(model.scores(of: rows), metrics, step, from, to, context)
    },
    Form(
      Parameter<ScoredRows>("scores", "The scores and labels."), .metrics, .step, .from, .to
    ) { context, scores, metrics, step, from, to in
      try sweep(scores, metrics, step, from, to, context)
    })

  private static func sweep(
    _ scores: ScoredRows, _ metrics: MetricsArgument, _ step: Double?, _ from: Double?,
    _ to: Double?, _ context: CallContext
  ) throws -> SweepResult {
    let search = try Search(step: step, from: from, to: to)
    if metrics.content.isEmpty { throw CallError.noMetrics }
    for metric in metrics.content { try metric.refuseRegret(alone: false, parameter: "metrics") }
    let demands = metrics.content.reduce(into: RowDemands()) { $0.formUnion($1.demands) }
    let rows = try scores.knowing(demands, context)
    let sweep = try TuningError.explained(by: CallError.init) { () throws(TuningError) in
      try Sweep(
        rows, search: search, metrics: metrics.content, isCancelled: context.isCancelled)
    }
    return SweepResult(sweep, metrics: metrics.content, isGrid: step != nil)
  }
}

/// One metric, or a list of them.
struct MetricsArgument: ValueConvertible {
  let content: [Metric]

  static var valueType: ValueType { .either(.metric, .list(.metric)) }

  init(_ metrics: [Metric]) { content = metrics }

  init?(_ value: Value) {
    if let metric = Metric(value) {
      content = [metric]
    } else if let metrics = [Metric](value) {
      content = metrics
    } else {
      return nil
    }
  }

  var value: Value { content.count == 1 ? content[0].value : content.value }
}

extension Parameter<MetricsArgument> {
  fileprivate static var metrics: Self {
    Parameter("metrics", "A metric, or a list of metrics: `[f1, precision, recall]`.")
  }
}

extension CallError {
  fileprivate static let noMetrics = CallError(
    .unsuitableArgument, "the list of metrics is empty",
    remedy: "add at least one: `[f1, precision]`",
    parameter: "metrics")
}
