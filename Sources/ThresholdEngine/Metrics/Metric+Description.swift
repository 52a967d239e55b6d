extension Metric: CustomStringConvertible {
  /// The metric as source text, with as few parentheses as possible; cut short where that would be
  /// very long.
  public var description: String {
    var text = SourceText()
    expression.write(to: &text)
    return text.text
  }
}

/// A text that grows up to some length: parts that a metric shares are written as often as they
/// occur, which may be more often than any memory holds.
struct SourceText {
  private(set) var text = ""
  /// Whether the rest is left out.
  private(set) var isFull = false

  /// As many bytes as thousands of metrics take.
  static let capacity = 1 << 16

  mutating func add(_ part: String) {
    if isFull { return }
    isFull = text.utf8.count + part.utf8.count > Self.capacity
    text += isFull ? "…" : part
  }
}

/// Precedence of operators, as in the language.
private enum BindingStrength: Int, Comparable {
  case sum, product, sign, power, atom

  static func < (one: BindingStrength, other: BindingStrength) -> Bool {
    one.rawValue < other.rawValue
  }
}

extension Metric.Expression {
  func write(to text: inout SourceText) { write(to: &text, .sum) }

  /// Adds the source of the expression, in parentheses where its place asks for a tighter
  /// precedence.
  fileprivate func write(to text: inout SourceText, _ place: BindingStrength) {
    guard !text.isFull else { return }
    let isBare = form.precedence >= place
    if !isBare { text.add("(") }
    writeBare(to: &text)
    if !isBare { text.add(")") }
  }

  private func writeBare(to text: inout SourceText) {
    switch form {
    case .constant(let number): text.add(sourceText(of: number))
    case .named(let named): text.add(named.name)
    case .tallied(let named, let tally): text.add(tally.text(named.name))
    case .grouped(let grouped): grouped.write(to: &text)
    case .sampled(let sampled): sampled.write(to: &text)
    case .priced(let name, _): text.add(name)
    case .regret(let parts): writeRegret(parts, to: &text)
    case .unary(.negative, let operand):
      text.add("-")
      operand.write(to: &text, .power)
    case .unary(let function, let operand):
      text.add(function.rawValue + "(")
      operand.write(to: &text, .sum)
      text.add(")")
    case .binary(let symbol, let left, let right): symbol.write(left, right, to: &text)
    }
  }

  private func writeRegret(_ parts: [Metric.Expression], to text: inout SourceText) {
    text.add("regret(")
    for (place, part) in parts.enumerated() {
      if place > 0 { text.add(", ") }
      part.write(to: &text, .sum)
    }
    text.add(")")
  }

  /// Adds the operands of `max(a, b, c)`, which is made of two by two.
  fileprivate func writeOperands(of symbol: Metric.Operator, to text: inout SourceText) {
    guard !text.isFull else { return }
    guard case .binary(symbol, let left, let right) = form else {
      return write(to: &text, .sum)
    }
    left.writeOperands(of: symbol, to: &text)
    text.add(", ")
    right.writeOperands(of: symbol, to: &text)
  }
}

extension Metric.Expression.Form {
  fileprivate var precedence: BindingStrength {
    switch self {
    case .constant(let number): number.sign == .minus && number != 0 ? .sign : .atom
    case .named, .tallied, .grouped, .sampled, .priced, .regret, .unary(.abs, _),
      .unary(.sqrt, _), .unary(.log, _), .unary(.exp, _):
      .atom
    case .unary(.negative, _): .sign
    case .binary(let symbol, _, _): symbol.precedence
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

  fileprivate func write(
    _ left: Metric.Expression, _ right: Metric.Expression, to text: inout SourceText
  ) {
    switch self {
    case .plus, .minus: join(left, .sum, " \(rawValue) ", right, .product, to: &text)
    // Products close up, so that a sum of products reads as one.
    case .times, .dividedBy: join(left, .product, rawValue, right, .sign, to: &text)
    case .power: join(left, .atom, rawValue, right, .sign, to: &text)
    case .min, .max:
      text.add(rawValue + "(")
      left.writeOperands(of: self, to: &text)
      text.add(", ")
      right.writeOperands(of: self, to: &text)
      text.add(")")
    }
  }

  private func join(
    _ left: Metric.Expression, _ place: BindingStrength, _ symbol: String,
    _ right: Metric.Expression, _ other: BindingStrength, to text: inout SourceText
  ) {
    left.write(to: &text, place)
    text.add(symbol)
    right.write(to: &text, other)
  }
}

extension Tally {
  /// “only(recall["amount"], age > 30)”.
  fileprivate func text(_ name: String) -> String {
    conditions.reduce(name + (column.map { "[\(quoted($0))]" } ?? "")) { "only(\($0), \($1.text))" }
  }
}

extension SampledMetric {
  fileprivate func write(to text: inout SourceText) {
    text.add("quantile(")
    expression.write(to: &text)
    text.add(", \(sourceText(of: share)))")
  }
}

extension GroupedMetric {
  fileprivate func write(to text: inout SourceText) {
    switch summary {
    case .worst: text.add("per(")
    case .gap: text.add("gap(")
    case .ratio: text.add("ratio(")
    }
    expression.write(to: &text)
    text.add(", \(quoted(column))")
    if case .worst(_, let quantile?) = summary {
      text.add(", quantile=\(sourceText(of: quantile))")
    }
    text.add(")")
  }
}

/// The shortest source text that reads back as exactly this number.
func sourceText(of number: Double) -> String {
  if let whole = Int(exactly: number), abs(number) < 0x1p53 { return String(whole) }
  return number.description.filter { $0 != "+" }
}
