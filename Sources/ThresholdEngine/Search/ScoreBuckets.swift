/// A division of scores into up to 16,384 buckets by their leading bits, strictest bucket first.
///
/// Narrow near 0, wide far from it, as doubles are; each bucket is an interval of scores.
public struct ScoreBuckets: Hashable, Sendable {
  /// The most buckets there are.
  public static let most = 1 << 14

  /// The least and the greatest score.
  public let extent: ClosedRange<Double>
  /// How many buckets there are.
  public let count: Int
  /// The highest score's place in the order of all doubles.
  private let top: UInt64
  private let shift: UInt64

  /// Buckets for the scores from the least to the greatest; neither is NaN.
  public init(_ extent: ClosedRange<Double>) {
    self.extent = extent
    top = Self.order(extent.upperBound)
    let width = top - Self.order(extent.lowerBound)
    var shift: UInt64 = 0
    while width >> shift >= UInt64(Self.most) { shift += 1 }
    self.shift = shift
    count = Int(width >> shift) + 1
  }

  /// The bucket of a score within the extent; 0 for the highest scores.
  @inline(__always)
  public func bucket(of score: Double) -> Int {
    Int(truncatingIfNeeded: (top &- Self.order(score)) &>> shift)
  }

  /// The least and the greatest score that a bucket can hold, for sources that are asked by
  /// comparisons.
  public func scores(of bucket: Int) -> ClosedRange<Double> {
    let greatest = top - UInt64(bucket) << shift
    let reach: UInt64 = 1 << shift - 1
    let lowest = Self.order(extent.lowerBound)
    return Self.score(greatest - lowest < reach ? lowest : greatest - reach)...Self.score(greatest)
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
