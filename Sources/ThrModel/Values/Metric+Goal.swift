public import ThresholdEngine
public import ThrSyntax

extension Metric {
  /// The direction in which a call makes the metric best, or why one must be given.
  ///
  /// - Parameter given: what the call says, where it says so.
  public func goal(_ given: Direction?) throws(CallError) -> Direction {
    if let given { return given }
    guard let direction else { throw .noDirection(description) }
    if containsMinimisedMetric { throw .goalRequired(description) }
    return direction
  }

  /// A warning for optimising the metric, or why it cannot be done as asked.
  ///
  /// - Parameter word: the goal as the call names it, where it does.
  public func cautions(
    goalNamed word: String?, isConstrained: Bool
  ) throws(CallError) -> [Warning] {
    cautions(goal: try goal(word.flatMap(Direction.init)), isConstrained: isConstrained)
  }
}

extension CallError {
  public static func noDirection(_ metric: String) -> CallError {
    CallError(
      .goalNeeded, "`\(metric)` has no direction: it is not better when larger or smaller",
      remedy: "use it in a constraint, `where = \(metric) <= …`, or write `goal=\"max\"` or "
        + "`goal=\"min\"`",
      parameter: "metric")
  }

  public static func goalRequired(_ metric: String) -> CallError {
    CallError(
      .goalNeeded,
      "`\(metric)` does arithmetic on a metric that is minimised, so its direction is "
        + "not clear",
      remedy: "write `goal=\"max\"` or `goal=\"min\"`", parameter: "metric")
  }
}

extension Diagnostic.Kind {
  public static let goalNeeded = Diagnostic.Kind(
    "E0411", "goal-needed",
    explanation: .init(
      """
      Some metrics have no direction: more flagged rows are neither better nor worse, and \
      arithmetic on a metric that is minimised can have either direction.
      """,
      wrong: """
        s = scores([0.9, 0.8, 0.3], [1, 0, 0])
        tune(s, flag_rate)
        """,
      right: """
        s = scores([0.9, 0.8, 0.3], [1, 0, 0])
        tune(s, recall, where = flag_rate <= 2%)
        """))
}

extension Constant {
  /// Whether it is a metric of which neither much nor little is good in itself.
  public var hasNoDirection: Bool {
    if case .metric(let metric) = value { metric.direction == nil } else { false }
  }
}
