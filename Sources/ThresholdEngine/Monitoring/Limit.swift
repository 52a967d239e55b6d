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
  public var limits: [Limit]? { node.limits }
}

extension Constraint.Node {
  fileprivate var limits: [Limit]? {
    switch self {
    case .comparison(let left, let comparison, let right):
      let (left, right) = (Metric(expression: left), Metric(expression: right))
      switch (left.number, right.number) {
      case (nil, let bound?): return [Limit(left, comparison, bound)]
      case (let bound?, nil): return [Limit(right, comparison.turned, bound)]
      default: return nil
      }
    case .and(let one, let other):
      guard let one = one.limits, let other = other.limits else { return nil }
      return one + other
    case .or, .not: return nil
    }
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
