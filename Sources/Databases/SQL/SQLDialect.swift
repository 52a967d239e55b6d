import NumberText

/// How names and literals are written for an engine.
public struct SQLDialect: Hashable, Sendable {
  public let quote: IdentifierQuote

  public init(_ quote: IdentifierQuote) { self.quote = quote }

  /// A name in quotes, a quote in it doubled.
  public func name(_ name: String) -> String {
    let quote = String(quote.rawValue)
    return quote + name.replacing(quote, with: quote + quote) + quote
  }

  /// Names joined by dots: of a table in a schema.
  public func path(_ names: [String]) -> String { names.map(name).joined(separator: ".") }

  /// A text in single quotes.
  ///
  /// Engines with backticks know `\` in texts, and not all of them a doubled quote; the standard has
  /// a doubled quote and no `\`.
  func literal(_ text: String) -> String {
    let escaped =
      quote == .backtick
      ? text.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
      : text.replacing("'", with: "''")
    return "'\(escaped)'"
  }

  /// A number; fractions with an exponent where they have many digits, so that engines which keep
  /// short decimals exactly take them as floating-point numbers too.
  func literal(_ number: Double) -> String {
    let text = number.shortestText
    if text.count <= 15 || text.contains("e") || number.rounded() == number { return text }
    return text + "e0"
  }

  public func text(_ expression: SQLExpression) -> String {
    switch expression {
    case .column(let name): return self.name(name)
    case .number(let number): return number < 0 ? "(\(literal(number)))" : literal(number)
    case .text(let text): return literal(text)
    case .truth(let holds): return holds ? "TRUE" : "FALSE"
    case .order(let order, let one, let other):
      return "(\(text(one)) \(order.rawValue) \(text(other)))"
    case .same(let one, let other): return same(one, other)
    case .isMissing(let inner): return "(\(text(inner)) IS NULL)"
    case .and(let one, let other): return "(\(text(one)) AND \(text(other)))"
    case .or(let one, let other): return "(\(text(one)) OR \(text(other)))"
    case .not(let inner): return "(NOT \(text(inner)))"
    case .arithmetic(let sign, let one, let other):
      return "(\(text(one)) \(sign.rawValue) \(text(other)))"
    case .negative(let inner): return "(- \(text(inner)))"
    case .among(let value, let list):
      if list.isEmpty { return "(1 = 0)" }
      let values = list.map(text).joined(separator: ", ")
      return "(\(text(value)) IS NOT NULL AND \(text(value)) IN (\(values)))"
    case .function(let function, let inner): return "\(function.rawValue)(\(text(inner)))"
    case .start(let inner, let count): return "SUBSTR(\(text(inner)), 1, \(count))"
    }
  }

  /// True or false, and never unknown, so that `NOT` turns it around.
  private func same(_ one: SQLExpression, _ other: SQLExpression) -> String {
    let (left, right) = (text(one), text(other))
    if other.isLiteral { return "(\(left) IS NOT NULL AND \(left) = \(right))" }
    if one.isLiteral { return "(\(right) IS NOT NULL AND \(left) = \(right))" }
    return "((\(left) IS NOT NULL AND \(right) IS NOT NULL AND \(left) = \(right))"
      + " OR (\(left) IS NULL AND \(right) IS NULL))"
  }
}

extension SQLExpression {
  fileprivate var isLiteral: Bool {
    switch self {
    case .number, .text, .truth: true
    default: false
    }
  }
}
