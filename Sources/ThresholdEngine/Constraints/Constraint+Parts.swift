extension Constraint {
  /// The distinct conditions that `and` joins, left to right: the constraint itself where it is one.
  public var conjuncts: [Constraint] {
    var (found, known): ([Constraint], Set<Node>) = ([], [])
    collectConjuncts(in: &found, known: &known)
    return found
  }

  private func collectConjuncts(in found: inout [Constraint], known: inout Set<Node>) {
    guard known.insert(node).inserted else { return }
    guard case .and(let one, let other) = node.form else { return found.append(self) }
    Constraint(node: one).collectConjuncts(in: &found, known: &known)
    Constraint(node: other).collectConjuncts(in: &found, known: &known)
  }

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

extension Constraint {
  /// Whether it compares groups, or speaks of groups of other columns than these.
  public func comparesGroups(besides columns: [String]) -> Bool {
    node.expressions.contains { $0.comparesGroups(besides: columns) }
  }
}

extension Metric {
  /// Whether it compares groups, or speaks of groups of other columns than these.
  public func comparesGroups(besides columns: [String]) -> Bool {
    expression.comparesGroups(besides: columns)
  }
}

extension Metric.Expression {
  /// Within one group of a column, the worst of that column's groups is the group itself.
  fileprivate func comparesGroups(besides columns: [String]) -> Bool {
    var compares = false
    forEachLeaf { _, _, grouped in
      guard let grouped else { return }
      if case .worst = grouped.summary, columns.contains(grouped.column) { return }
      compares = true
    }
    return compares
  }
}
