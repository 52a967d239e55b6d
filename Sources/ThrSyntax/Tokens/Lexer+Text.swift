extension Lexer {
  /// How a text is delimited: thr's own quotes, and those that other languages and word
  /// processors use, which are read with an error.
  enum Quote: Equatable {
    case double, single, curly, curlySingle

    var closing: [UInt8] {
      switch self {
      case .double: [UInt8(ascii: "\"")]
      case .single: [UInt8(ascii: "'")]
      case .curly: Array("”".utf8)
      case .curlySingle: Array("’".utf8)
      }
    }
  }

  // text = '"' { character | escape | "{" expression [ format ] "}" } '"'
  mutating func openText(_ quote: Quote, length: Int = 1) {
    let start = offset
    modes.append(.text(quote, start: start))
    offset += length
    emit(.textStart, from: start)
  }

  /// The characters up to the end of the text, an interpolation or the end of the line.
  mutating func textPiece(_ quote: Quote) {
    let start = offset
    let closing = quote.closing
    loop: while offset < bytes.count, !hasGivenUp {
      let byte = bytes[offset]
      switch byte {
      case closing[0] where closing.count == 1 || bytes[offset...].starts(with: closing): break loop
      case UInt8(ascii: "{"), .lineFeed, .carriageReturn: break loop
      case UInt8(ascii: "\\"): escape(quote)
      case 0x00..<0x20 where byte != .tab, 0x7F: unexpected(length: 1, remedy: .escape(byte))
      case 0x80...: characterBeyondASCII()
      default: offset += 1
      }
    }
    if offset > start { emit(.textPiece, from: start) }
    endTextPiece(closing)
  }

  private mutating func endTextPiece(_ closing: [UInt8]) {
    guard offset < bytes.count, !hasGivenUp else { return }
    let start = offset
    if bytes[offset] == UInt8(ascii: "{") {
      offset += 1
      emit(.interpolationStart, from: start)
      result.brackets.openInterpolation(at: result.tokens.count - 1)
      modes.append(.interpolation)
    } else if bytes[offset] == closing[0] {
      offset += closing.count
      emit(.textEnd, from: start)
      modes.removeLast()
    } else {
      abandonTexts()
    }
  }

  /// Ends every open text at the end of its line: no text runs over several.
  mutating func abandonTexts() {
    guard case .text(_, let start) = modes.first else { return }
    report(.unterminatedText(at: Span(start, offset), closing: placeOfQuote(from: start)))
    for mode in modes.reversed() {
      if mode == .interpolation { result.brackets.closeInterpolation(in: &result.tokens) }
      emit(mode == .interpolation ? .interpolationEnd : .textEnd, from: offset)
      markFaulty()
    }
    modes = []
    if result.damaged.last.map({ $0.end < offset }) ?? true {
      result.damaged.append(Span(start, offset))
    }
  }

  /// Where the quote that is missing was meant: before closing brackets that the text opens none of.
  private func placeOfQuote(from start: Int) -> Int {
    var end = offset
    while end > start, bytes[end - 1] == .space || bytes[end - 1] == .tab { end -= 1 }
    var open = 0
    var place = end
    for index in (start..<end).reversed() {
      let isCloser = bytes[index] == UInt8(ascii: ")") || bytes[index] == UInt8(ascii: "]")
      guard isCloser, place == index + 1 else { break }
      place = index
      open += 1
    }
    let opened = bytes[start..<place].filter { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "[") }
    let closed = bytes[start..<place].filter { $0 == UInt8(ascii: ")") || $0 == UInt8(ascii: "]") }
    return min(end, place + min(open, max(0, opened.count - closed.count)))
  }

  mutating func closesInterpolation(_ byte: UInt8) -> Bool {
    guard byte == UInt8(ascii: "}"), modes.last == .interpolation, !result.brackets.isInsideBraces
    else { return false }
    let start = offset
    offset += 1
    result.brackets.closeInterpolation(in: &result.tokens)
    emit(.interpolationEnd, from: start)
    modes.removeLast()
    return true
  }

  // format = ":" { any character but quotes, braces and line ends }
  mutating func beginsFormat(_ byte: UInt8) -> Bool {
    guard byte == UInt8(ascii: ":"), modes.last == .interpolation,
      !result.brackets.isInsideBrackets
    else { return false }
    let start = offset
    let ends: [UInt8] = Array("\"{}\n\r".utf8)
    while offset < bytes.count, !ends.contains(bytes[offset]) { offset += 1 }
    emit(.format, from: start)
    validate(start..<offset)
    return true
  }

  // escape = "\" ( "n" | "t" | '"' | "\" | "{" | "}" | "u{" hexdigits "}" )
  private mutating func escape(_ quote: Quote) {
    let start = offset
    let escape = TextEscape(bytes, at: offset)
    offset += escape.length
    if escape.scalar == nil, !(quote == .single && bytes[start...].starts(with: Array("\\'".utf8)))
    {
      report(
        .unknownEscape(
          String(decoding: bytes[start..<offset], as: UTF8.self), at: Span(start, offset)))
    }
  }
}

