/// What the integers stand for that a binary format stores for the cells of a column.
enum CellMeaning: Hashable, Sendable {
  case integer
  /// The bits are those of an unsigned integer.
  case unsigned
  /// Divided by this power of ten.
  case decimal(scale: Int)
  case boolean
  /// Since 1970, in units of which a day has so many.
  case date(perDay: Int64)
  /// Of the day.
  case time(perSecond: Int64)
  /// Since 1970; in UTC, or wherever the clock stood.
  case timestamp(perSecond: Int64, isUTC: Bool)

  /// Whether the cells are texts rather than numbers.
  var isText: Bool {
    switch self {
    case .integer, .unsigned, .decimal: false
    case .boolean, .date, .time, .timestamp: true
    }
  }

  /// The number; `nil` for an integer that no Double holds.
  ///
  /// A number with decimals is rounded, as everywhere.
  @inline(__always)
  func number(_ value: Int64) -> Double? {
    switch self {
    case .unsigned: return value >= 0 ? exact(value) : exact(UInt64(bitPattern: value))
    case .decimal(let scale) where scale != 0: return Self.number(Int128(value), scale: scale)
    default: return exact(value)
    }
  }

  @inline(__always)
  private func exact<Number: FixedWidthInteger>(_ value: Number) -> Double? {
    let number = Double(value)
    return number.magnitude < 0x1p53 ? number : Double(exactly: value)
  }

  /// The same of an integer of up to 128 bits.
  func number(_ value: Int128) -> Double? {
    if case .decimal(let scale) = self, scale != 0 { return Self.number(value, scale: scale) }
    return exact(value)
  }

  private static func number(_ value: Int128, scale: Int) -> Double? {
    // Both operands are exact, so that one rounding gives the nearest number.
    if value.magnitude < 1 << 53, (1...22).contains(scale) {
      return Double(value) / powers[scale]
    }
    var text: [UInt8] = []
    CellMeaning.decimal(scale: scale).write(value, into: &text)
    return text.withUnsafeBufferPointer { text in
      if case .number(let number) = CellText.number(in: text) { number } else { nil }
    }
  }

  private static let powers: [Double] = (0..<22).reduce(into: [1]) { powers, place in
    powers.append(powers[place] * 10)
  }

  func write(_ value: Int64, into text: inout [UInt8]) {
    switch self {
    case .integer: text.append(contentsOf: String(value).utf8)
    case .unsigned: text.append(contentsOf: String(UInt64(bitPattern: value)).utf8)
    case .decimal: write(Int128(value), into: &text)
    case .boolean: text.append(contentsOf: (value != 0 ? "true" : "false").utf8)
    case .date(let perDay): CalendarText.appendDate(value, perDay, to: &text)
    case .time(let perSecond): CalendarText.appendTime(value, perSecond, to: &text)
    case .timestamp(let perSecond, let isUTC):
      CalendarText.appendTimestamp(value, perSecond, isUTC: isUTC, to: &text)
    }
  }

  /// An integer of up to 128 bits with its decimals.
  func write(_ value: Int128, into text: inout [UInt8]) {
    guard case .decimal(let scale) = self, scale != 0 else {
      return text.append(contentsOf: String(value).utf8)
    }
    var digits = Array(String(value.magnitude).utf8)
    if scale < 0 {
      if value != 0 { digits += [UInt8](repeating: 0x30, count: -scale) }
    } else {
      if digits.count <= scale {
        digits = [UInt8](repeating: 0x30, count: scale + 1 - digits.count) + digits
      }
      digits.insert(UInt8(ascii: "."), at: digits.count - scale)
    }
    if value < 0 { text.append(UInt8(ascii: "-")) }
    text.append(contentsOf: digits)
  }
}
