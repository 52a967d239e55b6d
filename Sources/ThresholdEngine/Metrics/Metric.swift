/// A function of the confusion matrix: a named metric, or arithmetic on metrics.
///
/// `40 * .tp - 5 * .fp - 100 * .fn` is a metric. Undefined (any division by zero, a logarithm or a
/// root outside its domain, an overflow) is `nil`, and arithmetic with it is undefined.
public struct Metric: Hashable, Sendable {
  let expression: Expression

  /// Function of one metric.
  public enum Function: String, Hashable, Sendable, CaseIterable {
    case negative = "-"
    case abs, sqrt, log, exp
  }

  /// Operator between two metrics.
  public enum Operator: String, Hashable, Sendable, CaseIterable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case dividedBy = "/"
    case power = "^"
    case min, max
  }

  /// A constant metric.
  public init(_ constant: Double) { self.init(form: .constant(constant)) }

  public init(_ named: NamedMetric) { self.init(form: .named(named)) }

  init(expression: Expression) { self.expression = expression }

  init(form: Expression.Form) { expression = Expression(form) }

  /// The named metric; `nil` for arithmetic on metrics.
  public var name: NamedMetric? {
    if case .named(let named) = expression.form { named } else { nil }
  }

  /// The number that it is everywhere; `nil` where it depends on the counts.
  public var number: Double? {
    if case .constant(let number) = expression.form { number } else { nil }
  }

  /// How many operators stand inside one another.
  public var depth: Int { expression.facts.depth }

  /// The value at these counts; `nil` where it is undefined, and infinite for a likelihood ratio
  /// over 0.
  public func value(of confusion: Confusion) -> Double? {
    var values = LaneValues(confusion)
    let value = expression.term(in: &values)[0]
    return value.isNaN ? nil : value
  }
}
