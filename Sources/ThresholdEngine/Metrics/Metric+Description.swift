extension Metric: CustomStringConvertible {
  /// The metric as source text, with as few parentheses as possible.
  public var description: String { expression.text(.sum) }
}

/// Precedence of operators, as in the language.
private enum BindingStrength: Int, Comparable {
  case sum, product, sign, power, atom

  static func < (one: BindingStrength, other: BindingStrength) -> Bool {
    one.rawValue < other.rawValue
  }
}

extension Metric.Expression {
  /// The source of the expression, in parentheses where its place asks for a tighter precedence.
  fileprivate func text(_ place: BindingStrength) -> String {
    precedence < place ? "(\(bareText))" : bareText
  }

  private var precedence: BindingStrength {
    switch self {
    case .constant(let number): number.sign == .minus && number != 0 ? .sign : .atom
    case .named, .tallied, .grouped, .priced, .unary(.abs, _), .unary(.sqrt, _), .unary(.log, _),
      .unary(.exp, _):
      .atom
    case .unary(.negative, _): .sign
    case .binary(let symbol, _, _): symbol.precedence
    }
  }

  /// The operands of `max(a, b, c)`, which is made of two by two from the left.
  fileprivate func operands(of symbol: Metric.Operator) -> [Metric.Expression] {
    guard case .binary(symbol, let left, let right) = self else { return [self] }
    return left.operands(of: symbol) + [right]
  }

  private var bareText: String {
    switch self {
    case .constant(let number): sourceText(of: number)
    case .named(let named): named.name
    case .tallied(let named, let tally): tally.text(named.name)
    case .grouped(let grouped): grouped.text
    case .priced(let text, _): text
    case .unary(.negative, let operand): "-" + operand.text(.power)
    case .unary(let function, let operand): "\(function.rawValue)(\(operand.text(.sum)))"
    case .binary(let symbol, let left, let right): symbol.text(left, right)
    }
  }
}

extension Metric.Operator {
  fileprivate var precedence: BindingStrength {
    switch self {
    case .plus, .minus: .sum
    case .times, .dividedBy: .product
    case .power: .power
    case .min, .max: .atom
    }
  }

  fileprivate func text(_ left: Metric.Expression, _ right: Metric.Expression) -> String {
    switch self {
    case .plus, .minus: "\(left.text(.sum)) \(rawValue) \(right.text(.product))"
    // Products close up, so that a sum of products reads as one.
    case .times: "\(left.text(.product))*\(right.text(.sign))"
    case .dividedBy: "\(left.text(.product))/\(right.text(.sign))"
    case .power: "\(left.text(.atom))^\(right.text(.sign))"
    case .min, .max:
      "\(rawValue)("
        + (left.operands(of: self) + [right]).map { $0.text(.sum) }.joined(separator: ", ") + ")"
    }
  }
}

extension Tally {
  /// “only(recall["amount"], age > 30)”.
  fileprivate func text(_ name: String) -> String {
    conditions.reduce(name + (column.map { "[\(quoted($0))]" } ?? "")) { "only(\($0), \($1.text))" }
  }
}

extension GroupedMetric {
  fileprivate var text: String {
    let inner = "(\(expression.text(.sum)), \(quoted(column))"
    switch summary {
    case .worst(_, let quantile):
      return "per" + inner + (quantile.map { ", quantile=\(sourceText(of: $0))" } ?? "") + ")"
    case .gap: return "gap" + inner + ")"
    case .ratio: return "ratio" + inner + ")"
    }
  }
}

/// The shortest source text that reads back as exactly this number.
func sourceText(of number: Double) -> String {
  if let whole = Int(exactly: number), abs(number) < 0x1p53 { return String(whole) }
  return number.description.filter { $0 != "+" }
}
