import Databases
import ThrModel
import ThrSyntax

/// An expression for rows of the language as SQL, where both mean the same.
///
/// What SQL would understand otherwise is refused: division (7/2 is 3 in some engines), the order of
/// texts (each engine has its own), functions beyond a few.
struct SQLConversion {
  private let table: StoredTable
  private let expression: RowExpression
  private let bound: [String: Value]

  init(_ table: StoredTable, _ expression: RowExpression) {
    self.table = table
    self.expression = expression
    bound = expression.bound()
  }

  func condition() throws(CallError) -> SQLExpression {
    let converted = try value()
    switch converted {
    case .order, .same, .isMissing, .and, .or, .not, .among, .truth: return converted
    case .column, .number, .text, .arithmetic, .negative, .function, .start:
      throw Self.refusal("this is no condition", "compare it: `x > 0`, `flag == \"yes\"`")
    }
  }

  func value() throws(CallError) -> SQLExpression {
    guard let syntax = expression.syntax else {
      throw Self.refusal("a piped condition has no text", "write the condition in the call")
    }
    return try convert(syntax)
  }

  /// Whether a value of rows is a text.
  func isText(_ value: SQLExpression) -> Bool {
    switch value {
    case .text, .start, .truth, .order, .same, .isMissing, .and, .or, .not, .among: true
    case .column(let name): table[name]?.isText ?? false
    case .number, .arithmetic, .negative, .function: false
    }
  }

  // MARK: - Each kind of expression

  private func convert(_ expression: Expression) throws(CallError) -> SQLExpression {
    switch expression.bare {
    case .number(let number, _): return .number(number)
    case .boolean(let holds, _): return .truth(holds)
    case .text(let text):
      guard let literal = text.literal else {
        throw Self.refusal("a text with a value in it", "give it a name before")
      }
      return try literalText(literal)
    case .name(let name): return try named(name.text)
    case .unary(let unary): return try converted(unary)
    case .operation(let operation): return try converted(operation)
    case .call(let call): return try converted(call)
    default:
      throw Self.refusal(
        "this has no SQL that means the same", "compute it before, or in `read(db, query=…)`")
    }
  }

  private func literalText(_ text: String) throws(CallError) -> SQLExpression {
    if text.contains("\\") {
      throw Self.refusal(
        "engines read a `\\` in a text differently", "write the condition in `read(db, query=…)`")
    }
    return .text(text)
  }

  private func named(_ name: String) throws(CallError) -> SQLExpression {
    if table[name] != nil { return .column(name) }
    switch bound[name] {
    case .number(let number): return .number(number)
    case .text(let text): return try literalText(text)
    case .boolean(let holds): return .truth(holds)
    case nil: throw .unknownColumn(name, among: table.columnNames, parameter: "condition")
    default:
      throw Self.refusal("`\(name)` is no number, text or boolean", "use a plain value")
    }
  }

  private func converted(_ unary: Expression.Unary) throws(CallError) -> SQLExpression {
    let operand = try convert(unary.operand)
    guard unary.operator == .minus else { return .not(operand) }
    if case .number(let number) = operand { return .number(-number) }
    return .negative(operand)
  }

  private func converted(_ operation: Expression.Operation) throws(CallError) -> SQLExpression {
    // Comparison with a missing value asks whether a value is missing.
    if let link = operation.rest.first, operation.rest.count == 1 {
      let sides = [operation.first.bare, link.operand.bare]
      if let other = sides.first(where: { !$0.isMissing }), sides.contains(where: \.isMissing),
        link.operator == .equal || link.operator == .notEqual
      {
        let missing = SQLExpression.isMissing(try convert(other))
        return link.operator == .equal ? missing : .not(missing)
      }
    }
    var result: SQLExpression?
    for link in operation.rest {
      let left: SQLExpression
      if let result { left = result } else { left = try convert(operation.first) }
      result = try combined(left, link)
    }
    guard let result else { return try convert(operation.first) }
    return result
  }

