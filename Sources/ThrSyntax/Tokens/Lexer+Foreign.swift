/// Spellings of other languages and of word processors: read as what they mean, with an error that
/// offers thr's own.
extension Lexer {
  private struct Spelling {
    let text: [UInt8]
    let kind: Token.Kind
    /// What thr writes, or `nil` where that depends.
    let instead: String?
    let remedy: String

    init(_ text: String, _ kind: Token.Kind, instead: String? = nil, _ remedy: String? = nil) {
      self.text = Array(text.utf8)
      self.kind = kind
      self.instead = instead
      self.remedy = remedy ?? "write `\(instead ?? "")`"
    }
  }

  // Longest first where one begins another.
  private static let foreignSpellings: [Spelling] = [
    Spelling("===", .equal, instead: "=="),
    Spelling("!==", .notEqual, instead: "!="),
    Spelling("&&", .and, instead: "and"),
    Spelling("||", .or, instead: "or"),
    Spelling("**", .power, instead: "^"),
    Spelling("<>", .notEqual, instead: "!="),
    Spelling("=<", .lessOrEqual, instead: "<="),
    Spelling("=>", .invalid, "write `>=` to compare, or `fn name(x) = …` to declare a function"),
    Spelling("->", .invalid, "write a function as `fn name(x) = …`"),
    Spelling("<-", .invalid, "write `=` to assign, or `< -` to compare with a negative number"),
    Spelling(":=", .assign, instead: "="),
  ]

