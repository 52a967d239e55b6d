/// A division of scores into up to 16,384 buckets, strictest bucket first; each bucket is an
/// interval of scores.
///
/// By the leading bits of a Double: narrow near 0, wide far from it, as doubles are. Or, for sources
/// that only have arithmetic, by the steps of a grid: ⌊score · 2^exponent⌋, which is exact.
public struct ScoreBuckets: Hashable, Sendable {
  /// The upper limit of `count`.
  public static let most = 1 << 14

  /// The least and the greatest score.
  public let extent: ClosedRange<Double>
  /// How many buckets there are.
  public let count: Int
  /// The power of two that scores are multiplied by, of a grid; `nil` where leading bits decide.
  public let exponent: Int?

  /// The highest score's place in the order of all doubles.
  let top: UInt64
  let shift: UInt64
  private let scale: Double
  private let topStep: Double

  /// Buckets for the scores from the least to the greatest; neither is NaN.
  ///
  /// - Parameter most: How many buckets there may be, 1 to 16,384.
  public init(_ extent: ClosedRange<Double>, atMost most: Int = ScoreBuckets.most) {
    self.extent = extent
    top = Self.order(extent.upperBound)
    let width = top - Self.order(extent.lowerBound)
    let limit = UInt64(min(max(most, 1), Self.most))
    var shift: UInt64 = 0
    while width >> shift >= limit { shift += 1 }
    self.shift = shift
    count = Int(width >> shift) + 1
    (exponent, scale, topStep) = (nil, 1, 0)
  }

  /// The finest grid of at most so many buckets whose steps are whole numbers below 2⁵³.
  ///
  /// By leading bits where an end of the scores is infinite.
  ///
  /// - Parameter most: How many buckets there may be, 2 to 16,384.
  public init(grid extent: ClosedRange<Double>, atMost most: Int = ScoreBuckets.most) {
    let isFinite = extent.lowerBound.isFinite && extent.upperBound.isFinite
    if isFinite { self.init(finite: extent, atMost: most) } else { self.init(extent, atMost: most) }
  }

  private init(finite extent: ClosedRange<Double>, atMost most: Int) {
    let limit = Double(min(max(most, 2), Self.most))
    let ends = [extent.lowerBound, extent.upperBound].map(\.magnitude)
    // Where steps are whole below 2^52, and a multiplication neither overflows nor loses bits.
    let greatest = max(ends[0], ends[1])
    var exponent = greatest > 0 ? min(51 - Int(greatest.exponent), 900) : 0
    func steps(_ score: Double) -> Double { (score * Self.power(exponent)).rounded(.down) }
    while steps(extent.upperBound) - steps(extent.lowerBound) >= limit { exponent -= 1 }
    self.extent = extent
    self.exponent = exponent
    scale = Self.power(exponent)
    topStep = steps(extent.upperBound)
    count = Int(topStep - steps(extent.lowerBound)) + 1
    (top, shift) = (Self.order(extent.upperBound), 0)
  }

  private static func power(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }

  /// The bucket of a score within the extent; 0 for the highest scores.
  @inline(__always)
  public func bucket(of score: Double) -> Int {
    exponent == nil
      ? Int(truncatingIfNeeded: (top &- Self.order(score)) &>> shift)
      : Int(topStep - (score * scale).rounded(.down))
  }

  /// Of a grid: ⌊score · 2^exponent⌋ of the scores of a bucket, below 2⁵³ in magnitude.
  public func step(of bucket: Int) -> Int { Int(topStep) - bucket }

  /// The least and the greatest score that a bucket can hold, for sources that are asked by
  /// comparisons.
  public func scores(of bucket: Int) -> ClosedRange<Double> {
    if exponent != nil { return scoresOfStep(topStep - Double(bucket)) }
    let greatest = top - UInt64(bucket) << shift
    let reach: UInt64 = 1 << shift - 1
    let lowest = Self.order(extent.lowerBound)
    return Self.score(greatest - lowest < reach ? lowest : greatest - reach)...Self.score(greatest)
  }

  private func scoresOfStep(_ step: Double) -> ClosedRange<Double> {
    let low = max(step / scale, extent.lowerBound)
    return low...max(low, min(((step + 1) / scale).nextDown, extent.upperBound))
  }

  /// The place of a score in the order of all doubles; ±0 is 0.
  @inline(__always)
  private static func order(_ score: Double) -> UInt64 {
    let bits = (score + 0).bitPattern
    // A sign bit turns the order of what follows around.
    return bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) >> 63) | 1 << 63)
  }

  /// The score at a place; the place of -0 has none, as it counts as 0.
  private static func score(_ order: UInt64) -> Double {
    if order == 1 << 63 - 1 { return -.leastNonzeroMagnitude }
    return Double(bitPattern: order >> 63 == 1 ? order ^ 1 << 63 : ~order)
  }
}
