public import ThresholdEngine
public import ThrSyntax

extension Metric {
  /// The direction in which a call makes the metric best, or why one must be given.
  ///
  /// - Parameter given: what the call says, where it says so.
  public func goal(
    _ given: Direction?, where constraint: Constraint? = nil
  ) throws(CallError) -> Direction {
    guard let goal = given ?? direction(where: constraint) else { throw .noDirection(self) }
    return goal
  }

  /// A warning for optimising the metric, or why it cannot be done as asked.
  ///
  /// - Parameters:
  ///   - word: the goal as the call names it, where it does.
  ///   - limits: constraints that hold together, or `none`.
  public func cautions(
    goalNamed word: String?, where limits: [Value]
  ) throws(CallError) -> [Warning] {
    let constraint = limits.reduce(nil as Constraint?) { joined, limit in
      guard case .constraint(let constraint) = limit else { return joined }
      return joined?.and(constraint) ?? constraint
    }
    let goal = try goal(word.flatMap(Direction.init), where: constraint)
    return cautions(goal: goal, where: constraint)
  }
}

extension CallError {
  public static func noDirection(_ metric: Metric) -> CallError {
    let (goal, decision) = metric.trivialOptimum
    let comparison = goal == .maximise ? ">=" : "<="
    return CallError(
      .goalNeeded, "`\(metric)` has no direction: it is not better when larger or smaller",
      remedy: "use it in a constraint, `where = \(metric) \(comparison) …`; add a constraint that "
        + "\(decision.words) does not meet, such as `\(decision.exclusion)`; or write "
        + "`goal=\"max\"` or `goal=\"min\"`",
      parameter: "metric")
  }
}

extension TrivialDecision {
  /// What is done in its extreme: “flagging nothing”.
  public var words: String {
    switch self {
    case .flagHardlyAnything: "flagging nothing"
    case .flagNearlyEverything: "flagging every row"
    }
  }

  /// An example of a constraint that rules it out.
  public var exclusion: String {
    switch self {
    case .flagHardlyAnything: "where = recall >= 90%"
    case .flagNearlyEverything: "where = precision >= 60%"
    }
  }
}

extension Diagnostic.Kind {
  public static let goalNeeded = Diagnostic.Kind(
    "E0411", "goal-needed",
    explanation: .init(
      """
      Some metrics have no direction: more flagged rows are neither better nor worse. A constraint \
      gives `flagged`, `flag_rate`, `fp` and `tn` one if flagging nothing does not meet it: with \
      `where = recall >= 90%`, `tune` flags as few rows as possible. `tp` and `fn` need one that \
      flagging every row does not meet, such as `where = precision >= 60%`.
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
