extension Metric {
  /// The largest loss against the best value that each metric could have by itself.
  ///
  /// - Parameter metrics: Two at least; each has a direction.
  public static func regret(_ metrics: [Metric]) throws(MetricError) -> Metric {
    if metrics.contains(where: \.holdsRegret) { throw .regretOfRegret }
    if let metric = metrics.first(where: \.holdsSamples) {
      throw .searchedOnly(metric.description)
    }
    return Metric(form: .regret(metrics.map(\.expression)))
  }

  /// Whether it is a regret and nothing else.
  public var isRegret: Bool {
    switch expression.form {
    case .regret: true
    case .priced(let text, _): text.hasPrefix("regret(")
    default: false
    }
  }

  /// Whether a regret is part of it, which has no value by itself.
  public var holdsRegret: Bool { isRegret || expression.holdsRegret }

  /// A regret with each metric's best value put in, found among the same candidates and under no
  /// constraint; any other metric itself.
  func againstOwnBest(
    on scores: Scores, _ search: Search, _ isCancelled: () -> Bool
  ) throws(TuningError) -> Metric {
    guard case .regret(let parts) = expression.form else { return self }
    var losses: [Metric] = []
    for part in parts.map(Metric.init(expression:)) {
      let best = try tune(scores, part, search: search, isCancelled: isCancelled)
      let value = Metric(best.value)
      losses.append(best.goal == .maximise ? value - part : part - value)
    }
    guard let first = losses.first else { return self }
    let worst = losses.dropFirst().reduce(first) { .combine(.max, $0, $1) }
    return Metric(form: .priced(description, worst.expression))
  }
}

extension Constraint {
  /// Whether it compares a regret, which it cannot.
  public var holdsRegret: Bool { node.expressions.contains(where: \.holdsRegret) }
}

extension Metric.Expression {
  fileprivate var holdsRegret: Bool {
    var holds = false
    forEachNode { if case .regret = $0.form { holds = true } }
    return holds
  }
}
