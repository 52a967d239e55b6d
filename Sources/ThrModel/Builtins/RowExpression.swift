public import ThrSyntax

/// An expression that a builtin evaluates for every row.
public struct RowExpression: ArgumentConvertible {
  /// Evaluates it with `column` answering for the names of columns; other names keep the meaning
  /// that they have where the expression stands.
  public let evaluate: @Sendable (_ column: (String) -> Value?) throws -> Value

  /// Its values in many rows at once, in a fraction of the time; `nil` where the rows must be
  /// evaluated one by one.
  public let column: @Sendable (RowColumns) throws -> RowColumn?

  /// Takes the names of the columns, for the message about a name that is none of them.
  public let announce: @Sendable (_ columns: [String]) -> Void

  /// The expression itself; `nil` for a piped value.
  public let syntax: Expression?

  /// What its names stand for where it is written, of those that the program has bound to values.
  public let bound: @Sendable () -> [String: Value]

  public init(
    evaluate: @escaping @Sendable ((String) -> Value?) throws -> Value,
    column: @escaping @Sendable (RowColumns) throws -> RowColumn? = { _ in nil },
    announce: @escaping @Sendable ([String]) -> Void = { _ in }, syntax: Expression? = nil,
    bound: @escaping @Sendable () -> [String: Value] = { [:] }
  ) {
    self.syntax = syntax
    self.bound = bound
    self.evaluate = evaluate
    self.column = column
    self.announce = announce
  }

  public static var valueType: ValueType { .boolean }
  public init?(argument: Argument) {
    guard case .rowExpression(let expression) = argument else { return nil }
    self = expression
  }
  public var defaultValue: Value { .none }
}

/// Expressions that a builtin evaluates for every row, each with the name that it is given.
public struct RowExpressions: ArgumentConvertible {
  public let named: [(name: String, expression: RowExpression)]

  public init(_ named: [(name: String, expression: RowExpression)]) { self.named = named }

  public static var valueType: ValueType { .unknown }
  public init?(argument: Argument) {
    guard case .rowExpressions(let expressions) = argument else { return nil }
    self = expressions
  }
  public var defaultValue: Value { .none }
}

/// The columns that an expression is evaluated for by columns.
public struct RowColumns {
  /// How many rows there are.
  public let count: Int
  /// The column of a name; `nil` where there is none.
  public let column: (String) -> RowColumn?

  public init(count: Int, column: @escaping (String) -> RowColumn?) {
    self.count = count
    self.column = column
  }
}

/// A column of rows, with one element for each.
public enum RowColumn {
  /// NaN where a number is missing or undefined.
  case numbers([Double])
  case truths([RowTruth])
  /// The position of each text among the levels; `missingText` where it is missing.
  case texts([Int32], levels: [String])

  public static let missingText: Int32 = -1
}

/// Whether a condition holds in a row.
public enum RowTruth: UInt8, Comparable, Sendable {
  case no, undefined, yes

  public init(_ holds: Bool) { self = holds ? .yes : .no }

  public var negated: RowTruth {
    switch self {
    case .no: .yes
    case .undefined: .undefined
    case .yes: .no
    }
  }

  public static func < (left: RowTruth, right: RowTruth) -> Bool { left.rawValue < right.rawValue }
}
