extension Constraint {
  /// For each part that bounds a metric by a number, how far the metric goes where the others hold.
  ///
  /// The parts are those joined by `and`.
  /// - Complexity: O(candidates) a part.
  func reach<Source: CandidateSource>(
    in source: Source, isCancelled: () -> Bool
  ) throws(Source.Failure) -> [TuningError.Reach] {
    let conjuncts = conjuncts
    var reached: [TuningError.Reach] = []
    for (place, clause) in conjuncts.enumerated() {
      guard let bound = clause.bound else { continue }
      var others = conjuncts
      others.remove(at: place)
      let rest = others.reduce(nil) { $0?.and($1) ?? $1 } as Constraint?
      reached.append(try bound.reach(where: rest, in: source, isCancelled: isCancelled))
    }
    return reached
  }
}

/// A metric held against a number.
private struct Bound {
  let metric: Metric
  let isFloor: Bool
  let number: Double

  func reach<Source: CandidateSource>(
    where others: Constraint?, in source: Source, isCancelled: () -> Bool
  ) throws(Source.Failure) -> TuningError.Reach {
    var selector = Selector(
      Question(
        metric: metric, goal: isFloor ? .maximise : .minimise, constraint: others, ties: .highest),
      positives: source.positives, negatives: source.negatives, source.layout)
    try source.forEachBlock(isCancelled: isCancelled) { selector.consider($0) }
    selector.considerFlaggingNothing()
    let best = selector.best
    var value: Double?
    if let best { value = metric.value(of: try source.confusion(of: best)) }
    var plateau: Tuning.Plateau?
    if let best { plateau = try source.plateau(of: best.identity) }
    return TuningError.Reach(
      metric: metric, isFloor: isFloor, bound: number, others: others, value: value,
      decision: best.map {
        $0.identity.map { .threshold(source.threshold(of: $0)) } ?? .flagNothing
      }, plateau: plateau)
  }
}

extension Constraint {
  /// What a comparison of a metric with a number bounds; `nil` for all else.
  private var bound: Bound? {
    guard case .comparison(let left, let comparison, let right) = node.form else { return nil }
    let isFloor = comparison == .greater || comparison == .greaterOrEqual
    switch (left.form, right.form) {
    case (.constant, .constant): return nil
    case (_, .constant(let number)):
      return Bound(metric: Metric(expression: left), isFloor: isFloor, number: number)
    case (.constant(let number), _):
      return Bound(metric: Metric(expression: right), isFloor: !isFloor, number: number)
    default: return nil
    }
  }
}
