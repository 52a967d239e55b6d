extension Lexer {
  // number  = digits [ "." digits ] [ ( "e" | "E" ) [ "+" | "-" ] digits ]
  // percent = number "%"
  mutating func number() {
    let start = offset
    var isSound = digits()
    if byte(at: offset) == UInt8(ascii: "."), byte(at: offset + 1).isDigit {
      offset += 1
      isSound = digits() && isSound
    }
    let significandEnd = offset
    isSound = exponent() && isSound
    guard isSound, !runsOn else { return malformedNumber(from: start) }
    var kind = Token.Kind.number
    if byte(at: offset) == UInt8(ascii: "%") {
      offset += 1
      kind = .percent
    }
    let span = Span(start, offset)
    // Only an exponent, or very many digits, can leave the range.
    let isShort = offset - start <= 20 && significandEnd >= offset - 1
    guard !isShort, NumberLiteral.isOutOfRange(bytes[start..<offset]) else {
      return emit(kind, from: start)
    }
    emitFaulty(kind, from: start, .numberOutOfRange(at: span))
  }

  // digits = digit { [ "_" ] digit }
  private mutating func digits() -> Bool {
    var isSound = byte(at: offset).isDigit
    while byte(at: offset).isDigit || byte(at: offset) == UInt8(ascii: "_") {
      let isUnderscore = bytes[offset] == UInt8(ascii: "_")
      offset += 1
      if isUnderscore, !byte(at: offset).isDigit { isSound = false }
    }
    return isSound
  }

  private mutating func exponent() -> Bool {
    guard byte(at: offset) | 0x20 == UInt8(ascii: "e") else { return true }
    let next = byte(at: offset + 1)
    let signLength = next == UInt8(ascii: "+") || next == UInt8(ascii: "-") ? 1 : 0
    guard byte(at: offset + 1 + signLength).isDigit else { return false }
    offset += 1 + signLength
    return digits()
  }

  /// Whether something touches the number that can neither belong to it nor follow it.
  private var runsOn: Bool {
    let next = byte(at: offset)
    if next.isWordByte { return true }
    if next >= 0x80, let (scalar, _) = decodeScalar(in: bytes, at: offset) {
      return scalar.properties.isXIDContinue
    }
    // `1.name` is left to the parser, which knows that a number has no members.
    return next == UInt8(ascii: ".") && !byte(at: offset + 1).isASCIILetter
  }

  private mutating func malformedNumber(from start: Int) {
    let sound = start..<offset
    while offset < bytes.count {
      if bytes[offset].isWordByte || bytes[offset] == UInt8(ascii: ".") {
        offset += 1
      } else if bytes[offset] >= 0x80 {
        let before = offset
        skipWord()
        if offset == before { break }
      } else {
        break
      }
    }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    let head = String(decoding: bytes[sound], as: UTF8.self)
    emitFaulty(
      .number, from: start, .malformedNumber(text, soundPart: head, at: Span(start, offset)))
  }

  /// A point that begins a number, `.5`; false where it stands before a member or another token.
  mutating func numberWithoutIntegerPart() -> Bool {
    guard byte(at: offset + 1).isDigit else { return false }
    if let last = result.tokens.last, last.end == offset, last.kind.endsExpression { return false }
    let start = offset
    offset += 1
    _ = digits()
    _ = exponent()
    if byte(at: offset) == UInt8(ascii: "%") { offset += 1 }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    let span = Span(start, offset)
    emitFaulty(
      .number, from: start,
      .malformedNumber(text, "has no digit before the decimal point", write: "0" + text, at: span))
    return true
  }
}

/// The value of a number literal.
enum NumberLiteral {
  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// The Double nearest to what is written; `nil` beyond the largest one.
  ///
  /// `99%` is read as 99e-2: the decimal point moves in the text, so that 99% is 0.99 to the bit.
  static func value(_ bytes: ArraySlice<UInt8>) -> Double? {
    var digits = 0
    var mantissa: UInt64 = 0
    var exponent = 0
    var isFraction = false
    scan: for offset in bytes.indices {
      let byte = bytes[offset]
      switch byte {
      case UInt8(ascii: "_"): continue
      case UInt8(ascii: "."): isFraction = true
      case UInt8(ascii: "%"): exponent -= 2
      case _ where byte.isDigit:
        if mantissa > 0 || byte != UInt8(ascii: "0") { digits += 1 }
        if digits > 18 { return general(bytes) }
        mantissa = mantissa * 10 + UInt64(byte &- 0x30)
        if isFraction { exponent -= 1 }
      default:
        guard let written = writtenExponent(bytes[(offset + 1)...]) else { return general(bytes) }
        exponent += written
        if bytes.last == UInt8(ascii: "%") { exponent -= 2 }
        break scan
      }
    }
    // Both are exact, so one division or product rounds once, correctly (Clinger 1990).
    guard mantissa <= 1 << 53, abs(exponent) <= 22 else { return general(bytes) }
    let scale = powersOfTen[abs(exponent)]
    return exponent < 0 ? Double(mantissa) / scale : Double(mantissa) * scale
  }

