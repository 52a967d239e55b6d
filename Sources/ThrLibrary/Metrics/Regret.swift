import ThrModel
import ThresholdEngine

extension Builtin {
  static let regret = Builtin(
    "regret", .metrics, "The largest loss against the best that each metric could have by itself.",
    documentation: """
      For a choice among several costs or goals: `regret(cost(fp=1, fn=5), cost(fp=1, fn=40))` is, at
      each threshold, how much worse than its own best threshold each metric is, and of these the
      largest. `tune` minimises it. Where costs are linear in a price, the two ends of a range of
      prices speak for all prices between. Each own best is taken without the constraint. All metrics
      have to be in one unit, such as money.
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
  }
}

extension Constraint {
  func refuseRegret(parameter: String) throws(CallError) {
    if holdsRegret { throw .regretAlone(parameter) }
  }
}

extension CallError {
  fileprivate static let loneMetric = CallError(
    .missingArgument, "`regret` compares two metrics or more",
    remedy: "name several: `regret(cost(fp=1, fn=5), cost(fp=1, fn=40))`", parameter: "metrics")

  fileprivate static func regretAlone(_ parameter: String) -> CallError {
    CallError(
      .unsuitableArgument,
      "a regret has a value only in a search, where each metric's own best is known",
      remedy: "use it alone, as the metric of `tune`", parameter: parameter)
  }
}
