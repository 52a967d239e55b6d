import Glibc

// A threshold that is shown must decide the same rows as the one that was chosen: rounded to the
// nearest decimal it often flags one row fewer.
extension Double {
  /// A threshold for people that flags the same rows: six decimals (six significant digits below
  /// 0.001), or as many more as it takes to lie above `lower` and not above `upper`.
  ///
  /// - Parameters:
  ///   - lower: The highest score that is not flagged; `nil` where every row is.
  ///   - upper: The lowest score that is flagged; `nil` where none is.
  public func thresholdText(above lower: Double?, upTo upper: Double?) -> String {
    nearestDecimal { number in
      (lower.map { number > $0 } ?? true) && (upper.map { number <= $0 } ?? true)
    }
  }

  /// A threshold for people where the rows are not known: as short as ``thresholdText`` only where
  /// that is the number itself.
  public var exactThresholdText: String {
    let text = thresholdText
    return Double(text) == self ? text : shortestText
  }

  /// The ends of an interval of thresholds, rounded inwards: every threshold within the decimals is
  /// within the interval.
  ///
  /// - Parameter isHalfOpen: Whether the lower end is not part of it, so that the ends must differ.
  public static func thresholdTexts(
    from lower: Double, to upper: Double, isHalfOpen: Bool
  ) -> (lower: String, upper: String) {
    for extra in 0..<12 {
      let low = lower.decimal(extra: extra) { $0 >= lower }
      let high = upper.decimal(extra: extra) { $0 <= upper }
      guard let low, let high, let start = Double(low), let end = Double(high) else { continue }
      if start < end || (start == end && !isHalfOpen) { return (low, high) }
    }
    return (lower.shortestText, upper.shortestText)
  }

  /// One end of such an interval that has no other.
  public func endText(isLower: Bool) -> String {
    nearestDecimal { isLower ? $0 >= self : $0 <= self }
  }

  private func nearestDecimal(_ isAllowed: (Double) -> Bool) -> String {
    for extra in 0..<12 {
      if let text = decimal(extra: extra, isAllowed) { return text }
    }
    return shortestText
  }

  /// The number as ``thresholdText`` has it, with `extra` more digits, or the decimal next to that
  /// where it is not allowed; `nil` where neither is.
  private func decimal(extra: Int, _ isAllowed: (Double) -> Bool) -> String? {
    guard isFinite, self != 0, magnitude < Self.longestInFull else { return shortestText }
    let isSmall = magnitude < 0.001
    let places = isSmall ? 5 - Int(log10(magnitude).rounded(.down)) + extra : 6 + extra
    func text(_ number: Double) -> String {
      if extra == 0 { return number.thresholdText }
      return isSmall
        ? number.significantText(digits: 6 + extra)
        : Self.withoutTrailingZeros(number.fixedText(decimals: places))
    }
    let unit = pow(10, -Double(places))
    let candidates = [self, self - unit, self + unit].map(text).filter {
      Double($0).map(isAllowed) ?? false
    }
    return candidates.min { distance($0) < distance($1) }
  }

  private func distance(_ text: String) -> Double {
    Double(text).map { abs($0 - self) } ?? .infinity
  }
}
