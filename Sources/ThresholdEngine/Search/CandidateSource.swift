import ParallelWork

/// Something that can list its candidate thresholds with their counts, strictest first.
protocol CandidateSource {
  /// What may go wrong in asking for the counts; a cancellation at least.
  associatedtype Failure: CancellableError

  var positives: Double { get }
  var negatives: Double { get }

  /// The least and the greatest score.
  var extent: ClosedRange<Double> { get }

  /// Calls `body` with block after block; the block is the caller's only until `body` returns.
  func forEachBlock(
    isCancelled: () -> Bool, _ body: (CandidateBlock) -> Void
  ) throws(Failure)

  /// The threshold of a candidate.
  func threshold(of identity: UInt64) -> Double

  /// The thresholds that flag the same rows as a candidate, or nothing for `nil`.
  func plateau(of identity: UInt64?) throws(Failure) -> Tuning.Plateau

  /// The counts at any threshold.
  func confusion(atLeast threshold: Double) throws(Failure) -> Confusion

  /// Tallies that the candidates are counted by too; `nil` by default.
  var layout: TallyLayout? { get }

  /// The counts of a candidate, with those of the tallies.
  func confusion(of candidate: Choice.Candidate) throws(Failure) -> Confusion
}

extension CandidateSource {
  var layout: TallyLayout? { nil }

  func confusion(of candidate: Choice.Candidate) -> Confusion {
    Confusion(
      tp: candidate.truePositives, fp: candidate.falsePositives, positives: positives,
      negatives: negatives, unflagged: candidate.unflagged)
  }
}
