import NumberText
import TableIO
import ThrModel
import ThrSyntax
import ThresholdEngine

/// A condition on the columns of a row, as `only` takes it: kept with the metric, and asked of each
/// table that the metric meets.
struct ConditionOnRows: Sendable {
  private let expression: Expression
  /// What names stood for where the condition was written.
  private let bound: [String: Value]

  /// - Throws: where the condition is more than comparisons of columns and values.
  init(_ condition: RowExpression) throws(CallError) {
    guard let expression = condition.syntax else { throw .pipedCondition }
    self.expression = expression
    let bound = condition.bound()
    self.bound = bound
    for name in expression.namesCompared {
      if let value = bound[name] { try Self.check(value) }
    }
    if let part = expression.partBeyondComparisons { throw .beyondComparisons(part) }
  }

  private static func check(_ value: Value) throws(CallError) {
    switch value {
    case .none, .undefined, .boolean, .number, .text, .list: return
    default: throw .noOperand(value.type)
    }
  }

  /// The condition with the values of its names put in.
  var text: String { expression.putting { bound[$0]?.sourceText }.description }

  /// Whether it holds in each row; a row where it is undefined is reported.
  ///
  /// - Complexity: O(*n*) for each operator.
  func truths(in table: Table, _ context: CallContext) throws -> [Bool] {
    for name in expression.namesCompared where table[name] != nil && bound[name] != nil {
      throw CallError.nameAndColumn(name)
    }
    for name in expression.columnsRead where bound[name] == nil {
      _ = try table.column(named: name, parameter: "metric")
    }
    let columns = table.columnsByName
    var truths = [Bool](repeating: false, count: table.rows)
    var undecided: [Int] = []
    for row in 0..<table.rows {
      if row.isMultiple(of: 1_024) { try context.checkCancelled() }
      let value = try expression.value { name in
        bound[name] ?? columns[name]?.value(ofRow: row) ?? .undefined
      }
      switch value {
      case .boolean(let holds): truths[row] = holds
      case .undefined, .none: undecided.append(row)
      case let other: throw CallError.noCondition(other.type)
      }
    }
    if !undecided.isEmpty { context.warn(.undecidedRows(undecided, of: table)) }
    return truths
  }
}

extension Expression {
  /// The names that stand as values.
  fileprivate var namesCompared: [String] {
    if case .name(let name) = self { return [name.text] }
    return operands.flatMap(\.namesCompared)
  }

  /// The columns that are read if no name is bound: by name, or by `column("…")`.
  fileprivate var columnsRead: [String] {
    switch self {
    case .name(let name): [name.text]
    case .call: columnCalled.map { [$0] } ?? []
    default: operands.flatMap(\.columnsRead)
    }
  }

  /// The name in `column("name")`.
  private var columnCalled: String? {
    guard case .call(let call) = self, case .name(let name) = call.callee, name.text == "column",
      call.arguments.count == 1, case .text(let text) = call.arguments[0].value
    else { return nil }
    return text.literal
  }

  private var operands: [Expression] {
    switch self {
    case .list(let elements, _): elements
    case .unary(let unary): [unary.operand]
    case .operation(let operation): [operation.first] + operation.rest.map(\.operand)
    case .parenthesized(let inner, _): [inner]
    default: []
    }
  }

  /// The first part that is no comparison, operator, value or column.
  fileprivate var partBeyondComparisons: Expression? {
    switch self {
    case .number, .boolean, .none, .undefined, .name: nil
    case .text(let text): text.literal == nil ? self : nil
    case .call: columnCalled == nil ? self : nil
    case .list, .unary, .operation, .parenthesized:
      operands.lazy.compactMap(\.partBeyondComparisons).first
    default: self
    }
  }

  /// The expression with texts in the place of names.
  fileprivate func putting(_ text: (String) -> String?) -> Expression {
    switch self {
    case .name(let name): return text(name.text).map { .name(Name($0, name.span)) } ?? self
    case .list(let elements, let span): return .list(elements.map { $0.putting(text) }, span)
    case .unary(let unary):
      return .unary(
        Unary(unary.operator, operand: unary.operand.putting(text), span: unary.span))
    case .parenthesized(let inner, let span): return .parenthesized(inner.putting(text), span)
    case .operation(var operation):
      operation.first = operation.first.putting(text)
      for index in operation.rest.indices {
        operation.rest[index].operand = operation.rest[index].operand.putting(text)
      }
      return .operation(operation)
    default: return self
    }
  }

  /// The value in a row.
  fileprivate func value(_ read: (String) -> Value) throws(CallError) -> Value {
    switch self {
    case .number(let number, _): return .number(number)
    case .text(let text): return .text(text.literal ?? "")
    case .boolean(let boolean, _): return .boolean(boolean)
    case .none: return .none
    case .name(let name): return read(name.text)
    case .call: return columnCalled.map(read) ?? .undefined
    case .parenthesized(let inner, _): return try inner.value(read)
    case .list(let elements, _):
      var values: [Value] = []
      for element in elements { values.append(try element.value(read)) }
      return .list(List(values))
    case .unary(let unary): return try unary.operator.apply(unary.operand.value(read))
    case .operation(let operation):
      var value = try operation.first.value(read)
      for link in operation.rest {
        value = try link.operator.apply(value, link.operand.value(read))
      }
      return value
    default: return .undefined
    }
  }
}

extension CallError {
  fileprivate static let pipedCondition = CallError(
    .typeMismatch, "the condition is a value, not a condition on columns",
    remedy: "write it in the call: `only(recall, age > 30)`", parameter: "condition")

  fileprivate static func beyondComparisons(_ part: Expression) -> CallError {
    CallError(
      .unsuitableArgument, "`only` takes comparisons of columns, and `\(part)` is not one",
      remedy:
        "compute a column first: `derive(table, wanted = …)`, then `only(recall, wanted == 1)`",
      parameter: "condition")
  }

  fileprivate static func noOperand(_ type: ValueType) -> CallError {
    CallError(
      .typeMismatch, "columns compare with numbers and texts, not with \(type.withArticle)",
      parameter: "condition")
  }

  fileprivate static func nameAndColumn(_ name: String) -> CallError {
    CallError(
      .unsuitableArgument, "`\(name)` is a column of the rows and a name of the program as well",
      remedy: "write `column(\(name.quoted))` for the column, or rename the other",
      parameter: "metric")
  }
}
