import CKernels
import ParallelWork

/// How the scores of two classes stand to each other, found by sorting the smaller class only.
///
/// Each row of the larger class is looked up among the few rows of the smaller that share its
/// bucket: exact, ties too, and no copy of the larger class.
struct RankCounts {
  let positives: Double
  let negatives: Double
  /// Pairs of a positive and a negative: of the higher score, and of equal ones.
  private let pairs: (won: UInt64, tied: UInt64)
  /// Where positives were sorted: how many negatives have each number of positives above them.
  private let slots: [UInt32]?
  private let sorted: [Double]

  /// Below this a sort is as fast; above, numbers of pairs may not fit.
  private static let rows = 1 << 16..<1 << 31

  /// - Parameter countsSlots: Whether the average precision is asked for too.
  /// - Returns: `nil` where sorting all rows is the better way: where it has been done, there are
  ///   few rows, they have weights, or no class is much smaller.
  /// - Complexity: O(*n* log *k*) for *k* rows of the smaller class in a bucket.
  init?(_ scores: Scores, countsSlots: Bool, isCancelled: () -> Bool) throws(Cancelled) {
    let isPositive = scores.positives <= scores.negatives || countsSlots
    let smaller = isPositive ? scores.positives : scores.negatives
    guard !scores.isSorted, scores.weights == nil, Self.rows.contains(scores.count),
      smaller > 0, smaller <= scores.count / 3
    else { return nil }
    (positives, negatives) = scores.classTotals
    let buckets = ScoreBuckets(scores.extent)
    let counts = try scores.counts(in: buckets, isCancelled: isCancelled)
    let sorted = try scores.sorted(class: isPositive, isCancelled)
    let starts = (isPositive ? counts.positives : counts.negatives)
      .reduce(into: [UInt32(0)]) { $0.append($0[$0.count - 1] + UInt32($1)) }
    let found = try Self.rank(
      scores, among: sorted, (buckets, starts, label: !isPositive),
      slots: countsSlots ? smaller + 1 : 0, isCancelled)
    let all = UInt64(scores.positives) * UInt64(scores.negatives)
    pairs = (isPositive ? found.above : all - found.above - found.equal, found.equal)
    slots = countsSlots ? found.slots : nil
    self.sorted = sorted
  }

  private struct Found: Sendable {
    var above: UInt64 = 0
    var equal: UInt64 = 0
    var slots: [UInt32]
  }

  private static func rank(
    _ scores: Scores, among sorted: [Double],
    _ division: (buckets: ScoreBuckets, starts: [UInt32], label: Bool), slots: Int,
    _ isCancelled: () -> Bool
  ) throws(Cancelled) -> Found {
    let empty = Found(slots: Array(repeating: 0, count: slots))
    return try RowPass.run(0..<scores.count, isCancelled, from: empty) {
      [values = scores.values, labels = scores.labels] found, rows in
      let (buckets, starts, label) = division
      var (above, equal) = (found.above, found.equal)
      found.slots.withUnsafeMutableBufferPointer { slots in
        starts.withUnsafeBufferPointer { starts in
          sorted.withUnsafeBufferPointer { sorted in
            var ranking = thr_ranking(
              top: buckets.top, shift: UInt32(buckets.shift), label: label ? 1 : 0,
              starts: starts.baseAddress, sorted: sorted.baseAddress)
            RowPass.withRows(values, labels, rows) { values, labels in
              thr_rank_rows(
                &ranking, values, labels, rows.count, &above, &equal,
                slots.isEmpty ? nil : slots.baseAddress)
            }
          }
        }
      }
      (found.above, found.equal) = (above, equal)
    } join: { whole, part in
      whole.above += part.above
      whole.equal += part.equal
      for slot in whole.slots.indices { whole.slots[slot] += part.slots[slot] }
    }
  }
}

extension RankCounts {
  /// The area under the ROC curve: the share of pairs that the positive wins, ties counted half.
  var areaUnderROC: Double? {
    let whole = 2 * positives * negatives
    return whole > 0 ? min(Double(2 * pairs.won + pairs.tied) / whole, 1) : nil
  }

  /// The average precision, summed at the same thresholds and in the same order as from all rows.
  var averagePrecision: Double? {
    guard let slots else { return nil }
    var area = AreaUnderSteps()
    var (row, negatives) = (0, 0.0)
    while row < sorted.count {
      negatives += Double(slots[row])
      var end = row + 1
      while end < sorted.count, sorted[end] == sorted[row] { end += 1 }
      area.add(Double(end), negatives)
      // Between equal scores there is none.
      row = end
    }
    return area.value(positives: positives)
  }
}

extension Scores {
  /// The scores of one class, falling.
  fileprivate func sorted(
    class isPositive: Bool, _ isCancelled: () -> Bool
  ) throws(Cancelled) -> [Double] {
    let found = try RowPass.run(0..<count, isCancelled, from: [Double]()) {
      [values, labels] found, rows in
      for row in rows where labels[row] == isPositive { found.append(values[row]) }
    } join: {
      $0 += $1
    }
    let labels = [Bool](repeating: isPositive, count: found.count)
    let rows = Scores(unchecked: found, labels, nil)
    let sorted = try SortedScores(part: rows, nil, isCancelled: isCancelled)
    return (0..<found.count).map { sorted.score(at: $0) }
  }
}