/// One escape in a text: the scalar it stands for, if it is known, and its length in bytes.
struct TextEscape {
  let scalar: Unicode.Scalar?
  let length: Int

  /// Reads the escape whose backslash stands at `offset`.
  init(_ bytes: [UInt8], at offset: Int) {
    guard offset + 1 < bytes.count, !bytes[offset + 1].isLineEnd else {
      (scalar, length) = (nil, 1)
      return
    }
    switch bytes[offset + 1] {
    case UInt8(ascii: "n"): (scalar, length) = ("\n", 2)
    case UInt8(ascii: "t"): (scalar, length) = ("\t", 2)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"):
      (scalar, length) = (Unicode.Scalar(bytes[offset + 1]), 2)
    case UInt8(ascii: "u"):
      let digits = bytes[min(offset + 3, bytes.count)...].prefix(7).prefix {
        $0 != UInt8(ascii: "}")
      }
      let end = offset + 3 + digits.count
      let isWhole =
        digits.count <= 6 && offset + 2 < bytes.count && bytes[offset + 2] == UInt8(ascii: "{")
        && end < bytes.count
        && bytes[end] == UInt8(ascii: "}") && digits.allSatisfy { $0.isHexDigit }
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
      scalar = isWhole ? value.flatMap(Unicode.Scalar.init) : nil
      length = isWhole ? end + 1 - offset : 2
    default:
      scalar = nil
      length = 1 + (decodeScalar(in: bytes, at: offset + 1)?.length ?? 1)
    }
  }
}

extension UInt8 {
  fileprivate var isHexDigit: Bool { isDigit || (self | 0x20) &- 0x61 < 6 }
}

extension Diagnostic.Kind {
  public static let unterminatedText = Self(
    "E0105", "unterminated-text",
    explanation: .init(
      """
      A text begins and ends with `"` on the same line. Inside it, write a line break as `\\n`, a \
      quote as `\\"` and a literal brace as `\\{`.
      """,
      wrong: "print(\"done)", right: "print(\"done\")"))

  public static let unknownEscape = Self(
    "E0106", "unknown-escape",
    explanation: .init(
      "In a text, a backslash must be followed by n, t, \", \\, {, } or u{…} with a code point.",
      wrong: "print(\"C:\\data\")", right: "print(\"C:\\\\data\")"))
}

extension Diagnostic {
  fileprivate static func unterminatedText(at span: Span, closing place: Int) -> Diagnostic {
    Diagnostic(
      .unterminatedText, at: span, "the text is not closed at the end of its line",
      remedy: "close it with `\"`, and write a line break inside it as `\\n`",
      fixes: [.init("insert `\"`", replacing: Span(place, place), with: "\"")])
  }

  fileprivate static func unknownEscape(_ text: String, at span: Span) -> Diagnostic {
    if text.hasPrefix("\\u") {
      return Diagnostic(
        .unknownEscape, at: span, "`\\u` needs a code point in braces, up to 10FFFF",
        remedy: "write it like `\\u{e9}`")
    }
    return Diagnostic(
      .unknownEscape, at: span, "`\(text)` is not an escape sequence",
      remedy: "for a literal backslash write `\\\\`",
      fixes: [.init("write `\\\\`", replacing: Span(span.start, span.start + 1), with: "\\\\")])
  }
}
