/// A function of the confusion matrix: a named metric, or arithmetic on metrics.
///
/// `40 * .tp - 5 * .fp - 100 * .fn` is a metric. Undefined (any division by zero, a logarithm or a
/// root outside its domain, an overflow) is `nil`, and arithmetic with it is undefined.
public struct Metric: Hashable, Sendable {
  let expression: Expression

  indirect enum Expression: Hashable, Sendable {
    case constant(Double)
    case named(NamedMetric)
    /// A named metric on some of the rows, or with rows counted by a column.
    case tallied(NamedMetric, Tally)
    /// One number of a metric's values in all groups of a column.
    case grouped(GroupedMetric)
    /// A total cost, by the name it was given.
    case priced(String, Expression)
    case unary(Function, Expression)
    case binary(Operator, Expression, Expression)
  }

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
  public init(_ constant: Double) { expression = .constant(constant) }

  public init(_ named: NamedMetric) { expression = .named(named) }

  init(expression: Expression) { self.expression = expression }

  /// The named metric; `nil` for arithmetic on metrics.
  public var name: NamedMetric? {
    if case .named(let named) = expression { named } else { nil }
  }

  /// The number that it is everywhere; `nil` where it depends on the counts.
  public var number: Double? {
    if case .constant(let number) = expression { number } else { nil }
  }

  /// The value at these counts; `nil` where it is undefined, and infinite for a likelihood ratio
  /// over 0.
  public func value(of confusion: Confusion) -> Double? {
    var values = LaneValues(confusion)
    let value = expression.term(in: &values)[0]
    return value.isNaN ? nil : value
  }
}
