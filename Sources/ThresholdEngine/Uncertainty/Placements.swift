import ParallelWork

/// For each positive the share of negatives that score below it, for each negative the share of
/// positives that score above it; ties count half.
///
/// In the order of the rows.
struct Placements: Sendable {
  private(set) var positives: [Double] = []
  private(set) var negatives: [Double] = []

  /// - Complexity: O(*n* log *n*).
  init(_ scores: Scores, _ isCancelled: () -> Bool) throws(Cancelled) {
    let rows = try SortedRows<NumberedKey>(scores, isCancelled)
    var places = [Double](repeating: 0, count: scores.count)
    let classes = (Double(scores.positives), Double(scores.negatives))
    var (tp, fp, start, question) = (0, 0, 0, RadixSort.stride)
    while start < rows.count {
      let end = rows.endOfTie(from: start)
      let hits = (start..<end).count { rows[$0].isPositive }
      // Half of those at the score itself: the sum of those above it and of those down to it.
      let beaten = 1 - Double(2 * fp + end - start - hits) / (2 * classes.1)
      let above = Double(2 * tp + hits) / (2 * classes.0)
      for position in start..<end {
        places[rows[position].row] = rows[position].isPositive ? beaten : above
      }
      (tp, fp, start) = (tp + hits, fp + end - start - hits, end)
      guard start > question else { continue }
      if isCancelled() { throw Cancelled() }
      question = start + RadixSort.stride
    }
    take(places, scores.labels)
  }

  private mutating func take(_ places: [Double], _ labels: [Bool]) {
    positives.reserveCapacity(places.count)
    negatives.reserveCapacity(places.count)
    for (place, isPositive) in zip(places, labels) {
      if isPositive { positives.append(place) } else { negatives.append(place) }
    }
  }

  var area: Double { Self.mean(positives) }

  static func mean(_ values: [Double]) -> Double {
    var sum = CompensatedSum()
    for value in values { sum.add(value) }
    return sum.value / Double(values.count)
  }

  /// Of the means of two lists of placements.
  static func covariance(_ one: [Double], _ other: [Double]) -> Double {
    let (first, second) = (mean(one), mean(other))
    var sum = CompensatedSum()
    for (left, right) in zip(one, other) { sum.add((left - first) * (right - second)) }
    return sum.value / Double((one.count - 1) * one.count)
  }
}

/// A key that carries the number of its row.
private struct NumberedKey: ScoredRowKey {
  let radixKey: UInt64
  let row: Int

  @inline(__always) init(_ key: UInt64, _ weights: [Double]?, _ row: Int) {
    (radixKey, self.row) = (key, row)
  }

  var isPositive: Bool { radixKey & 1 == 1 }
}
