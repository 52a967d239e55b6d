import ThrModel
import ThrSyntax

/// A condition on rows evaluated by columns, a block of rows at a time.
///
/// Only what cannot fail is evaluated so: arithmetic, comparisons and logic on columns of numbers,
/// columns of texts compared with a text, and names that stand for a number, a text or a boolean.
/// Of all else the rows are evaluated one by one.
///
/// `@unchecked`: a call from another thread is turned away before anything is touched.
struct ColumnEvaluation: @unchecked Sendable {
  let run: Evaluator
  let expression: Expression
  /// For the names that are no columns.
  let compiler: Compiler
  let frame: Frame

  /// Whether the expression has a form that may be evaluated by columns.
  var isPossible: Bool { RowValues.canHold(expression) }

  /// Whether the condition holds in each row; `nil` where the rows must be evaluated one by one.
  func truths(_ columns: RowColumns) throws -> [RowTruth]? {
    guard run.stack.holdsCaller else { throw CallError.rowsOnOtherThread }
    let block = LaneBlock(columns, self)
    var truths: [RowTruth] = []
    truths.reserveCapacity(columns.count)
    for start in stride(from: 0, to: columns.count, by: LaneBlock.size) {
      try run.checkCancelled()
      block.rows = start..<min(start + LaneBlock.size, columns.count)
      guard case .truths(let lanes)? = try block.lanes(expression) else { return nil }
      truths += lanes
    }
    return truths
  }

  /// What a name that is no column stands for; it is read when a row first needs it.
  func value(_ name: Expression) throws(Stop) -> Value {
    try compiler.expression(name).evaluate(run, frame)
  }
}

/// The values of an expression in the rows of a block: one for each row.
enum RowValues {
  /// NaN where it is undefined.
  case numbers([Double])
  case truths([RowTruth])
  /// The codes of texts among the levels of their column.
  case texts([Int32], levels: [String])
  /// The same text in every row.
  case text(String)
  /// `none` in every row.
  case none

  static func canHold(_ expression: Expression) -> Bool {
    switch expression {
    case .number, .boolean, .undefined, .none, .name: true
    case .text(let text): text.literal != nil
    case .parenthesized(let inner, _): canHold(inner)
    case .unary(let unary): canHold(unary.operand)
    case .operation(let operation):
      canHold(operation.first)
        && operation.rest.allSatisfy { canHold($0.operator) && canHold($0.operand) }
    default: false
    }
  }

  private static func canHold(_ symbol: Expression.BinaryOperator) -> Bool {
    switch symbol {
    case .in, .remainder, .power: false
    default: true
    }
  }
}

/// Evaluates an expression for the rows of one block after the other.
private final class LaneBlock {
  static let size = 1_024

  var rows = 0..<0
  private let columns: RowColumns
  private let outside: ColumnEvaluation
  /// Columns, and the values of other names, by name.
  private var known: [String: Source] = [:]

  private enum Source {
    case column(RowColumn)
    case value(Value)
  }

  init(_ columns: RowColumns, _ outside: ColumnEvaluation) {
    self.columns = columns
    self.outside = outside
  }

  /// The values in the rows of the block; `nil` where they cannot be computed by columns.
  func lanes(_ expression: Expression) throws(Stop) -> RowValues? {
    switch expression {
    case .number(let number, _): lanes(.number(number))
    case .boolean(let boolean, _): lanes(.boolean(boolean))
    case .undefined: lanes(.undefined)
    case .none: RowValues.none
    case .text(let text): text.literal.map { .text($0) }
    case .name(let name): try lanes(name, expression)
    case .parenthesized(let inner, _): try lanes(inner)
    case .unary(let unary): try lanes(unary)
    case .operation(let operation): try lanes(operation)
    default: nil
    }
  }

  private func lanes(_ value: Value) -> RowValues? {
    switch value {
    case .number(let number): .numbers(Array(repeating: number, count: rows.count))
    case .undefined: .numbers(Array(repeating: .nan, count: rows.count))
    case .boolean(let boolean):
      .truths(Array(repeating: RowTruth(boolean), count: rows.count))
    case .text(let text): .text(text)
    case .none: RowValues.none
    default: nil
    }
  }

  private func lanes(_ name: Name, _ expression: Expression) throws(Stop) -> RowValues? {
    let source: Source
    if let found = known[name.text] {
      source = found
    } else if let column = columns.column(name.text) {
      source = .column(column)
    } else {
      source = .value(try outside.value(expression))
    }
    known[name.text] = source
    switch source {
    case .column(.numbers(let numbers)): return .numbers(Array(numbers[rows]))
    case .column(.texts(let codes, let levels)):
      return .texts(Array(codes[rows]), levels: levels)
    case .value(let value): return lanes(value)
    }
  }

