import ThrModel
import ThrSyntax

/// Evaluates an expression for the rows of one block after the other.
final class RowBlock {
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
  func lanes(_ expression: Expression) throws(Stop) -> Lanes? {
    switch expression {
    case .number(let number, _): .number(number)
    case .boolean(let boolean, _): lanes(.boolean(boolean))
    case .undefined: .number(.nan)
    case .none: Lanes.none
    case .text(let text): text.literal.map { .text($0) }
    case .name(let name): try lanes(name, expression)
    case .parenthesized(let inner, _): try lanes(inner)
    case .unary(let unary): try lanes(unary)
    case .operation(let operation): try lanes(operation)
    default: nil
    }
  }

  private func lanes(_ value: Value) -> Lanes? {
    switch value {
    case .number(let number): .number(number)
    case .undefined: .number(.nan)
    case .boolean(let boolean):
      .truths(Array(repeating: RowTruth(boolean), count: rows.count))
    case .text(let text): .text(text)
    case .none: Lanes.none
    default: nil
    }
  }

  private func lanes(_ name: Name, _ expression: Expression) throws(Stop) -> Lanes? {
    switch try source(name, expression) {
    case .column(.numbers(let numbers)): .numbers(numbers[rows])
    case .column(.truths(let truths)): .truths(Array(truths[rows]))
    case .column(.texts(let codes, let levels)): .texts(codes[rows], levels: levels)
    case .value(let value): lanes(value)
    }
  }

  private func source(_ name: Name, _ expression: Expression) throws(Stop) -> Source {
    if let source = known[name.text] { return source }
    let source: Source =
      if let column = columns.column(name.text) {
        .column(column)
      } else {
        .value(try outside.value(expression))
      }
    known[name.text] = source
    return source
  }

  // MARK: - Operators

  private func lanes(_ unary: Expression.Unary) throws(Stop) -> Lanes? {
    switch (unary.operator, try lanes(unary.operand)) {
    case (.minus, .numbers(let numbers)?): .numbers(numbers.eachRow { -$0 }[...])
    case (.minus, .number(let number)?): .number(-number)
    case (.not, .truths(let truths)?): .truths(truths[...].eachRow(\.negated))
    default: nil
    }
  }

  private func lanes(_ operation: Expression.Operation) throws(Stop) -> Lanes? {
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
    _ symbol: Expression.BinaryOperator, _ left: Lanes, _ right: Lanes
  ) -> Lanes? {
    switch (left, right) {
    case (.numbers(let left), .numbers(let right)): symbol.apply(left, right)
    case (.numbers(let left), .number(let right)): symbol.apply(left, right)
    case (.number(let left), .numbers(let right)): symbol.apply(left, right)
    case (.number(let left), .number(let right)):
      symbol.apply(ArraySlice(repeating: left, count: rows.count), right)
    case (.truths(let left), .truths(let right)): symbol.apply(left[...], right[...])
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
}