  /// Whether a sound literal is beyond the largest Double, or rounds to zero without being 0.
  static func isOutOfRange(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let value = value(bytes) else { return true }
    guard value == 0 else { return false }
    let significand = bytes.prefix { $0 | 0x20 != UInt8(ascii: "e") }
    return significand.contains { $0.isDigit && $0 != UInt8(ascii: "0") }
  }

  private static func writtenExponent(_ bytes: ArraySlice<UInt8>) -> Int? {
    var digits = bytes.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "%") }
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
    guard digits.count <= 4, let value = Int(String(decoding: digits, as: UTF8.self)) else {
      return nil
    }
    return isNegative ? -value : value
  }

  private static func general(_ bytes: ArraySlice<UInt8>) -> Double? {
    let isPercent = bytes.last == UInt8(ascii: "%")
    var text = bytes.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "%") }
    if isPercent { shiftByTwo(&text) }
    let value = Double(String(decoding: text, as: UTF8.self))
    return value.flatMap { $0.isFinite ? $0 : nil }
  }

  /// Lowers the decimal exponent of a number's text by two.
  private static func shiftByTwo(_ text: inout [UInt8]) {
    guard let mark = text.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) else {
      text += Array("e-2".utf8)
      return
    }
    let exponent = Int(String(decoding: text[(mark + 1)...], as: UTF8.self)) ?? 0
    let (shifted, overflows) = exponent.subtractingReportingOverflow(2)
    guard !overflows else { return }
    text = text[..<mark] + Array("e\(shifted)".utf8)
  }
}

extension Diagnostic.Kind {
  public static let malformedNumber = Self(
    "E0103", "malformed-number",
    explanation: .init(
      """
      A number has digits, optionally a decimal point with more digits, and optionally an \
      exponent. Single underscores between digits are ignored, and a `%` directly after it divides \
      by 100.
      """,
      wrong: "x = 1_000_ + .5", right: "x = 1_000 + 0.5"))

  public static let numberOutOfRange = Self(
    "E0104", "number-out-of-range",
    explanation: .init(
      "Numbers are 64-bit floating point: up to about 1.8e308, and down to about 5e-324.",
      wrong: "x = 1e999", right: "x = 1e99"))
}

extension Diagnostic {
  fileprivate static func numberOutOfRange(at span: Span) -> Diagnostic {
    Diagnostic(
      .numberOutOfRange, at: span,
      "a number must be 0 or between 5e-324 and 1.8e308, positive or negative",
      remedy: "write a number within that range")
  }

  fileprivate static func malformedNumber(
    _ text: String, soundPart: String, at span: Span
  ) -> Diagnostic {
    let rest = text.dropFirst(soundPart.count)
    if text.hasPrefix("0x") || text.hasPrefix("0X") {
      let value = Int(text.dropFirst(2), radix: 16).map { "\($0)" }
      return malformedNumber(text, "is not in decimal digits", write: value, at: span)
    }
    if text.contains("..") {
      return malformedNumber(
        text, "has two decimal points", write: nil, at: span,
        remedy: "for a range of whole numbers write `range(…)`")
    }
    if rest == "." {
      return malformedNumber(
        text, "has no digit after the decimal point", write: text + "0", at: span)
    }
    if rest.first == "." {
      return malformedNumber(text, "has two decimal points", write: nil, at: span)
    }
    if soundPart.contains("_"), rest.isEmpty || soundPart.contains("__") || soundPart.hasSuffix("_")
    {
      let cleaned = text.filter { $0 != "_" }
      return malformedNumber(
        text, "has an underscore that is not between two digits", write: cleaned, at: span)
    }
    if rest == "e" || rest == "E" || rest.first?.lowercased() == "e" && rest.count == 1 {
      return malformedNumber(
        text, "has no digits in its exponent", write: nil, at: span,
        remedy: "write the exponent, such as `\(soundPart)e3`")
    }
    if rest.first?.isLetter == true || rest.first == "_" {
      return malformedNumber(
        text, "is directly followed by letters", write: "\(soundPart) * \(rest)", at: span)
    }
    return malformedNumber(text, "is not a number", write: nil, at: span)
  }

  fileprivate static func malformedNumber(
    _ text: String, _ why: String, write better: String?, at span: Span, remedy: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      .malformedNumber, at: span, "`\(text)` \(why)",
      remedy: remedy ?? better.map { "write `\($0)`" },
      fixes: better.map { [.init("write `\($0)`", replacing: span, with: $0)] } ?? [])
  }
}
