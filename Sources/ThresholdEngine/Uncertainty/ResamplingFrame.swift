import ParallelWork

/// Sorted rows as a bootstrap draws from them: nothing in it changes, so that threads share it.
final class ResamplingFrame: @unchecked Sendable {
  let rows: Int
  /// 1 for a positive row, by its position in the order of falling score.
  let labels: RowBuffer<UInt8>
  /// The positions of the positives, then those of the negatives.
  let members: RowBuffer<UInt32>
  let positives: Int
  var negatives: Int { rows - positives }
  /// How many rows each candidate flags, strictest first.
  let ends: [UInt32]
  /// How many positives each candidate flags.
  let positivesFlagged: [UInt32]
  /// Whether a candidate is a score, which only competes in a sample that holds it.
  let needsOwnRow: Bool
  /// How many rows the standard threshold flags.
  let standardEnd: Int?
  let values: [(chosen: Double?, standard: Double?)]
  private let thresholds: [Double]

  /// - Complexity: O(*n*); 13 bytes a row.
  init(
    _ scores: Scores, _ task: ResamplingTask, isCancelled: () -> Bool
  ) throws(BootstrapError) {
    let sorted = try BootstrapError.ifCancelled { () throws(Cancelled) in
      try scores.sorted(isCancelled)
    }
    rows = sorted.count
    positives = scores.positives
    labels = RowBuffer(count: rows)
    members = RowBuffer(count: rows)
    let standard = task.tuning.default
    standardEnd = standard.map { sorted.count(atLeast: $0.threshold) }
    values = task.metrics.map { metric in
      (
        metric.value(of: task.tuning.confusion),
        standard.flatMap { metric.value(of: $0.confusion) }
      )
    }
    needsOwnRow = task.tuning.search == .exact
    do throws(TuningError) {
      (ends, thresholds) = try sorted.candidates(task.tuning.search)
    } catch { throw .tuning(error) }
    positivesFlagged = try Self.fill(labels, members, positives, ends, from: sorted, isCancelled)
  }

  private static func fill(
    _ labels: RowBuffer<UInt8>, _ members: RowBuffer<UInt32>, _ positives: Int, _ ends: [UInt32],
    from sorted: SortedScores, _ isCancelled: () -> Bool
  ) throws(BootstrapError) -> [UInt32] {
    var (nextPositive, nextNegative) = (0, positives)
    var flagged: [UInt32] = []
    flagged.reserveCapacity(ends.count)
    for position in 0..<sorted.count {
      while flagged.count < ends.count, ends[flagged.count] == position {
        flagged.append(UInt32(nextPositive))
      }
      let isPositive = sorted.isPositive(at: position)
      labels.start[position] = isPositive ? 1 : 0
      members.start[isPositive ? nextPositive : nextNegative] = UInt32(position)
      if isPositive { nextPositive += 1 } else { nextNegative += 1 }
      if position & 0xFFFF == 0, isCancelled() { throw .cancelled }
    }
    while flagged.count < ends.count { flagged.append(UInt32(nextPositive)) }
    return flagged
  }

  func threshold(_ candidate: Int) -> Double { thresholds[candidate] }

  /// The counts of all rows at a candidate; `nil` flags nothing.
  func confusion(_ candidate: Int?) -> Confusion {
    let flagged = candidate.map { Double(ends[$0]) } ?? 0
    let right = candidate.map { Double(positivesFlagged[$0]) } ?? 0
    return Confusion(
      tp: right, fp: flagged - right, positives: Double(positives), negatives: Double(negatives))
  }

  func decision(_ candidate: Int?) -> Decision {
    candidate.map { .threshold(thresholds[$0]) } ?? .flagNothing
  }
}

extension ResamplingFrame: Resampled {
  var classes: (positives: Int, negatives: Int) { (positives, negatives) }
  var units: Int? { nil }

  func resampler(
    for task: ResamplingTask, _ isCancelled: @escaping () -> Bool
  ) -> any Resampling {
    Resampler(self, task, isCancelled: isCancelled)
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
