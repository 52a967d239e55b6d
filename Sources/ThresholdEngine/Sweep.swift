/// The outcome counts at every distinct score, strictest threshold first: sort once, count once,
/// and every curve and every rule is a view.
///
/// Flagging nothing comes before the first; it is not listed.
public struct Sweep: Hashable, Sendable {
  /// Every distinct score, falling.
  public private(set) var thresholds: [Double] = []
  /// The flagged positives, in rows or in weight, at each threshold; never falling.
  public private(set) var truePositives: [Double] = []
  /// The flagged negatives, likewise.
  public private(set) var falsePositives: [Double] = []
  /// All positives and all negatives, in rows or in weight.
  public let positives: Double
  public let negatives: Double

  /// Sorts and counts.
  ///
  /// Rows of weight 0 are left out.
  ///
  /// - Throws: `Cancelled` soon after `isCancelled`, asked every few milliseconds, says so.
  /// - Complexity: O(*n*) in the number of rows; 24 bytes a distinct score are kept.
  public init(
    _ scores: Scores, isCancelled: () -> Bool = { false }
  ) throws(Cancelled) {
    let sorted = try SortedScores(scores.withoutWeightlessRows(), isCancelled: isCancelled)
    positives = sorted.positives
    negatives = sorted.negatives
    // Reserved, not touched: what few distinct scores leave over costs no memory.
    thresholds.reserveCapacity(sorted.count)
    truePositives.reserveCapacity(sorted.count)
    falsePositives.reserveCapacity(sorted.count)
    let decoded = Column.allocate()
    defer { decoded.deallocate() }
    try sorted.forEachBlock(isCancelled: isCancelled) { block in
      sorted.decodeThresholds(of: block, into: decoded)
      thresholds.append(contentsOf: UnsafeBufferPointer(start: decoded, count: block.count))
      truePositives.append(
        contentsOf: UnsafeBufferPointer(start: block.truePositives, count: block.count))
      falsePositives.append(
        contentsOf: UnsafeBufferPointer(start: block.falsePositives, count: block.count))
    }
  }

  public var count: Int { thresholds.count }

  /// The counts when every score of at least `thresholds[index]` is flagged.
  public func confusion(at index: Int) -> Confusion {
    Confusion(
      tp: truePositives[index], fp: falsePositives[index], positives: positives,
      negatives: negatives)
  }
}
