import Algorithms

/// Texts that come from anywhere, such as a column's name, made safe to show.
enum PlainText {
  /// The text on one line: line breaks and tabs are spaces, other control characters `�`, so that
  /// no text can command a terminal or break a document.
  static func oneLine(_ text: String) -> String {
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09...0x0D, 0x85, 0x2028, 0x2029: safe.append(" ")
      // Controls, the marks that reorder what follows them, and what XML forbids.
      case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069,
        0xFFFE, 0xFFFF:
        safe.append("\u{FFFD}")
      default: safe.append(scalar)
      }
    }
    return String(safe)
  }

  /// The text with what XML would take as its own written as entities.
  static func escapedForXML(_ text: String) -> String {
    var escaped = ""
    for character in oneLine(text).unicodeScalars {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }

  /// The longest beginning that fits, with an ellipsis where something is cut off.
  static func cut(
    _ text: String, to width: Double, ellipsis: String = "…", measure: (String) -> Double
  ) -> String {
    guard measure(text) > width else { return text }
    // Binary search: a beginning never gets narrower by growing.
    let characters = Array(text)
    let tooLong = characters.indices.dropFirst().partitioningIndex {
      measure(String(characters[..<$0]) + ellipsis) > width
    }
    var kept = characters[..<max(tooLong - 1, 0)]
    while kept.last == " " { kept.removeLast() }
    guard !kept.isEmpty else { return measure(ellipsis) <= width ? ellipsis : "" }
    return String(kept) + ellipsis
  }
}
