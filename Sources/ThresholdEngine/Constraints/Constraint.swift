/// A condition on the outcome counts, such as `precision >= 0.9 and flag_rate <= 0.02`.
///
/// Three-valued: a comparison with an undefined side is neither met nor failed, `and`, `or` and
/// `not` follow Kleene, and only what is certainly true counts as met.
public struct Constraint: Hashable, Sendable {
  let node: Node

  /// How the two sides of a comparison must stand to each other.
  public enum Comparison: String, Hashable, Sendable, CaseIterable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  /// Compares two metrics; either may be a constant.
  public init(_ left: Metric, _ comparison: Comparison, _ right: Metric) {
    let isFloor = comparison == .greater || comparison == .greaterOrEqual
    self.init(
      .comparison(
        left.expression.bounded(isFloor: isFloor), comparison,
        right.expression.bounded(isFloor: !isFloor)))
  }

  init(node: Node) { self.node = node }

  private init(_ form: Node.Form) { node = Node(form) }

  public func and(_ other: Constraint) -> Constraint { Constraint(.and(node, other.node)) }
  public func or(_ other: Constraint) -> Constraint { Constraint(.or(node, other.node)) }
  public var negated: Constraint { Constraint(.not(node)) }

  /// How many operators stand inside one another.
  public var depth: Int { node.depth }

  /// Whether the condition certainly holds at these counts.
  public func isMet(by confusion: Confusion) -> Bool {
    var values = LaneValues(confusion)
    return node.truth(in: &values)[0] == 1
  }

  /// Whether the condition certainly fails at these counts.
  func isFailed(by confusion: Confusion) -> Bool {
    var values = LaneValues(confusion)
    return node.truth(in: &values)[0] == 0
  }

  /// How far the counts are from meeting the condition; 0 where they do, `nil` where undefined.
  ///
  /// A comparison falls short by the distance of its sides relative to the greater of the two, so
  /// that shares and counts can be weighed against each other; `and` takes the worse part, `or`
  /// the better.
  public func shortfall(of confusion: Confusion) -> Double? {
    var values = LaneValues(confusion)
    let shortfall = node.shortfall(in: &values)[0]
    return shortfall.isNaN ? nil : shortfall
  }
}

extension Metric {
  public static func < (left: Metric, right: Metric) -> Constraint {
    Constraint(left, .less, right)
  }
  public static func <= (left: Metric, right: Metric) -> Constraint {
    Constraint(left, .lessOrEqual, right)
  }
  public static func > (left: Metric, right: Metric) -> Constraint {
    Constraint(left, .greater, right)
  }
  public static func >= (left: Metric, right: Metric) -> Constraint {
    Constraint(left, .greaterOrEqual, right)
  }
}

extension Metric.Expression {
  /// The worst group is the one that is farthest from meeting a bound.
  fileprivate func bounded(isFloor: Bool) -> Metric.Expression {
    guard case .grouped(let grouped) = form, case .worst(_, let quantile) = grouped.summary else {
      return self
    }
    return Metric.Expression(
      .grouped(
        GroupedMetric(
          expression: grouped.expression, column: grouped.column,
          summary: .worst(isFloor: isFloor, quantile: quantile))))
  }
}

// MARK: - Readings

extension Constraint {
  /// One comparison of a constraint, and the values of its sides.
  public struct Reading: Hashable, Sendable {
    /// The comparison in the language's own words.
    public let comparison: String
    public let left: Double?
    public let right: Double?
    /// `nil` where a side is undefined.
    public let isMet: Bool?
  }

  /// Every distinct comparison of the constraint, left to right, at these counts.
  public func readings(of confusion: Confusion) -> [Reading] {
    node.comparisons.map { left, comparison, right in
      let (left, right) = (Metric(expression: left), Metric(expression: right))
      let sides = (left.value(of: confusion), right.value(of: confusion))
      return Reading(
        comparison: Constraint(left, comparison, right).description, left: sides.0, right: sides.1,
        isMet: comparison.holds(sides.0, sides.1))
    }
  }
}

extension Constraint.Comparison {
  fileprivate func holds(_ left: Double?, _ right: Double?) -> Bool? {
    guard let left, let right else { return nil }
    return truth(Lanes(repeating: left), Lanes(repeating: right))[0] == 1
  }
}

extension Constraint {
  public static func && (one: Constraint, other: Constraint) -> Constraint { one.and(other) }
  public static func || (one: Constraint, other: Constraint) -> Constraint { one.or(other) }
  public static prefix func ! (constraint: Constraint) -> Constraint { constraint.negated }
}
