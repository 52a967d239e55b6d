public import ThresholdEngine
public import ThrSyntax

extension Metric {
  /// A warning for tuning this metric: that the goal pays for mistakes, or that a
  /// decision without any model scores as well as a perfect one.
  ///
  /// The checker and `tune` ask the same, so that both say the same thing.
  public func cautions(goal: Direction, isConstrained: Bool) -> [Warning] {
    if rewardsMistakes(goal: goal) { return [.rewardsMistakes(self, goal)] }
    if !isConstrained, let trivial = degeneratesAlone(goal: goal) {
      return [.degenerates(self, trivial)]
    }
    return []
  }
}

extension Warning {
  fileprivate static func rewardsMistakes(_ metric: Metric, _ goal: Direction) -> Warning {
    let verb = goal == .maximise ? "maximised" : "minimised"
    let other: Direction = goal == .maximise ? .minimise : .maximise
    return Warning(
      .rewardsMistakes, "`\(metric)` is \(verb), which rewards mistakes",
      remedy: "did you mean `goal=\"\(other.rawValue)\"`?")
  }

  fileprivate static func degenerates(_ metric: Metric, _ trivial: TrivialDecision) -> Warning {
    let decision =
      switch trivial {
      case .flagHardlyAnything: "hardly any row"
      case .flagNearlyEverything: "nearly every row"
      }
    return Warning(
      .degenerateMetric, "`\(metric)` alone is best when \(decision) is flagged",
      remedy: "add a constraint, such as `where = recall >= 0.8` or "
        + "`where = precision >= 0.5`, or tune for a metric that weighs both, such as `f1`")
  }
}

extension Diagnostic.Kind {
  public static let rewardsMistakes = Diagnostic.Kind(
    "W0610", "rewards-mistakes", .warning,
    explanation: .init(
      """
      The goal rewards mistakes: the metric is maximised although it grows with mistakes, or \
      minimised although it falls with them. The best threshold then makes as many mistakes as \
      possible.
      """,
      wrong: """
        s = scores([0.9, 0.8, 0.3], [1, 0, 0])
        tune(s, fp + 20*fn)
        """,
      right: """
        s = scores([0.9, 0.8, 0.3], [1, 0, 0])
        tune(s, fp + 20*fn, goal="min")
        """))

  public static let degenerateMetric = Diagnostic.Kind(
    "W0611", "degenerate-metric", .warning,
    explanation: .init(
      """
      Some metrics are perfect for a useless threshold: if only the row with the highest score is \
      flagged, precision can be 1. Add a constraint to such a metric.
      """,
      wrong: """
        s = scores([0.9, 0.8, 0.3], [1, 0, 0])
        tune(s, precision)
        """,
      right: """
        s = scores([0.9, 0.8, 0.3], [1, 0, 0])
        tune(s, precision, where = recall >= 0.8)
        """))

}
