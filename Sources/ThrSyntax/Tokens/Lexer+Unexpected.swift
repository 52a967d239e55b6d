extension Lexer {
  enum Hint {
    case commentInText, quote
    case escape(UInt8)
  }

  /// Reports and passes over a character that has no place here, with its repetitions.
  mutating func unexpected(length: Int, remedy: Hint? = nil) {
    let start = offset
    let character = bytes[start..<start + length]
    repeat { offset += length } while bytes[offset...].starts(with: character)
    let diagnostic = Diagnostic.unexpectedCharacter(
      String(decoding: character, as: UTF8.self), times: (offset - start) / length, remedy,
      at: Span(start, offset))
    if case .text = modes.last {
      report(diagnostic)
    } else {
      emitFaulty(.invalid, from: start, diagnostic)
    }
  }

  mutating func characterBeyondASCII() {
    guard let (_, length) = decodeScalar(in: bytes, at: offset) else { return invalidUTF8() }
    offset += length
  }

  mutating func invalidUTF8() {
    let start = offset
    while offset < bytes.count, bytes[offset] >= 0x80, decodeScalar(in: bytes, at: offset) == nil {
      offset += 1
    }
    let span = Span(start, offset)
    if case .text = modes.last {
      report(.invalidUTF8(bytes[start], at: span))
    } else {
      emitFaulty(.invalid, from: start, .invalidUTF8(bytes[start], at: span))
    }
  }

  /// Reports the first invalid UTF-8 in a comment or format, which may hold any characters.
  mutating func validate(_ range: Range<Int>) {
    var place = range.lowerBound
    while place < range.upperBound {
      if bytes[place] < 0x80 {
        place += 1
      } else if let (_, length) = decodeScalar(in: bytes, at: place) {
        place += length
      } else {
        return report(.invalidUTF8(bytes[place], at: Span(place, place + 1)))
      }
    }
  }
}

extension Diagnostic.Kind {
  public static let unexpectedCharacter = Self(
    "E0101", "unexpected-character",
    explanation: .init(
      "The character has no meaning in thr outside a text or a comment.",
      wrong: "x = $total", right: "x = total"))

  public static let invalidUTF8 = Self(
    "E0102", "invalid-utf8",
    explanation: .init(
      "A program is text in UTF-8; the bytes shown are not. Save the file again as UTF-8.",
      wrong: "a file saved as Latin-1 or UTF-16", right: "x = 1"))

  public static let tooLarge = Self(
    "E0108", "too-large",
    explanation: .init(
      "A program is at most 256 MiB long. Put data into a file that the program reads.",
      wrong: "x = [1, 2, 3, …]", right: "x = read(\"x.csv\")"))
}

extension Diagnostic {
  fileprivate static func unexpectedCharacter(
    _ character: String, times count: Int, _ hint: Lexer.Hint?, at span: Span
  ) -> Diagnostic {
    let scalar = character.unicodeScalars.first ?? " "
    let number = String(scalar.value, radix: 16, uppercase: true)
    let isVisible = scalar.value > 0x20 && scalar.value != 0x7F
    let name = isVisible ? "`\(character)`" : "the control character U+\(number)"
    let remedy: String? =
      switch hint {
      case .commentInText:
        "a text cannot contain a comment; for a literal brace write `\\{`"
      case .quote: "begin and end a text with `\"`"
      case .escape(let byte): "write it as `\\u{\(String(byte, radix: 16))}`"
      case nil: Self.habits[character]
      }
    return Diagnostic(
      .unexpectedCharacter, at: span,
      "\(name) has no meaning here" + (count > 1 ? ", \(count) times in a row" : ""),
      remedy: remedy)
  }

  private static let habits = [
    "?": "write a choice as `if condition { … } else { … }`",
    "@": "pass an argument by name: `evaluate(m, rows, at=t)`",
    "$": "write a name without a sign, and in a text in braces: `{name}`",
    "\\": "remove it: a statement continues after an operator or inside brackets",
    "`": "begin and end a text with `\"`",
    "~": "write `not`",
  ]

  fileprivate static func invalidUTF8(_ byte: UInt8, at span: Span) -> Diagnostic {
    let number = String(byte, radix: 16, uppercase: true)
    return Diagnostic(
      .invalidUTF8, at: span, "the byte 0x\(number) is not valid UTF-8 here",
      remedy: "save the file as UTF-8")
  }

  static func utf16() -> Diagnostic {
    Diagnostic(
      .invalidUTF8, at: Span(0, 2), "the file is in UTF-16, not in UTF-8",
      remedy: "save the file as UTF-8")
  }

  static func tooLarge() -> Diagnostic {
    Diagnostic(
      .tooLarge, at: Span(0, 0), "the program is longer than \(Source.largest >> 20) MiB",
      remedy: "put data into a file and read it with `read`")
  }
}
