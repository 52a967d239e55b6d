import ThrModel
import ThresholdEngine

extension Builtin {
  static let regret = Builtin(
    "regret", .metrics,
    "Minimax regret: the largest loss of any metric against its own best value.",
    documentation: """
      For a choice among several costs or goals. At each threshold, the regret of a metric is how
      much worse its value is than its best value at any threshold, without the constraint.
      `regret(cost(fp=1, fn=5), cost(fp=1, fn=40))` is the largest of these regrets, and `tune`
      minimises it. If costs are linear in a price, the two ends of a range of prices cover all prices
      between them. All metrics must have the same unit, such as money.
      """,
    example: """
      s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
      tune(s, regret(cost(fp=1, fn=1), cost(fp=1, fn=20)))
      """,
    Form(
      Parameter<[Metric]>(
        "metrics", kind: .variadic, "Two or more metrics, each with a direction."),
      result: .metric
    ) { _, metrics in
      guard metrics.count > 1 else { throw CallError.loneMetric }
      do throws(MetricError) {
        return try Metric.regret(metrics)
      } catch { throw CallError(error, metrics[0], "") }
    })
}

extension Metric {
  /// Refuses a regret where it has no value.
  ///
  /// - Parameter alone: whether a regret may stand here by itself.
  func refuseRegret(alone: Bool, parameter: String) throws(CallError) {
    if holdsRegret, !(alone && isRegret) { throw .regretAlone(parameter) }
    if holdsSamples, !(alone && isSampled) { throw .quantileAlone(self, parameter) }
  }
}

extension Constraint {
  /// Refuses a regret, and a quantile over samples that is part of arithmetic.
  func refuseRegret(parameter: String) throws(CallError) {
    if holdsRegret { throw .regretAlone(parameter) }
    for side in comparedSides where side.holdsSamples && !side.isSampled {
      throw .quantileAlone(side, parameter)
    }
  }
}

extension RowDemands {
  /// Refuses what has a value in a search only.
  func refuseSearched() throws(CallError) {
    guard let metric = searched.first else { return }
    throw metric.isRegret ? .regretAlone("metric") : .quantileAlone(metric, "metric")
  }
}

extension CallError {
  fileprivate static func quantileAlone(_ metric: Metric, _ parameter: String) -> CallError {
    CallError(
      .unsuitableArgument,
      "`\(metric)` has a value only where a threshold is chosen, from samples of the rows",
      remedy: "use the quantile alone, as the metric of `tune`, or as one side of a comparison in "
        + "its `where`", parameter: parameter)
  }

  fileprivate static let loneMetric = CallError(
    .missingArgument, "`regret` compares two metrics or more",
    remedy: "name several: `regret(cost(fp=1, fn=5), cost(fp=1, fn=40))`", parameter: "metrics")

  fileprivate static func regretAlone(_ parameter: String) -> CallError {
    CallError(
      .unsuitableArgument,
      "a regret has a value only in a search, which finds the best value of each metric",
      remedy: "use it alone, as the metric of `tune`", parameter: parameter)
  }
}
