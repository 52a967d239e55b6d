extension Parser {
  // text = '"' { CHARACTERS | interpolation } '"'
  func text() -> Expression.Text {
    let start = current.start
    let outer = layout
    layout = .brackets
    advance()
    var pieces: [Expression.Text.Piece] = []
    var highest = 0
    while kind != .textEnd, !isAtEnd {
      if kind == .textPiece {
        pieces.append(.literal(TextLiteral.value(bytes[current.start..<current.end])))
        advance()
      } else if take(.interpolationStart) {
        pieces.append(interpolation())
        highest = max(highest, height)
      } else {
        // Only after a fault inside an interpolation.
        advance()
      }
    }
    layout = outer
    advance()
    height = highest
    return Expression.Text(pieces: pieces, span: span(from: start))
  }

  // interpolation = "{" expression [ FORMAT ] "}"
  private func interpolation() -> Expression.Text.Piece {
    let value = expression()
    if kind != .format, kind != .interpolationEnd {
      report(unexpected(inStatementFrom: index))
      skipInterpolation { $0 == .format }
    }
    var format: Expression.Text.Format?
    if kind == .format {
      let written = Span(current.start + 1, current.end)
      format = .init(text(written), written)
      advance()
      if kind != .interpolationEnd {
        report(.unendedFormat(found, at: current.span))
        skipInterpolation()
      }
    }
    _ = take(.interpolationEnd)
    return .interpolation(value, format: format)
  }

  private func skipInterpolation(until stops: (Token.Kind) -> Bool = { _ in false }) {
    while kind != .interpolationEnd, kind != .textEnd, !isAtEnd, !stops(kind) {
      let before = index
      skip(until: stops)
      let isStuck = index == before && !stops(kind)
      if kind == .rightBrace || kind == .semicolon || kind == .newline || isStuck, !endsText {
        advance()
      }
    }
  }

  private var endsText: Bool { kind == .interpolationEnd || kind == .textEnd }
}

/// The value of the characters between two interpolations of a text.
enum TextLiteral {
  /// The characters with their escapes resolved; unknown ones stay as written.
  static func value(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
    let whole = Array(bytes)
    var result: [UInt8] = []
    var offset = 0
    while offset < whole.count {
      guard whole[offset] == UInt8(ascii: "\\") else {
        result.append(whole[offset])
        offset += 1
        continue
      }
      let escape = TextEscape(whole, at: offset)
      let end = min(offset + escape.length, whole.count)
      if let scalar = escape.scalar {
        result += Array(String(Character(scalar)).utf8)
      } else {
        result += whole[offset..<end]
      }
      offset = end
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension Diagnostic.Kind {
  public static let plainText = Self(
    "E0132", "plain-text",
    explanation: .init(
      "A text that names a file for `use`, or a field of a record, cannot contain a `{value}`.",
      wrong: "x = {\"a{1}\": 2}", right: "x = {\"a1\": 2}"))
}

extension Fault {
  fileprivate static func unendedFormat(_ found: String, at span: Span) -> Fault {
    Fault(
      .unexpectedToken, at: span, "unexpected \(found) in a format, which ends at its `}`",
      remedy: "a format contains neither quotes nor braces: `{value:.3f}`")
  }

  static func plainText(_ what: String, at span: Span) -> Fault {
    Fault(
      .plainText, at: span, "\(what) cannot contain a value in braces",
      remedy: "for a literal brace write `\\{`")
  }
}
