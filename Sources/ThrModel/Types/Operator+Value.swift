import Glibc
import ThresholdEngine
public import ThrSyntax

extension Expression.BinaryOperator {
  /// The value of `left op right`.
  ///
  /// `undefined` goes through arithmetic and comparisons; `and` and `or` follow Kleene's logic.
  /// The evaluator short-circuits `and` and `or` before it asks here.
  public func apply(_ left: Value, _ right: Value) throws(CallError) -> Value {
    switch self {
    case .equal: return .boolean(left == right)
    case .notEqual: return .boolean(left != right)
    case .in: return try contains(left, in: right)
    case .and, .or: return try joined(left, right)
    case .less, .lessOrEqual, .greater, .greaterOrEqual: return try compared(left, right)
    case .plus, .minus, .times, .divide, .remainder, .power: return try computed(left, right)
    }
  }

  // MARK: - Arithmetic

  private func computed(_ left: Value, _ right: Value) throws(CallError) -> Value {
    switch (left, right) {
    case (.number(let left), .number(let right)):
      return Value(computed: arithmetic(left, right))
    case (.undefined, .number), (.number, .undefined), (.undefined, .undefined):
      return .undefined
    case (.text(let left), .text(let right)) where self == .plus:
      return .text(try left.appending(right))
    case (.list(let left), .list(let right)) where self == .plus:
      return .list(try left.appending(right))
    case (.list, _), (_, .list):
      guard let arithmetic = try ListArithmetic(self, left, right) else {
        throw mismatch(left, right)
      }
      return .list(arithmetic.list { () throws(Never) in })
    default:
      guard let operation = metricOperation, let left = left.asMetric, let right = right.asMetric,
        let metric = operation(left, right)
      else { throw mismatch(left, right) }
      let value = Value.metric(metric)
      try value.checkExtent()
      return value
    }
  }

  /// The result of two numbers; `nil` or not finite where there is none.
  func arithmetic(_ left: Double, _ right: Double) -> Double? {
    switch self {
    case .plus: left + right
    case .minus: left - right
    case .times: left * right
    case .divide: right == 0 ? nil : left / right
    case .remainder: right == 0 ? nil : flooredRemainder(left, right)
    default: pow(left, right)
    }
  }

  /// The remainder with the divisor's sign: -7 % 3 is 2.
  private func flooredRemainder(_ left: Double, _ right: Double) -> Double {
    let remainder = fmod(left, right)
    return remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder
  }

  /// The operator on metrics; `nil` for `%`, which metrics do not have.
  private var metricOperation: ((Metric, Metric) -> Metric?)? {
    switch self {
    case .plus: { $0 + $1 }
    case .minus: { $0 - $1 }
    case .times: { $0 * $1 }
    case .divide: { $0 / $1 }
    case .power: { $0.power($1) }
    default: nil
    }
  }

  // MARK: - Comparison and logic

  private func compared(_ left: Value, _ right: Value) throws(CallError) -> Value {
    switch (left, right) {
    case (.number(let left), .number(let right)): return .boolean(holds(left, right))
    case (.text(let left), .text(let right)): return .boolean(holds(left, right))
    case (.undefined, .number), (.number, .undefined), (.undefined, .undefined):
      return .undefined
    default:
      guard let comparison = constraintComparison, let left = left.asMetric,
        let right = right.asMetric
      else { throw mismatch(left, right) }
      return .constraint(try Constraint(checked: left, comparison, right))
    }
  }

  private func holds<Operand: Comparable>(_ left: Operand, _ right: Operand) -> Bool {
    switch self {
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    default: left >= right
    }
  }

  private var constraintComparison: Constraint.Comparison? {
    switch self {
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    default: nil
    }
  }

  private func joined(_ left: Value, _ right: Value) throws(CallError) -> Value {
    switch (left, right) {
    case (.constraint(let left), .constraint(let right)):
      let value = Value.constraint(self == .and ? left.and(right) : left.or(right))
      try value.checkExtent()
      return value
    case (.boolean(let known), .undefined), (.undefined, .boolean(let known)):
      return known == (self == .or) ? .boolean(known) : .undefined
    case (.undefined, .undefined): return .undefined
    case (.boolean(let left), .boolean(let right)):
      return .boolean(self == .and ? left && right : left || right)
    default: throw mismatch(left, right)
    }
  }

  private func contains(_ left: Value, in right: Value) throws(CallError) -> Value {
    switch (left, right) {
    case (_, .list(let list)): return .boolean(list.holds(left))
    case (.text(let part), .text(let whole)): return .boolean(whole.contains(part))
    case (.text(let name), .record(let record)): return .boolean(record[name] != nil)
    default: throw mismatch(left, right)
    }
  }

  private func mismatch(_ left: Value, _ right: Value) -> CallError {
    mismatch(left.type, right.type)
  }
}

extension Expression.UnaryOperator {
  public func apply(_ operand: Value) throws(CallError) -> Value {
    switch (self, operand) {
    case (_, .undefined): return .undefined
    case (.minus, .number(let number)): return .number(-number)
    case (.minus, .metric(let metric)): return .metric(-metric)
    case (.minus, .list):
      guard let arithmetic = try ListArithmetic(.times, .number(-1), operand) else {
        throw mismatch(operand.type)
      }
      return .list(arithmetic.list { () throws(Never) in })
    case (.not, .boolean(let boolean)): return .boolean(!boolean)
    case (.not, .constraint(let constraint)): return .constraint(constraint.negated)
    default: throw mismatch(operand.type)
    }
  }
}

extension Value {
  /// A metric, or a number as the constant metric; `nil` for all else.
  fileprivate var asMetric: Metric? {
    switch self {
    case .metric(let metric): metric
    case .number(let number): Metric(number)
    default: nil
    }
  }
}
