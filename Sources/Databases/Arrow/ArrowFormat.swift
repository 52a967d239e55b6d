import CADBC

/// What the cells of an Arrow array are.
indirect enum ArrowFormat: Equatable, Sendable {
  case missing
  case boolean
  /// Whole numbers of 1, 2, 4 or 8 bytes.
  case whole(bytes: Int, isSigned: Bool)
  case single
  case double
  /// Whole numbers of 16 bytes, divided by a power of ten.
  case decimal(scale: Int)
  /// Texts, or bytes that are none, whose offsets have 4 or 8 bytes.
  case text(isWide: Bool)
  case bytes(isWide: Bool)
  /// Days since 1970.
  case days
  /// Milliseconds since 1970, whole days.
  case dayMilliseconds
  /// Units since midnight, so many in a second; of 4 or 8 bytes.
  case time(perSecond: Int64, bytes: Int)
  /// Units since 1970, so many in a second.
  case instant(perSecond: Int64, hasZone: Bool)
  /// Positions in an array of values.
  case dictionary(index: ArrowFormat, values: ArrowFormat)

  /// - Throws: `unsupportedType`.
  init(_ schema: ArrowSchema, column: String) throws(DatabaseError) {
    let text = schema.format.map { String(cString: $0) } ?? ""
    guard let format = Self.plain[text] ?? Self.described(text) else {
      throw .unsupportedType(column: column, format: text)
    }
    guard let values = schema.dictionary else {
      self = format
      return
    }
    guard case .whole = format else { throw .unsupportedType(column: column, format: text) }
    self = .dictionary(index: format, values: try ArrowFormat(values.pointee, column: column))
  }

  private static let plain: [String: ArrowFormat] = [
    "n": .missing, "b": .boolean, "f": .single, "g": .double,
    "c": .whole(bytes: 1, isSigned: true), "C": .whole(bytes: 1, isSigned: false),
    "s": .whole(bytes: 2, isSigned: true), "S": .whole(bytes: 2, isSigned: false),
    "i": .whole(bytes: 4, isSigned: true), "I": .whole(bytes: 4, isSigned: false),
    "l": .whole(bytes: 8, isSigned: true), "L": .whole(bytes: 8, isSigned: false),
    "u": .text(isWide: false), "U": .text(isWide: true),
    "z": .bytes(isWide: false), "Z": .bytes(isWide: true),
    "tdD": .days, "tdm": .dayMilliseconds,
    "tts": .time(perSecond: 1, bytes: 4), "ttm": .time(perSecond: 1_000, bytes: 4),
    "ttu": .time(perSecond: 1_000_000, bytes: 8), "ttn": .time(perSecond: 1_000_000_000, bytes: 8),
  ]

  /// Formats that have parameters: `d:38,10`, `tsu:UTC`.
  private static func described(_ text: String) -> ArrowFormat? {
    if text.hasPrefix("d:") {
      let parts = text.dropFirst(2).split(separator: ",").map { Int($0) }
      guard parts.count == 2 || (parts.count == 3 && parts[2] == 128), let scale = parts[1],
        (-100...100).contains(scale)
      else { return nil }
      return .decimal(scale: scale)
    }
    let units: [String: Int64] = [
      "tss:": 1, "tsm:": 1_000, "tsu:": 1_000_000, "tsn:": 1_000_000_000,
    ]
    return units[String(text.prefix(4))].map {
      .instant(perSecond: $0, hasZone: text.utf8.count > 4)
    }
  }

  /// How many buffers an array of the format has, of which the first says what is missing.
  var bufferCount: Int64 {
    switch self {
    case .missing: 0
    case .text, .bytes: 3
    default: 2
    }
  }
}
