import ParallelWork

/// Sorted rows as a bootstrap draws from them: nothing in it changes, so that threads share it.
///
/// A row is known by its place among those of its class, strictest first.
final class ResamplingFrame: Sendable {
  let positives: Int
  let negatives: Int
  /// How many rows of each class every candidate flags, strictest first.
  let flagged: (positives: [UInt32], negatives: [UInt32])
  /// The candidates that may be best: those with a positive that no stricter one flags, where
  /// mistakes never make the metric better; `nil` where all may be.
  let strong: [UInt32]?
  /// Whether a candidate is a score, which only competes in a sample that holds it.
  let needsOwnRow: Bool
  /// How many rows of each class the standard threshold flags.
  let standard: (positives: Int, negatives: Int)?
  let values: [(chosen: Double?, standard: Double?)]
  private let thresholds: [Double]

  /// - Complexity: O(*n*); 16 bytes a candidate.
  init(
    _ scores: Scores, _ task: ResamplingTask, isCancelled: () -> Bool
  ) throws(BootstrapError) {
    let sorted = try BootstrapError.ifCancelled { () throws(Cancelled) in
      try scores.sorted(isCancelled)
    }
    positives = scores.positives
    negatives = sorted.count - positives
    let standard = task.tuning.default
    self.standard = standard.map { reference in
      (Int(reference.confusion.truePositives), Int(reference.confusion.falsePositives))
    }
    values = task.metrics.map { metric in
      (
        metric.value(of: task.tuning.confusion),
        standard.flatMap { metric.value(of: $0.confusion) }
      )
    }
    needsOwnRow = task.tuning.search == .exact
    let ends: [UInt32]
    do throws(TuningError) {
      (ends, thresholds) = try sorted.candidates(task.tuning.search)
    } catch { throw .tuning(error) }
    flagged = try sorted.flagged(ends, isCancelled)
    strong = task.question.needsPositives ? Self.strong(flagged.positives) : nil
  }

  private static func strong(_ positives: [UInt32]) -> [UInt32] {
    positives.indices.filter { $0 == 0 ? positives[0] > 0 : positives[$0] > positives[$0 - 1] }
      .map { UInt32($0) }
  }

  var candidates: Int { thresholds.count }

  func threshold(_ candidate: Int) -> Double { thresholds[candidate] }

  /// The counts of all rows at a candidate; `nil` flags nothing.
  func confusion(_ candidate: Int?) -> Confusion {
    Confusion(
      tp: candidate.map { Double(flagged.positives[$0]) } ?? 0,
      fp: candidate.map { Double(flagged.negatives[$0]) } ?? 0, positives: Double(positives),
      negatives: Double(negatives))
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

extension Question {
  /// Whether only a candidate with a positive of its own can be best: one with mistakes alone is no
  /// better than the stricter one before it, which then wins.
  fileprivate var needsPositives: Bool {
    constraint == nil && certificate == nil && ties == .highest
      && goal == metric.name?.direction && metric.isNeverImprovedByMistakes
  }
}

extension SortedScores {
  /// How many rows of each class are among the first ones.
  fileprivate func flagged(
    _ ends: [UInt32], _ isCancelled: () -> Bool
  ) throws(BootstrapError) -> (positives: [UInt32], negatives: [UInt32]) {
    var flagged: (positives: [UInt32], negatives: [UInt32]) = ([], [])
    var (position, positives) = (0, 0)
    for end in ends {
      while position < Int(end) {
        positives += isPositive(at: position) ? 1 : 0
        position += 1
        if position & 0xFFFF == 0, isCancelled() { throw .cancelled }
      }
      flagged.positives.append(UInt32(positives))
      flagged.negatives.append(UInt32(position - positives))
    }
    return flagged
  }

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
