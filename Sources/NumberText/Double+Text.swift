import Glibc

extension Double {
  /// The shortest decimal that reads back as exactly this number.
  ///
  /// Whole numbers below 2⁵³ stand in full, and so do fractions down to 0.000001; beyond that an
  /// exponent is used: `1.5e-7`, `1e+16`. Infinities are `inf` and `-inf`; zero has no sign.
  public var shortestText: String {
    guard isFinite else { return isNaN ? "nan" : self < 0 ? "-inf" : "inf" }
    if magnitude < 0x1p53, let whole = Int(exactly: self) { return String(whole) }
    let text = description
    guard let mark = text.firstIndex(of: "e") else {
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
    guard let exponent = Int(text[text.index(after: mark)...]) else { return text }
    let mantissa = text[..<mark]
    if exponent < 0, exponent >= -6 { return Self.positional(mantissa, shiftedBy: -exponent) }
    let digits = mantissa.hasSuffix(".0") ? mantissa.dropLast(2) : mantissa
    return "\(digits)e\(exponent < 0 ? "-" : "+")\(abs(exponent))"
  }

  /// Moves the point of `d.ddd` to the left: `1.5` by 5 is `0.000015`.
  private static func positional(_ mantissa: Substring, shiftedBy places: Int) -> String {
    let sign = mantissa.hasPrefix("-") ? "-" : ""
    var digits = mantissa.filter(\.isNumber)
    if mantissa.hasSuffix(".0") { digits.removeLast() }
    return sign + "0." + String(repeating: "0", count: places - 1) + digits
  }

  /// The number with a fixed count of decimals, correctly rounded: `0.7556` with 3 is `0.756`.
  public func fixedText(decimals: Int) -> String {
    guard isFinite else { return shortestText }
    let text = formatted("%.*f", decimals)
    // A negative number that rounds to nothing keeps no sign.
    return text.hasPrefix("-") && !text.contains { ("1"..."9").contains($0) }
      ? String(text.dropFirst()) : text
  }

  /// The number with a count of significant digits, in exponent form: `1.235e-05`.
  public func scientificText(decimals: Int) -> String {
    isFinite ? formatted("%.*e", decimals) : shortestText
  }

  /// At most `digits` significant digits, without trailing zeros.
  public func significantText(digits: Int) -> String {
    isFinite ? formatted("%.*g", digits) : shortestText
  }

  /// A threshold for people: six decimals without trailing zeros, six significant digits below
  /// 0.001.
  public var thresholdText: String {
    guard isFinite, self != 0, magnitude < Self.longestInFull else { return shortestText }
    guard magnitude >= 0.001 else { return significantText(digits: 6) }
    return Self.withoutTrailingZeros(fixedText(decimals: 6))
  }

  /// A metric's value for people: three decimals.
  public var metricText: String { fixedText(decimals: 3) }

  /// A count for people: thousands separators; a weighted count keeps up to three decimals.
  public var countText: String {
    guard magnitude < Self.longestInFull else { return shortestText }
    let text = Self.withoutTrailingZeros(fixedText(decimals: 3))
    let sign = text.hasPrefix("-") ? "-" : ""
    let parts = text.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first, whole.allSatisfy(\.isNumber) else { return text }
    var grouped = ""
    for (position, digit) in whole.enumerated() {
      if position > 0, (whole.count - position).isMultiple(of: 3) { grouped += "," }
      grouped.append(digit)
    }
    return sign + grouped + (parts.count > 1 ? "." + parts[1] : "")
  }

  /// Numbers from here on are written with an exponent: hundreds of digits cannot be read.
  static let longestInFull = 1e16

  static func withoutTrailingZeros(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var digits = Substring(text)
    while digits.hasSuffix("0") { digits.removeLast() }
    if digits.hasSuffix(".") { digits.removeLast() }
    return String(digits)
  }

  /// The C library's formatting, which rounds correctly; `format` takes one precision.
  private func formatted(_ format: String, _ precision: Int) -> String {
    // 309 digits before the point, the decimals after it, sign, point and terminator.
    let precision = min(max(precision, 0), 1_000)
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: precision + 320) { buffer in
      let length = withVaList([Int32(precision), self]) {
        vsnprintf(buffer.baseAddress, buffer.count, format, $0)
      }
      return String(decoding: buffer.prefix(Int(max(length, 0))).map(UInt8.init), as: UTF8.self)
    }
  }
}
