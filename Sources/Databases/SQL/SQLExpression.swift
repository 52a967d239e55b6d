/// A condition or a value of a row, as SQL can say it.
///
/// A missing value makes a comparison and arithmetic unknown, and a row for which a condition is
/// unknown is left out: the same in SQL as in the language.
public indirect enum SQLExpression: Hashable, Sendable {
  case column(String)
  case number(Double)
  case text(String)
  case truth(Bool)
  case order(Order, SQLExpression, SQLExpression)
  /// Whether two values are the same; of two missing values true, of one false.
  case same(SQLExpression, SQLExpression)
  case isMissing(SQLExpression)
  case and(SQLExpression, SQLExpression)
  case or(SQLExpression, SQLExpression)
  case not(SQLExpression)
  case arithmetic(Arithmetic, SQLExpression, SQLExpression)
  case negative(SQLExpression)
  /// Whether a value is one of a list.
  case among(SQLExpression, [SQLExpression])
  case function(Function, SQLExpression)
  /// The first characters of a text.
  case start(SQLExpression, Int)

  public enum Order: String, Hashable, Sendable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  /// Division is none of them: 7/2 is 3 in some engines and 3.5 in others.
  public enum Arithmetic: String, Hashable, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
  }

  public enum Function: String, Hashable, Sendable {
    case abs = "ABS"
    case floor = "FLOOR"
    case ceil = "CEIL"
  }

  /// The names of the columns in it.
  public var columns: Set<String> {
    switch self {
    case .column(let name): [name]
    case .number, .text, .truth: []
    case .order(_, let one, let other), .same(let one, let other), .and(let one, let other),
      .or(let one, let other), .arithmetic(_, let one, let other):
      one.columns.union(other.columns)
    case .isMissing(let inner), .not(let inner), .negative(let inner), .function(_, let inner),
      .start(let inner, _):
      inner.columns
    case .among(let value, let list):
      list.reduce(value.columns) { $0.union($1.columns) }
    }
  }
}
