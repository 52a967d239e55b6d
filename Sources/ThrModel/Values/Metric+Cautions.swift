public import ThresholdEngine
public import ThrSyntax

extension Metric {
  /// Warnings for a goal: that it rewards mistakes, or that a decision without any model scores as
  /// well as a perfect one.
  ///
  /// The checker and `tune` ask the same, so that both say the same thing.
  public func cautions(goal: Direction, where constraint: Constraint?) -> [Warning] {
    if rewardsMistakes(goal: goal, where: constraint) {
      let other: Direction = goal == .maximise ? .minimise : .maximise
      let isMended = !rewardsMistakes(goal: other, where: constraint)
      return [.rewardsMistakes(self, goal, instead: isMended ? other : nil)]
    }
    let trivial = degeneratesAlone(goal: goal, where: constraint)
    return trivial.map { [.degenerates(self, $0)] } ?? []
  }
}

extension Warning {
  fileprivate static func rewardsMistakes(
    _ metric: Metric, _ goal: Direction, instead other: Direction?
  ) -> Warning {
    let verb = goal == .maximise ? "maximised" : "minimised"
    return Warning(
      .rewardsMistakes, "`\(metric)` is \(verb), which rewards mistakes",
      remedy: other.map { "did you mean `goal=\"\($0.rawValue)\"`?" }
        ?? (goal == .maximise
          ? "a mistake must lower what is maximised: subtract `fp` and `fn`"
          : "a mistake must raise what is minimised: add `fp` and `fn`"))
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
        tune(s, fp + 20*fn, goal="max")
        """,
      right: """
        s = scores([0.9, 0.8, 0.3], [1, 0, 0])
        tune(s, fp + 20*fn)
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