  // MARK: - Operators

  private func lanes(_ unary: Expression.Unary) throws(Stop) -> RowValues? {
    switch (unary.operator, try lanes(unary.operand)) {
    case (.minus, .numbers(let numbers)?): .numbers(numbers.map { -$0 })
    case (.not, .truths(let truths)?): .truths(truths.map(\.negated))
    default: nil
    }
  }

  private func lanes(_ operation: Expression.Operation) throws(Stop) -> RowValues? {
    guard var value = try lanes(operation.first) else { return nil }
    for link in operation.rest {
      // What decides alone in every row leaves the rest unread.
      if let deciding = link.operator.decidingTruth, case .truths(let truths) = value,
        truths.allSatisfy({ $0 == deciding })
      {
        continue
      }
      guard let operand = try lanes(link.operand),
        let result = apply(link.operator, value, operand)
      else { return nil }
      value = result
    }
    return value
  }

  private func apply(
    _ symbol: Expression.BinaryOperator, _ left: RowValues, _ right: RowValues
  ) -> RowValues? {
    switch (left, right) {
    case (.numbers(let left), .numbers(let right)): symbol.apply(left, right)
    case (.truths(let left), .truths(let right)): symbol.apply(left, right)
    case (.texts(let codes, let levels), .text(let text)),
      (.text(let text), .texts(let codes, let levels)):
      levels.code(of: text).flatMap { symbol.equality(codes, $0) }
    case (.texts(let codes, _), .none), (.none, .texts(let codes, _)):
      symbol.equality(codes, RowColumn.missingText)
    default: nil
    }
  }
}

extension [String] {
  /// The code of the one level that equals a text, or one that no cell has; `nil` where several
  /// levels do, written with different characters.
  fileprivate func code(of text: String) -> Int32? {
    let equal = indices.filter { self[$0] == text }
    return equal.count > 1 ? nil : equal.first.map(Int32.init) ?? Int32.max
  }
}

extension Expression.BinaryOperator {
  /// What decides a connective without its other side.
  fileprivate var decidingTruth: RowTruth? {
    switch self {
    case .and: .no
    case .or: .yes
    default: nil
    }
  }

  fileprivate func apply(_ left: [Double], _ right: [Double]) -> RowValues? {
    switch self {
    case .plus: .numbers(arithmetic(left, right) { $0 + $1 })
    case .minus: .numbers(arithmetic(left, right) { $0 - $1 })
    case .times: .numbers(arithmetic(left, right) { $0 * $1 })
    case .divide: .numbers(arithmetic(left, right) { $0 / $1 })
    case .less: .truths(comparison(left, right) { $0 < $1 })
    case .lessOrEqual: .truths(comparison(left, right) { $0 <= $1 })
    case .greater: .truths(comparison(left, right) { $0 > $1 })
    case .greaterOrEqual: .truths(comparison(left, right) { $0 >= $1 })
    case .equal: .truths(zip(left, right).map { RowTruth(Self.isSame($0, $1)) })
    case .notEqual: .truths(zip(left, right).map { RowTruth(!Self.isSame($0, $1)) })
    default: nil
    }
  }

  /// Undefined equals undefined.
  private static func isSame(_ left: Double, _ right: Double) -> Bool {
    left == right || left.isNaN && right.isNaN
  }

  /// Arithmetic that leaves the finite numbers is undefined.
  @inline(__always)
  private func arithmetic(
    _ left: [Double], _ right: [Double], _ compute: (Double, Double) -> Double
  ) -> [Double] {
    zip(left, right).map { left, right in
      let number = compute(left, right)
      return number.isFinite ? number : .nan
    }
  }

  @inline(__always)
  private func comparison(
    _ left: [Double], _ right: [Double], _ holds: (Double, Double) -> Bool
  ) -> [RowTruth] {
    zip(left, right).map { left, right in
      holds(left, right) ? .yes : left.isNaN || right.isNaN ? .undefined : .no
    }
  }

  /// Kleene's logic: the lesser of the two for `and`, the greater for `or`.
  fileprivate func apply(_ left: [RowTruth], _ right: [RowTruth]) -> RowValues? {
    switch self {
    case .and: .truths(zip(left, right).map { min($0, $1) })
    case .or: .truths(zip(left, right).map { max($0, $1) })
    case .equal: .truths(zip(left, right).map { RowTruth($0 == $1) })
    case .notEqual: .truths(zip(left, right).map { RowTruth($0 != $1) })
    default: nil
    }
  }

  fileprivate func equality(_ codes: [Int32], _ wanted: Int32) -> RowValues? {
    switch self {
    case .equal: .truths(codes.map { RowTruth($0 == wanted) })
    case .notEqual: .truths(codes.map { RowTruth($0 != wanted) })
    default: nil
    }
  }
}
