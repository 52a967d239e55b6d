import Algorithms
import ParallelWork
import Synchronization

/// The counts of every fold at each threshold: each fold is sorted once, and all questions to any
/// of them together are answered by merging.
struct FoldSweeps: Sendable {
  let folds: [Fold]
  let search: Search
  let rounds: Int

  struct Fold: Sendable {
    let round: Int
    let scores: Scores
    let sweep: Sweep
    var positives: Double { sweep.positives }
    var negatives: Double { sweep.negatives }
  }

  /// - Complexity: O(*n*), on all processors.
  init(
    _ scores: FoldedScores, search: Search, isCancelled: @escaping @Sendable () -> Bool
  ) throws(TuningError) {
    let parts = scores.parts.map { part in
      (part.round, scores.rounds[part.round].scores.subset(rows: part.rows))
    }
    let results = Mutex([Result<Sweep, TuningError>?](repeating: nil, count: parts.count))
    Workers.run(pieces: parts.count, threads: Workers.available) { _, next in
      while let piece = next() {
        let result = Result { () throws(TuningError) in
          try Sweep(parts[piece].1, search: search, isCancelled: isCancelled)
        }
        results.withLock { $0[piece] = result }
      }
    }
    var folds: [Fold] = []
    for (part, result) in zip(parts, results.withLock { $0 }) {
      guard let sweep = try result?.get() else { throw .cancelled }
      folds.append(Fold(round: part.0, scores: part.1, sweep: sweep))
    }
    self.folds = folds
    self.search = search
    rounds = scores.rounds.count
  }

  /// The counts of folds together, on average over the rounds that they are of.
  func confusion(of members: [Int], at decision: Decision, rounds: Int) -> Confusion {
    var sum = Confusion(tp: 0, fp: 0, positives: 0, negatives: 0)
    for member in members { sum = sum + folds[member].confusion(at: decision, search) }
    return rounds == 1 ? sum : sum.shared(among: rounds)
  }
}

extension FoldSweeps.Fold {
  /// - Complexity: O(log *n*), on a grid O(*n*).
  func confusion(at decision: Decision, _ search: Search) -> Confusion {
    guard search == .exact else { return scores.confusion(at: decision) }
    var flagged = (tp: 0.0, fp: 0.0)
    if let threshold = decision.threshold {
      let count = sweep.thresholds.partitioningIndex { $0 < threshold }
      if count > 0 { flagged = (sweep.truePositives[count - 1], sweep.falsePositives[count - 1]) }
    }
    return Confusion(
      tp: flagged.tp, fp: flagged.fp, positives: positives, negatives: negatives)
  }
}

extension Confusion {
  /// The mean of so many that add up to this.
  func shared(among rounds: Int) -> Confusion {
    let count = Double(rounds)
    return Confusion(
      tp: truePositives / count, fp: falsePositives / count, positives: positives / count,
      negatives: negatives / count)
  }

  static func + (one: Confusion, other: Confusion) -> Confusion {
    Confusion(
      truePositives: one.truePositives + other.truePositives,
      falsePositives: one.falsePositives + other.falsePositives,
      trueNegatives: one.trueNegatives + other.trueNegatives,
      falseNegatives: one.falseNegatives + other.falseNegatives)
  }
}

// MARK: - Merging

/// Thresholds of any fold, strictest first, with the counts of every fold at each.
final class FoldBlock {
  let folds: [CandidateBlock]
  var count = 0
  /// The number of the first threshold among all.
  var start = 0

  init(folds: Int) { self.folds = (0..<folds).map { _ in CandidateBlock() } }
}

extension FoldSweeps {
  /// Goes through the thresholds of all folds.
  ///
  /// - Returns: Every threshold.
  /// - Complexity: O(thresholds · folds).
  func forEachBlock(
    isCancelled: () -> Bool, _ body: (FoldBlock) -> Void
  ) throws(Cancelled) -> [Double] {
    let block = FoldBlock(folds: folds.count)
    var places = [Int](repeating: 0, count: folds.count)
    var thresholds: [Double] = []
    while let threshold = highest(after: places) {
      for (index, fold) in folds.enumerated() {
        let (sweep, counts) = (fold.sweep, block.folds[index])
        if places[index] < sweep.count, sweep.thresholds[places[index]] == threshold {
          places[index] += 1
        }
        let place = places[index] - 1
        counts.truePositives[block.count] = place < 0 ? 0 : sweep.truePositives[place]
        counts.falsePositives[block.count] = place < 0 ? 0 : sweep.falsePositives[place]
      }
      thresholds.append(threshold)
      block.count += 1
      guard block.count == CandidateBlock.capacity else { continue }
      try hand(block, body, isCancelled)
    }
    if block.count > 0 { try hand(block, body, isCancelled) }
    return thresholds
  }

  private func hand(
    _ block: FoldBlock, _ body: (FoldBlock) -> Void, _ isCancelled: () -> Bool
  ) throws(Cancelled) {
    for counts in block.folds { counts.count = block.count }
    body(block)
    block.start += block.count
    block.count = 0
    if isCancelled() { throw Cancelled() }
  }

  private func highest(after places: [Int]) -> Double? {
    var highest: Double?
    for (index, place) in places.enumerated() where place < folds[index].sweep.count {
      let threshold = folds[index].sweep.thresholds[place]
      if threshold > highest ?? -.infinity || highest == nil { highest = threshold }
    }
    return highest
  }
}
