/// An entry as a line of the history file: when it was entered, how long it is, and its text with
/// line breaks escaped.
///
///     1764182000⇥17⇥x = [1,\n     2]
enum HistoryRecord {
  static func line(_ entry: String, at seconds: Int) -> String {
    "\(seconds)\t\(entry.utf8.count)\t\(escaped(entry))\n"
  }

  /// The entry of a line; `nil` where the line is torn or is none.
  static func entry(_ line: ArraySlice<UInt8>) -> String? {
    let fields = line.split(
      separator: UInt8(ascii: "\t"), maxSplits: 2, omittingEmptySubsequences: false)
    guard fields.count == 3, Int(String(decoding: fields[0], as: UTF8.self)) != nil,
      let count = Int(String(decoding: fields[1], as: UTF8.self))
    else { return nil }
    let bytes = unescaped(fields[2])
    guard bytes.count == count, !bytes.isEmpty else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The entries of a file's bytes; lines that are none are passed over.
  static func entries(_ bytes: ArraySlice<UInt8>) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n")).compactMap { entry($0) }
  }

  private static func escaped(_ entry: String) -> String {
    guard entry.utf8.contains(where: { $0 == backslash || $0 == lineFeed }) else { return entry }
    var result: [UInt8] = []
    for byte in entry.utf8 {
      switch byte {
      case backslash: result += [backslash, backslash]
      case lineFeed: result += [backslash, UInt8(ascii: "n")]
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    guard bytes.contains(backslash) else { return Array(bytes) }
    var result: [UInt8] = []
    var isEscaped = false
    for byte in bytes {
      if isEscaped {
        result.append(byte == UInt8(ascii: "n") ? lineFeed : byte)
        isEscaped = false
      } else if byte == backslash {
        isEscaped = true
      } else {
        result.append(byte)
      }
    }
    return result
  }

  private static let backslash = UInt8(ascii: "\\")
  private static let lineFeed = UInt8(ascii: "\n")
}
