/// A comparison of a metric with a number, the metric on the left.
public struct Limit: Hashable, Sendable {
  public let metric: Metric
  public let comparison: Constraint.Comparison
  public let bound: Double

  public init(_ metric: Metric, _ comparison: Constraint.Comparison, _ bound: Double) {
    self.metric = metric
    self.comparison = comparison
    self.bound = bound
  }

  public var constraint: Constraint { Constraint(metric, comparison, Metric(bound)) }

  /// Whether the metric is to be large; else it is to be small.
  public var isFloor: Bool { comparison == .greater || comparison == .greaterOrEqual }
}

extension Constraint {
  /// The comparisons that hold together, where each is of a metric with a number; `nil` where one
  /// is not, or where some are joined by `or` or negated.
  public var limits: [Limit]? {
    var found: [Limit] = []
    for (left, comparison, right) in node.joined ?? [] {
      let (left, right) = (Metric(expression: left), Metric(expression: right))
      switch (left.number, right.number) {
      case (nil, let bound?): found.append(Limit(left, comparison, bound))
      case (let bound?, nil): found.append(Limit(right, comparison.turned, bound))
      default: return nil
      }
    }
    return found.isEmpty ? nil : found
  }
}

extension Constraint.Comparison {
  /// The same comparison with its sides exchanged.
  fileprivate var turned: Self {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}
