import ParallelWork

/// Sorted rows as a bootstrap draws from them: nothing in it changes, so that threads share it.
final class ResamplingFrame: @unchecked Sendable {
  let rows: Int
  /// 1 for a positive row, by its position in the order of falling score.
  let labels: RowBuffer<UInt8>
  /// The positions of the positives, then those of the negatives.
  let members: RowBuffer<UInt32>
  let positives: Int
  /// The weight of each row where rows are weighted.
  let units: RowBuffer<WeightSum.Units>?
  let sum: WeightSum?
  /// How many rows there are, or how much weight.
  let total: Double
  /// How many rows each candidate flags, strictest first.
  let ends: [UInt32]
  /// Whether a candidate is a score, which only competes in a sample that holds it.
  let needsOwnRow: Bool
  /// How many rows the standard threshold flags.
  let standardEnd: Int?
  private let thresholds: [Double]

  /// - Complexity: O(*n*); 13 bytes a row, 45 where weighted.
  init(
    _ scores: Scores, search: Search, standard: Double?, isCancelled: () -> Bool
  ) throws(BootstrapError) {
    let sorted = try BootstrapError.ifCancelled { () throws(Cancelled) in
      try scores.sorted(isCancelled)
    }
    let scores = scores.withoutWeightlessRows()
    rows = sorted.count
    positives = scores.positives
    labels = RowBuffer(count: rows)
    members = RowBuffer(count: rows)
    sum = scores.weightSum
    let totals = scores.classTotals
    total = totals.positives + totals.negatives
    units = scores.weights == nil ? nil : RowBuffer(count: rows)
    standardEnd = standard.map(sorted.count(atLeast:))
    needsOwnRow = search == .exact
    do throws(TuningError) {
      (ends, thresholds) = try sorted.candidates(search)
    } catch { throw .tuning(error) }
    try fill(from: sorted, isCancelled)
  }

  private func fill(
    from sorted: SortedScores, _ isCancelled: () -> Bool
  ) throws(BootstrapError) {
    var (nextPositive, nextNegative) = (0, positives)
    for position in 0..<rows {
      let isPositive = sorted.isPositive(at: position)
      labels.start[position] = isPositive ? 1 : 0
      members.start[isPositive ? nextPositive : nextNegative] = UInt32(position)
      if isPositive { nextPositive += 1 } else { nextNegative += 1 }
      if let units, let weight = sorted.units(at: position) { units.start[position] = weight }
      if position & 0xFFFF == 0, isCancelled() { throw .cancelled }
    }
  }

  func decision(_ candidate: UInt64?) -> Decision {
    candidate.map { .threshold(thresholds[Int($0)]) } ?? .flagNothing
  }
}

extension SortedScores {
  /// How many rows each candidate of a search flags, and its threshold, strictest first.
  fileprivate func candidates(
    _ search: Search
  ) throws(TuningError) -> (ends: [UInt32], thresholds: [Double]) {
    guard case .grid(let from, let to, let step) = search else { return distinct }
    let grid = try GridPoints(from: from ?? 0, to: to ?? 1, step: step)
    let thresholds = Array(grid.points.reversed())
    return (thresholds.map { UInt32(count(atLeast: $0)) }, thresholds)
  }

  /// Where each distinct score ends, and the scores, strictest first.
  fileprivate var distinct: (ends: [UInt32], thresholds: [Double]) {
    var (ends, thresholds): ([UInt32], [Double]) = ([], [])
    for position in 0..<count {
      let score = score(at: position)
      guard position + 1 == count || self.score(at: position + 1) != score else { continue }
      ends.append(UInt32(position + 1))
      thresholds.append(score)
    }
    return (ends, thresholds)
  }
}
