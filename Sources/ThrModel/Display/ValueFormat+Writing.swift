import NumberText
public import ThrSyntax

extension ValueFormat {
  /// The accepted types: number, `undefined` or `none` for a number format; any type if only a
  /// width is set.
  public var valueType: ValueType {
    asksForNumber ? .either(.number, .undefined, .none) : .unknown
  }

  /// Writes a value; throws where the format asks for a number and the value is none.
  public func text(of value: Value, in display: ValueDisplay) throws(CallError) -> String {
    switch value {
    case .number(let number):
      let text = text(of: number)
      return hasZeros ? filledWithZeros(text) : padded(text, isNumber: true)
    case .undefined, .none: return padded(display.line(value), isNumber: true)
    default:
      if asksForNumber { throw mismatch(value.type) }
      return padded(display.line(value), isNumber: false)
    }
  }

  /// Error where the format does not suit a value, at check time and at run time.
  public func mismatch(_ found: ValueType) -> CallError {
    CallError(
      .typeMismatch, "this format needs a number, found \(found.withArticle)",
      remedy: "remove the format, or set only a width: `{value:>8}`")
  }

  private func text(of number: Double) -> String {
    let plain =
      switch style {
      case .fixed: number.fixedText(decimals: digits ?? 6)
      case .exponent: number.scientificText(decimals: digits ?? 6)
      case .general: number.significantText(digits: digits ?? 6)
      case .percent: (number * 100).fixedText(decimals: digits ?? 0) + "%"
      case nil: digits.map { number.fixedText(decimals: $0) } ?? number.shortestText
      }
    return hasSeparators ? plain.withThousandsSeparators : plain
  }

  /// `-1.5` to `-001.5`.
  private func filledWithZeros(_ text: String) -> String {
    let sign = text.prefix { $0 == "-" }
    return sign + String(repeating: "0", count: max(0, width - text.count))
      + text[sign.endIndex...]
  }

  private func padded(_ text: String, isNumber: Bool) -> String {
    let missing = width - text.count
    guard missing > 0 else { return text }
    let left =
      switch alignment ?? (isNumber ? .right : .left) {
      case .left: 0
      case .right: missing
      case .centre: missing / 2
      }
    return String(repeating: " ", count: left) + text
      + String(repeating: " ", count: missing - left)
  }
}

extension String {
  /// Commas between groups of three in the digits before the point: `-12345.5` to `-12,345.5`.
  fileprivate var withThousandsSeparators: String {
    let digits = drop { $0 == "-" }.prefix { $0.isNumber }
    guard digits.count > 3 else { return self }
    var grouped = String(self[..<digits.startIndex])
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position).isMultiple(of: 3) { grouped += "," }
      grouped.append(digit)
    }
    return grouped + self[digits.endIndex...]
  }
}

extension ValueFormat {
  /// Reads a format as written after the colon of an interpolation, or says why it is none.
  public static func read(_ format: Expression.Text.Format) throws(CallError) -> ValueFormat {
    if let known = ValueFormat(format.text) { return known }
    throw CallError(
      .invalidFormat, "`\(format.text)` is not a valid format",
      remedy: "write `.3f` for three decimals, `.1%` for a share, `,` for thousands, "
        + "`>8` for a width, `05` for leading zeros")
  }
}

extension Diagnostic.Kind {
  public static let invalidFormat = Diagnostic.Kind(
    "E0209", "invalid-format",
    explanation: .init(
      """
      The format of a value in a text is written after a colon: `.3f` gives three decimals, `.1%` \
      a percentage, `.2e` scientific notation, `.3g` three significant digits, `,` thousands \
      separators. A width may come first: `8`, or `<8`, `>8` and `^8` for left, right and centred \
      alignment, or `08` for leading zeros.
      """,
      wrong: "print(\"{0.7556:.3x}\")",
      right: "print(\"{0.7556:.3f}\")"))

}
