import ParallelWork

/// Rows counted by buckets of the score's leading bits, strictest bucket first.
///
/// All that a search without sorting asks of the data: the same two questions, how many rows of
/// each class a bucket holds and which rows some buckets hold, could be put to a database.
struct ScoreBuckets {
  static let most = 1 << 14

  /// The highest score's place in the order of all doubles.
  private let top: UInt64
  private let shift: UInt64
  /// How many negatives and positives each bucket holds, one after the other.
  private(set) var counts: [UInt32]

  var count: Int { counts.count / 2 }
  func negatives(_ bucket: Int) -> Double { Double(counts[2 * bucket]) }
  func positives(_ bucket: Int) -> Double { Double(counts[2 * bucket + 1]) }

  /// - Complexity: O(*n*), and memory for the buckets only.
  init(
    _ scores: Scores, extent: ClosedRange<Double>, isCancelled: () -> Bool
  ) throws(Cancelled) {
    top = Self.order(extent.upperBound)
    let width = top - Self.order(extent.lowerBound)
    var shift: UInt64 = 0
    while width >> shift >= UInt64(Self.most) { shift += 1 }
    self.shift = shift
    counts = Array(repeating: 0, count: 2 * (Int(width >> shift) + 1))
    let buckets = self
    try Self.forEachStretch(of: scores, isCancelled) { rows, values, labels in
      counts.withUnsafeMutableBufferPointer { counts in
        for row in rows {
          let bucket = buckets.bucket(of: values[row])
          counts[2 &* bucket &+ (labels[row] ? 1 : 0)] &+= 1
        }
      }
    }
  }

  /// The rows of the chosen buckets.
  func rows(
    of scores: Scores, in isChosen: [Bool], isCancelled: () -> Bool
  ) throws(Cancelled) -> (values: [Double], labels: [Bool]) {
    var kept: (values: [Double], labels: [Bool]) = ([], [])
    try Self.forEachStretch(of: scores, isCancelled) { rows, values, labels in
      isChosen.withUnsafeBufferPointer { isChosen in
        for row in rows where isChosen[bucket(of: values[row])] {
          kept.values.append(values[row])
          kept.labels.append(labels[row])
        }
      }
    }
    return kept
  }

  /// 0 for the highest scores.
  @inline(__always)
  func bucket(of score: Double) -> Int {
    Int(truncatingIfNeeded: (top &- Self.order(score)) &>> shift)
  }

  /// The place of a score in the order of all doubles; ±0 is 0.
  @inline(__always)
  private static func order(_ score: Double) -> UInt64 {
    let bits = (score + 0).bitPattern
    // A sign bit turns the order of what follows around.
    return bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) >> 63) | 1 << 63)
  }

  @inline(__always)
  private static func forEachStretch(
    of scores: Scores, _ isCancelled: () -> Bool,
    _ body: (Range<Int>, UnsafeBufferPointer<Double>, UnsafeBufferPointer<Bool>) -> Void
  ) throws(Cancelled) {
    var start = 0
    while start < scores.rows {
      let end = min(start + RadixSort.stride, scores.rows)
      scores.values.withUnsafeBufferPointer { values in
        scores.labels.withUnsafeBufferPointer { labels in body(start..<end, values, labels) }
      }
      if isCancelled() { throw Cancelled() }
      start = end
    }
  }
}