  /// Reads an operator of another language at `offset`, if one stands there.
  mutating func foreignSpelling() -> Bool {
    let byte = bytes[offset]
    let next = self.byte(at: offset + 1)
    switch byte {
    case UInt8(ascii: "/"): return slashes()
    case UInt8(ascii: "."): return numberWithoutIntegerPart()
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","): return false
    case UInt8(ascii: "|") where next == UInt8(ascii: ">"): return false
    default: break
    }
    // All of them but `!`, `&` and `|` have one of these for their second character.
    switch next {
    case UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "|"),
      UInt8(ascii: "<")...UInt8(ascii: ">"):
      let rest = bytes[offset...].prefix(3)
      guard let found = Self.foreignSpellings.first(where: { rest.starts(with: $0.text) }) else {
        return next != UInt8(ascii: "=") && foreignAlone(byte)
      }
      emitForeign(found.kind, length: found.text.count, instead: found.instead, found.remedy)
      return true
    default: return foreignAlone(byte)
    }
  }

  private mutating func foreignAlone(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "!"): emitForeign(.not, length: 1, instead: "not ", "write `not`")
    case UInt8(ascii: "&"): emitForeign(.and, length: 1, instead: "and", "write `and`")
    case UInt8(ascii: "|"):
      emitForeign(.or, length: 1, instead: "or", "write `or`, or `|>` for a pipe")
    default: return false
    }
    return true
  }

  private mutating func emitForeign(
    _ kind: Token.Kind, length: Int, instead: String?, _ remedy: String
  ) {
    let start = offset
    let text = String(decoding: bytes[start..<(start + length)], as: UTF8.self)
    offset += length
    emitFaulty(
      kind, from: start,
      .foreignSpelling(text, at: Span(start, offset), instead: instead, remedy))
  }

  // `a // b` divides in one language, `// …` is a comment in others: neither here.
  private mutating func slashes() -> Bool {
    guard byte(at: offset + 1) == UInt8(ascii: "/") else { return false }
    let start = offset
    let divides = result.tokens.last?.kind.endsExpression ?? false
    offset += 2
    report(.doubleSlash(at: Span(start, offset), divides: divides))
    damageLine(from: start)
    if divides {
      emit(.divide, from: start)
      markFaulty()
    } else {
      skipLine()
      result.comments.append(Token(.comment, start, offset))
    }
    return true
  }

  /// A character that begins no token: a quote of another kind, a look-alike, or a stranger.
  mutating func foreignCharacter() {
    let byte = bytes[offset]
    if byte == UInt8(ascii: "'") { return foreignQuote(.single, length: 1) }
    guard byte >= 0x80 else { return unexpected(length: 1) }
    guard let (scalar, length) = decodeScalar(in: bytes, at: offset) else { return invalidUTF8() }
    switch scalar {
    case "“", "”", "„": foreignQuote(.curly, length: length)
    case "‘", "’": foreignQuote(.curlySingle, length: length)
    case _ where scalar.properties.isWhitespace || scalar.properties.generalCategory == .format:
      invisible(scalar, length: length)
    default:
      if let (kind, ascii) = Self.lookAlikes[scalar] {
        emitForeign(kind, length: length, instead: ascii, "write `\(ascii)`")
      } else {
        unexpected(length: length)
      }
    }
  }

  private static let lookAlikes: [Unicode.Scalar: (Token.Kind, String)] = [
    "−": (.minus, "-"), "–": (.minus, "-"), "—": (.minus, "-"), "×": (.times, "*"),
    "✕": (.times, "*"), "⋅": (.times, "*"), "∙": (.times, "*"), "÷": (.divide, "/"),
    "≥": (.greaterOrEqual, ">="), "≤": (.lessOrEqual, "<="), "≠": (.notEqual, "!="),
    "∧": (.and, "and"), "∨": (.or, "or"), "¬": (.not, "not "), "∈": (.in, "in"),
    "，": (.comma, ","), "；": (.semicolon, ";"), "：": (.colon, ":"), "＝": (.assign, "="),
  ]

  private mutating func foreignQuote(_ quote: Quote, length: Int) {
    let start = offset
    guard !isDamaged(start), let end = self.end(of: quote, from: start + length) else {
      unexpected(length: length, remedy: .quote)
      return damageLine(from: start)
    }
    openText(quote, length: length)
    let inner = String(decoding: bytes[(start + length)..<end.start], as: UTF8.self)
    report(.foreignQuote(around: inner, from: Span(start, start + length), to: end))
  }

  /// Where a text in another language's quotes ends on its line, if it does.
  private func end(of quote: Quote, from start: Int) -> Span? {
    let closing = quote.closing
    var place = start
    while place < bytes.count, !bytes[place].isLineEnd {
      if bytes[place...].starts(with: closing) { return Span(place, place + closing.count) }
      place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  private func isDamaged(_ place: Int) -> Bool {
    result.damaged.last.map { place <= $0.end } ?? false
  }

  // Pasted from a page: it separates words as a space does.
  private mutating func invisible(_ scalar: Unicode.Scalar, length: Int) {
    offset += length
    report(.invisibleCharacter(scalar, at: Span(offset - length, offset)))
  }
}

extension Diagnostic.Kind {
  public static let foreignSpelling = Self(
    "E0107", "foreign-spelling",
    explanation: .init(
      """
      This spelling comes from another language or a word processor. thr has one spelling for each \
      thing: `and`, `or`, `not`, `^` for powers, `=` to assign, `"…"` for texts, `true`, `false`, \
      `none`.
      """,
      wrong: "ok = a && !b", right: "ok = a and not b"))
}

extension Diagnostic {
  static func foreignSpelling(
    _ text: String, at span: Span, instead: String?, _ remedy: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      .foreignSpelling, at: span, "`\(text)` is not how thr writes it",
      remedy: remedy ?? instead.map { "write `\($0)`" },
      fixes: instead.map { [.init("write `\($0)`", replacing: span, with: $0)] } ?? [])
  }

  fileprivate static func doubleSlash(at span: Span, divides: Bool) -> Diagnostic {
    Diagnostic(
      .foreignSpelling, at: span, "`//` neither divides nor begins a comment",
      remedy: "write `#` for a comment, `floor(a / b)` for whole division",
      fixes: divides ? [] : [.init("write `#`", replacing: span, with: "#")])
  }

  fileprivate static func foreignQuote(
    around inner: String, from opening: Span, to closing: Span
  ) -> Diagnostic {
    // A straight quote inside would end the text.
    let isPlain = !inner.contains("\"") && !inner.contains("\\")
    return Diagnostic(
      .foreignSpelling, at: opening.union(closing), "write a text in straight double quotes",
      remedy: "write `\"…\"`",
      fixes: isPlain
        ? [.init("write `\"…\"`", replacing: opening.union(closing), with: "\"\(inner)\"")] : [])
  }

  fileprivate static func invisibleCharacter(_ scalar: Unicode.Scalar, at span: Span) -> Diagnostic
  {
    let number = String(scalar.value, radix: 16, uppercase: true)
    return Diagnostic(
      .unexpectedCharacter, at: span,
      "an invisible character, U+\(number), is used as a space",
      remedy: "write an ordinary space",
      fixes: [.init("write a space", replacing: span, with: " ")])
  }
}
