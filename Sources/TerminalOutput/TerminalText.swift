import ThrSyntax

/// Text on its way to a terminal.
public enum TerminalText {
  /// Where the escape sequences of a text come from.
  public enum Origin: Sendable {
    /// From data, names or messages: none is passed on.
    case data
    /// From thr's own rendering, which escapes its data itself: colours are passed on.
    case rendering
  }

  /// The text without anything that could steer a terminal: control characters are replaced by their
  /// pictures, such as `␛` for Esc; line breaks and tabs stay.
  ///
  /// All text that goes to a terminal goes through this; only what moves the cursor does not.
  ///
  /// - Complexity: O(*n*); a text with nothing to replace is returned as it is.
  public static func escaped(_ text: String, from origin: Origin = .data) -> String {
    var text = text
    guard text.withUTF8({ $0.contains(where: mayNeedEscape) }) else { return text }
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.first {
      let colour = origin == .rendering ? rest.colourSequence : rest.prefix(0)
      if colour.isEmpty {
        result.append(shown(scalar))
        rest.removeFirst()
      } else {
        result.append(contentsOf: colour)
        rest = rest[colour.endIndex...]
      }
    }
    return String(result)
  }

  private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    scalar == "\n" || scalar == "\t" ? scalar : scalar.controlPicture ?? scalar
  }

  /// Whether a character that needs an escape may begin with this byte of UTF-8.
  private static func mayNeedEscape(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F, 0xC2, 0xD8, 0xE2: true
    default: false
    }
  }
}

extension Substring.UnicodeScalarView {
  /// The sequence at the start that chooses a colour, `ESC [ 1 ; 31 m`; empty where there is none.
  fileprivate var colourSequence: Substring.UnicodeScalarView {
    let parameters = dropFirst(2)
    let end = parameters.prefix(16).drop { ("0"..."9").contains($0) || $0 == ";" }
    guard first == "\u{1B}", dropFirst().first == "[", end.first == "m" else { return prefix(0) }
    return self[...end.startIndex]
  }
}
