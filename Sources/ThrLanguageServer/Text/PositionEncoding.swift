import JSONText

/// The unit in which the characters of a line are counted.
enum PositionEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case utf32 = "utf-32"

  /// The one to use with a client: its own bytes where it counts them too, else UTF-16, which every
  /// client must know even where it does not say so.
  init(offered: [JSON]?) {
    let offered = Set((offered ?? []).compactMap(\.string))
    if offered.contains(Self.utf8.rawValue) {
      self = .utf8
    } else if offered.contains(Self.utf32.rawValue), !offered.contains(Self.utf16.rawValue) {
      self = .utf32
    } else {
      self = .utf16
    }
  }

  /// How many units a character has, from the bytes that it is written with: none for each byte
  /// but its first.
  func units(_ byte: UInt8) -> Int {
    switch self {
    case .utf8: 1
    case .utf16: byte.isContinuation ? 0 : byte >= 0xF0 ? 2 : 1
    case .utf32: byte.isContinuation ? 0 : 1
    }
  }
}

extension UInt8 {
  /// Whether the byte is a further one of a character in UTF-8.
  var isContinuation: Bool { self & 0xC0 == 0x80 }
}
