extension Constraint {
  /// The conditions that `and` joins, left to right: the constraint itself where it is one.
  public var conjuncts: [Constraint] { node.conjuncts.map(Constraint.init(node:)) }

  /// The named metrics that it compares, each once, left to right; those of groups, conditions or
  /// columns are left out.
  public var plainMetrics: [Metric] {
    var metrics: [Metric] = []
    for expression in node.expressions {
      expression.forEachLeaf { named, tally, grouped in
        let metric = Metric(named)
        if tally == nil, grouped == nil, !metrics.contains(metric) { metrics.append(metric) }
      }
    }
    return metrics
  }
}

extension Constraint.Node {
  fileprivate var conjuncts: [Self] {
    if case .and(let one, let other) = self { one.conjuncts + other.conjuncts } else { [self] }
  }
}
