// Metrics that ask more of rows than score, label and weight.

extension Metric {
  /// The metric with rows counted by a column: `recall["amount"]`, the share of the amount.
  ///
  /// Arithmetic goes by its parts: `(a + b)["x"]` is `a["x"] + b["x"]`.
  public func weighed(by column: String) throws(MetricError) -> Metric {
    let demands = demands
    if holdsRegret { throw .regretOfRegret }
    if holdsSamples { throw .searchedOnly(description) }
    if let first = demands.columns.first { throw .weighedTwice(first.name) }
    if !demands.groups.isEmpty { throw .weighedGroups }
    return Metric(
      expression: expression.mapLeaves { named, tally in
        var tally = tally ?? Tally()
        tally.column = column
        return Expression(.tallied(named, tally))
      })
  }

  /// The metric on the rows for which a condition holds.
  public func only(_ condition: RowCondition) -> Metric {
    Metric(
      expression: expression.mapLeaves { named, tally in
        var tally = tally ?? Tally()
        tally.conditions.append(condition)
        return Expression(.tallied(named, tally))
      })
  }

  /// The metric in the worst group of a column, or in the worst but a share of the groups.
  ///
  /// - Parameter quantile: The share of the groups that must be as good as the result.
  public static func per(
    _ metric: Metric, _ column: String, quantile: Double? = nil
  ) throws(MetricError) -> Metric {
    try metric.grouped(
      by: column, .worst(isFloor: metric.direction == .maximise, quantile: quantile))
  }

  /// The largest difference of the metric between groups of a column.
  public static func gap(_ metric: Metric, _ column: String) throws(MetricError) -> Metric {
    try metric.grouped(by: column, .gap)
  }

  /// The least value of the metric in a group of a column over the largest.
  public static func ratio(_ metric: Metric, _ column: String) throws(MetricError) -> Metric {
    try metric.grouped(by: column, .ratio)
  }

  private func grouped(
    by column: String, _ summary: GroupedMetric.Summary
  ) throws(MetricError) -> Metric {
    if !demands.groups.isEmpty { throw .groupedTwice }
    if holdsRegret { throw .regretOfRegret }
    if holdsSamples { throw .searchedOnly(description) }
    return Metric(
      form: .grouped(GroupedMetric(expression: expression, column: column, summary: summary)))
  }

  /// The total cost with prices that may differ from row to row.
  public static func cost(fp: Price, fn: Price, tp: Price = .fixed(0), tn: Price = .fixed(0))
    throws(MetricError) -> Metric
  {
    if case (.fixed(let fp), .fixed(let fn), .fixed(let tp), .fixed(let tn)) = (fp, fn, tp, tn) {
      return .cost(fp: fp, fn: fn, tp: tp, tn: tn)
    }
    let parts = [("fp", fp, Metric.fp), ("fn", fn, .fn), ("tp", tp, .tp), ("tn", tn, .tn)]
      .filter { ["fp", "fn"].contains($0.0) || $0.1 != .fixed(0) }
    var sum: Metric?
    for (_, price, count) in parts where price != .fixed(0) {
      let term = try price.times(count)
      sum = sum.map { $0 + term } ?? term
    }
    let prices = parts.map { "\($0.0)=\($0.1)" }.joined(separator: ", ")
    return Metric(form: .priced("cost(\(prices))", (sum ?? 0).expression))
  }

  /// What the metric asks of rows.
  public var demands: RowDemands { expression.demands }

  var asksRows: Bool { !demands.isEmpty || holdsSamples }

  /// The values it can take, where that is known.
  public var range: ClosedRange<Double>? { expression.range }
}

/// What one outcome costs: the same for every row, or what a column says.
public enum Price: Hashable, Sendable, CustomStringConvertible {
  case fixed(Double)
  case column(String)

  public var description: String {
    switch self {
    case .fixed(let price): sourceText(of: price)
    case .column(let name): quoted(name)
    }
  }

  fileprivate func times(_ count: Metric) throws(MetricError) -> Metric {
    switch self {
    case .fixed(let price): Metric(price) * count
    case .column(let name): try count.weighed(by: name)
    }
  }
}

/// Why a metric cannot be made.
public enum MetricError: Error, Hashable, Sendable {
  /// Its rows count by this column already.
  case weighedTwice(String)
  /// It speaks of groups.
  case weighedGroups
  case groupedTwice
  /// A regret is measured on all rows, and by nothing else.
  case regretOfRegret
  /// It has a value in a search only, and is no part of another.
  case searchedOnly(String)
}

extension Constraint {
  /// What the constraint asks of rows.
  public var demands: RowDemands { node.demands }

  var asksRows: Bool { !demands.isEmpty || holdsSamples }
}

extension Constraint.Node {
  /// Both sides of every distinct comparison.
  var expressions: [Metric.Expression] {
    comparisons.flatMap { [$0.left, $0.right] }
  }

