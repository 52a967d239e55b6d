/// Dates and times as ISO 8601 has them.
enum CalendarText {
  /// `2024-02-29`; O(1).
  ///
  /// - Parameters:
  ///   - date: since 1970-01-01, in units of which `perDay` are a day.
  static func appendDate(_ date: Int64, _ perDay: Int64, to text: inout [UInt8]) {
    appendDate(floorDivided(date, perDay), to: &text)
  }

  /// - Parameter day: days since 1970-01-01, in the Gregorian calendar also before 1582.
  private static func appendDate(_ day: Int64, to text: inout [UInt8]) {
    // Years that begin in March, in eras of 400 (Hinnant, chrono-compatible low-level date
    // algorithms).
    let shifted = day &+ 719_468
    let era = floorDivided(shifted, 146_097)
    let dayOfEra = shifted &- era &* 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra &+ era &* 400 &+ (month <= 2 ? 1 : 0)
    if year < 0 { text.append(UInt8(ascii: "-")) }
    append(Int64(clamping: year.magnitude), digits: 4, to: &text)
    text.append(UInt8(ascii: "-"))
    append(month, digits: 2, to: &text)
    text.append(UInt8(ascii: "-"))
    append(dayOfMonth, digits: 2, to: &text)
  }

  /// `23:59:01.500`, without a fraction that is 0.
  ///
  /// - Parameters:
  ///   - time: since midnight, in units of which `perSecond` are a second.
  static func appendTime(_ time: Int64, _ perSecond: Int64, to text: inout [UInt8]) {
    let seconds = floorDivided(time, perSecond)
    append(seconds / 3_600, digits: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(seconds / 60 % 60, digits: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(seconds % 60, digits: 2, to: &text)
    let fraction = time &- seconds &* perSecond
    guard fraction != 0 else { return }
    text.append(UInt8(ascii: "."))
    append(fraction, digits: String(perSecond).utf8.count - 1, to: &text)
  }

  /// `2024-02-29T23:59:01.500Z`, the `Z` for times in UTC.
  static func appendTimestamp(
    _ time: Int64, _ perSecond: Int64, isUTC: Bool, to text: inout [UInt8]
  ) {
    let perDay = 86_400 * perSecond
    let day = floorDivided(time, perDay)
    appendDate(day, to: &text)
    text.append(UInt8(ascii: "T"))
    appendTime(time &- day &* perDay, perSecond, to: &text)
    if isUTC { text.append(UInt8(ascii: "Z")) }
  }

  private static func floorDivided(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
  }

  private static func append(_ value: Int64, digits: Int, to text: inout [UInt8]) {
    let shown = String(value).utf8
    text.append(contentsOf: repeatElement(0x30, count: max(0, digits - shown.count)))
    text.append(contentsOf: shown)
  }
}
