import JSONText

@testable import ThrLanguageServer

/// Rewrites the positions of messages between bytes, in which the marked scripts count, and what a
/// session counts in.
///
/// It counts by itself, character by character, so that the server's own counting is not what
/// vouches for it.
struct PositionTranslation {
  let lines: [String]
  let encoding: PositionEncoding

  /// Every position in a message of the test, as the server is to receive it.
  func reported(_ message: JSON) -> JSON { rewritten(message, character) }

  /// Every position in a message of the server, in bytes.
  func heard(_ message: JSON) -> JSON { rewritten(message, byte) }

  /// The byte of a line at which the character with a number stands.
  func byte(_ line: Int, _ character: Int) -> Int {
    var rest = character
    var byte = 0
    for scalar in scalars(line) where rest > 0 {
      rest -= width(scalar)
      byte += scalar.utf8.count
    }
    // What is beyond the line stays beyond it.
    return byte + rest
  }

  private func character(_ line: Int, _ byte: Int) -> Int {
    var rest = byte
    var character = 0
    for scalar in scalars(line) where rest > 0 {
      rest -= scalar.utf8.count
      character += width(scalar)
    }
    return character + rest
  }

  private func scalars(_ line: Int) -> String.UnicodeScalarView {
    lines.indices.contains(line) ? lines[line].unicodeScalars : "".unicodeScalars
  }

  private func width(_ scalar: Unicode.Scalar) -> Int {
    switch encoding {
    case .utf8: scalar.utf8.count
    case .utf16: scalar.utf16.count
    case .utf32: 1
    }
  }

  /// Everything with a line and a character: positions, and the two ends of a folding range.
  private func rewritten(_ json: JSON, _ convert: (Int, Int) -> Int) -> JSON {
    switch json {
    case .array(let elements): return .array(elements.map { rewritten($0, convert) })
    case .object(let object):
      var result = JSON.Object()
      for member in object.members { result[member.key] = rewritten(member.value, convert) }
      for (line, place) in [
        ("line", "character"), ("startLine", "startCharacter"), ("endLine", "endCharacter"),
      ] {
        if let line = object[line]?.integer, let number = object[place]?.integer {
          result[place] = .number(Double(convert(line, number)))
        }
      }
      return .object(result)
    default: return json
    }
  }
}