  fileprivate var demands: RowDemands {
    expressions.reduce(into: RowDemands()) { $0.formUnion($1.demands) }
  }
}

extension Metric.Expression {
  /// The expression with other leaves; parts that it shares are shared in the result.
  func mapLeaves(_ change: (NamedMetric, Tally?) -> Metric.Expression) -> Metric.Expression {
    var known: [ObjectIdentifier: Metric.Expression] = [:]
    return mapLeaves(known: &known, change)
  }

  private func mapLeaves(
    known: inout [ObjectIdentifier: Metric.Expression],
    _ change: (NamedMetric, Tally?) -> Metric.Expression
  ) -> Metric.Expression {
    if let known = known[ObjectIdentifier(self)] { return known }
    let mapped =
      switch form {
      case .constant: self
      case .named(let named): change(named, nil)
      case .tallied(let named, let tally): change(named, tally)
      case .grouped(let grouped):
        Metric.Expression(
          .grouped(
            GroupedMetric(
              expression: grouped.expression.mapLeaves(known: &known, change),
              column: grouped.column, summary: grouped.summary)))
      case .sampled(let sampled):
        Metric.Expression(
          .sampled(
            SampledMetric(
              expression: sampled.expression.mapLeaves(known: &known, change),
              share: sampled.share)))
      case .priced(let text, let inner):
        Metric.Expression(.priced(text, inner.mapLeaves(known: &known, change)))
      case .regret(let parts):
        Metric.Expression(.regret(parts.map { $0.mapLeaves(known: &known, change) }))
      case .unary(let function, let operand):
        Metric.Expression(.unary(function, operand.mapLeaves(known: &known, change)))
      case .binary(let symbol, let left, let right):
        Metric.Expression(
          .binary(
            symbol, left.mapLeaves(known: &known, change), right.mapLeaves(known: &known, change)))
      }
    known[ObjectIdentifier(self)] = mapped
    return mapped
  }

  /// Every distinct leaf, with the column of the groups around it, left to right.
  func forEachLeaf(
    in groups: GroupedMetric? = nil, _ body: (NamedMetric, Tally?, GroupedMetric?) -> Void
  ) {
    var known: Set<ObjectIdentifier> = []
    forEachLeaf(in: groups, known: &known, body)
  }

  private func forEachLeaf(
    in groups: GroupedMetric?, known: inout Set<ObjectIdentifier>,
    _ body: (NamedMetric, Tally?, GroupedMetric?) -> Void
  ) {
    guard known.insert(ObjectIdentifier(self)).inserted else { return }
    switch form {
    case .constant: break
    case .named(let named): body(named, nil, groups)
    case .tallied(let named, let tally): body(named, tally, groups)
    // A part may stand inside a group and outside of it.
    case .grouped(let grouped): grouped.expression.forEachLeaf(in: grouped, body)
    case .sampled, .priced, .regret, .unary, .binary:
      for part in parts { part.forEachLeaf(in: groups, known: &known, body) }
    }
  }

  var demands: RowDemands {
    var demands = RowDemands()
    forEachNode { node in
      switch node.form {
      case .regret, .sampled: demands.searched.append(Metric(expression: node))
      default: break
      }
    }
    forEachLeaf { named, tally, grouped in
      if let column = tally?.column, let tally {
        let text = Metric(form: .tallied(named, Tally(column: tally.column))).description
        demands.columns.append(
          (column, .init(text: text, isCount: named.isLinear)))
      }
      demands.conditions += (tally?.conditions ?? []).filter { !demands.conditions.contains($0) }
      if let column = grouped?.column, !demands.groups.contains(column) {
        demands.groups.append(column)
      }
    }
    return demands
  }

  fileprivate var range: ClosedRange<Double>? {
    switch form {
    case .named(let named), .tallied(let named, _): return named.range
    case .sampled(let sampled): return sampled.expression.range
    case .grouped(let grouped):
      guard let range = grouped.expression.range else { return nil }
      switch grouped.summary {
      case .worst: return range
      case .gap:
        return range.upperBound.isFinite ? 0...(range.upperBound - range.lowerBound) : nil
      case .ratio: return range.lowerBound >= 0 ? 0...1 : nil
      }
    default: return nil
    }
  }
}

extension NamedMetric {
  /// Whether it is a sum over rows, so that a row may count less than nothing.
  var isLinear: Bool {
    ["tp", "fp", "tn", "fn", "flagged"].contains(name) || name.hasPrefix("cost(")
  }
}

/// A text as the language writes it.
func quoted(_ text: String) -> String {
  let escaped = text.map { character in
    switch character {
    case "\"", "\\", "{", "}": "\\\(character)"
    case "\n": "\\n"
    case "\t": "\\t"
    default: String(character)
    }
  }
  return "\"\(escaped.joined())\""
}