  private func combined(
    _ left: SQLExpression, _ link: Expression.Operation.Link
  ) throws(CallError) -> SQLExpression {
    if link.operator == .in { return .among(left, try elements(link.operand)) }
    let right = try convert(link.operand)
    switch link.operator {
    case .or: return .or(left, right)
    case .and: return .and(left, right)
    case .equal: return .same(left, right)
    case .notEqual: return .not(.same(left, right))
    case .less: return try ordered(.less, left, right)
    case .lessOrEqual: return try ordered(.lessOrEqual, left, right)
    case .greater: return try ordered(.greater, left, right)
    case .greaterOrEqual: return try ordered(.greaterOrEqual, left, right)
    case .plus: return try arithmetic(.plus, left, right)
    case .minus: return try arithmetic(.minus, left, right)
    case .times: return try arithmetic(.times, left, right)
    case .divide, .remainder, .power, .in:
      throw Self.refusal(
        "`\(link.operator.rawValue)` is computed differently by different engines",
        "multiply instead, or write it in `read(db, query=…)`")
    }
  }

  private func arithmetic(
    _ sign: SQLExpression.Arithmetic, _ left: SQLExpression, _ right: SQLExpression
  ) throws(CallError) -> SQLExpression {
    if isText(left) || isText(right) {
      throw Self.refusal(
        "`\(sign.rawValue)` of texts differs between engines",
        "write it in `read(db, query=…)`")
    }
    return .arithmetic(sign, left, right)
  }

  /// Texts are compared where their order is the same everywhere: days and times of digits.
  private func ordered(
    _ order: SQLExpression.Order, _ left: SQLExpression, _ right: SQLExpression
  ) throws(CallError) -> SQLExpression {
    for side in [left, right] {
      if case .text(let text) = side, !text.utf8.allSatisfy({ Self.plain.contains($0) }) {
        throw Self.refusal(
          "the order of texts such as \(text.quoted) depends on the engine",
          "compare by `==` or `in`; days such as \"2026-10-01\" have an order")
      }
    }
    return .order(order, left, right)
  }

  private static let plain = Set("0123456789-:. TZ+/".utf8)

  private func elements(_ expression: Expression) throws(CallError) -> [SQLExpression] {
    if case .list(let elements, _) = expression.bare {
      var converted: [SQLExpression] = []
      for element in elements { converted.append(try convert(element)) }
      return converted
    }
    guard case .name(let name) = expression.bare, case .list(let list)? = bound[name.text],
      list.count <= 1_000
    else { throw Self.refusal("`in` takes a list of at most 1,000 values", "write the list") }
    var converted: [SQLExpression] = []
    for value in list {
      switch value {
      case .number(let number): converted.append(.number(number))
      case .text(let text): converted.append(try literalText(text))
      default: throw Self.refusal("the list holds more than numbers and texts", "leave them out")
      }
    }
    return converted
  }

  private func converted(_ call: Expression.Call) throws(CallError) -> SQLExpression {
    guard case .name(let name) = call.callee.bare, let first = call.arguments.first?.value else {
      throw Self.refusal("this call has no SQL", "compute it in `read(db, query=…)`")
    }
    if name.text == "column", case .text(let text) = first.bare, let column = text.literal {
      guard table[column] != nil else {
        throw .unknownColumn(column, among: table.columnNames, parameter: "condition")
      }
      return .column(column)
    }
    if name.text == "head", call.arguments.count == 2,
      case .number(let count, _) = call.arguments[1].value.bare, let whole = Int(exactly: count)
    {
      return .start(try convert(first), whole)
    }
    let functions: [String: SQLExpression.Function] = ["abs": .abs, "floor": .floor, "ceil": .ceil]
    guard call.arguments.count == 1, let function = functions[name.text] else {
      throw Self.refusal(
        "`\(name.text)` has no SQL that every engine understands alike",
        "compute it in `read(db, query=…)`")
    }
    return .function(function, try convert(first))
  }

  private static func refusal(_ reason: String, _ remedy: String) -> CallError {
    CallError(
      .unsuitableArgument, "the table lives in a database, and \(reason)", remedy: remedy,
      parameter: "condition")
  }
}

extension Expression {
  fileprivate var isMissing: Bool {
    switch self {
    case .none, .undefined: true
    default: false
    }
  }
}
