/// Days and times as texts.
enum DayText {
  /// The day so many days after 1970-01-01, in the Gregorian calendar.
  static func day(_ days: Int64) -> String {
    // A year beyond five digits is no date but a number.
    guard days.magnitude < 20_000_000 else { return "\(days)" }
    // Howard Hinnant, chrono-compatible low-level date algorithms: civil_from_days.
    let shifted = days + 719_468
    let era = floor(shifted, 146_097)
    let dayOfEra = era.remainder
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let number = month < 10 ? month + 3 : month - 9
    let year = yearOfEra + era.quotient * 400 + (number <= 2 ? 1 : 0)
    return "\(padded(year, 4))-\(padded(number, 2))-\(padded(day, 2))"
  }

  /// A time of day.
  static func time(_ units: Int64, _ perSecond: Int64) -> String {
    let (seconds, fraction) = floor(units, perSecond)
    let text = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }
      .joined(separator: ":")
    guard fraction > 0 else { return text }
    var digits = padded(fraction, "\(perSecond)".count - 1)
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(text).\(digits)"
  }

  /// A day and a time.
  static func instant(_ units: Int64, _ perSecond: Int64) -> String {
    let (days, rest) = floor(units, 86_400 * perSecond)
    return "\(day(days)) \(time(rest, perSecond))"
  }

  static func floor(_ number: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = "\(number.magnitude)"
    return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count))
      + digits
  }
}
