/// How one of several entries compares with the first on the same rows.
public struct Difference: Hashable, Sendable {
  /// `nil` where undefined.
  public let value: Double?
  /// How much better than the first, positive where better; `nil` where undefined.
  public let gain: Double?
  public let interval: Confidence.Interval?
  /// How likely so large a difference is where there is none; `nil` where there is no interval.
  public let pValue: Double?

  public init(
    value: Double?, gain: Double?, interval: Confidence.Interval?, pValue: Double?
  ) {
    self.value = value
    self.gain = gain
    self.interval = interval
    self.pValue = pValue
  }

  /// The difference of two values with the same samples for both: percentiles of the pairs'
  /// differences, and the smallest α for which their interval of level 1 - α leaves out 0.
  ///
  /// - Parameters:
  ///   - samples: NaN where undefined.
  ///   - direction: Whether more is better.
  public init(
    of value: Double?, _ samples: [Double], from first: Double?, _ others: [Double],
    _ direction: Direction, level: Double
  ) {
    let sign: Double = direction == .maximise ? 1 : -1
    let gain = value.flatMap { value in first.map { sign * (value - $0) } }
    let gains = zip(samples, others).map { sign * ($0 - $1) }.filter { !$0.isNaN }
    guard let gain, !gain.isNaN, let interval = Confidence.Interval(of: gains, level: level) else {
      self.init(
        value: value, gain: gain.flatMap { $0.isNaN ? nil : $0 }, interval: nil, pValue: nil)
      return
    }
    self.init(value: value, gain: gain, interval: interval, pValue: Self.pValue(gains))
  }

  /// Twice the share of samples on the rarer side of 0, the sample at hand counted with them, so
  /// that it is never 0 (Davison and Hinkley 1997).
  private static func pValue(_ gains: [Double]) -> Double {
    let below = gains.count { $0 <= 0 }
    let above = gains.count { $0 >= 0 }
    return min(2 * Double(min(below, above) + 1) / Double(gains.count + 1), 1)
  }
}
