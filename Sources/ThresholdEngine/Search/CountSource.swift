public import ParallelWork

/// Labelled scores that are counted where they are: in memory, in a table of counts, in a database.
///
/// The search for the best threshold asks three questions: what there is, how many rows each of
/// some thousand buckets holds, and the rows of a few buckets. The other two requirements have
/// default answers from these; a source that answers them faster implements them too.
public protocol CountSource {
  /// What may go wrong in answering; a cancellation at least.
  associatedtype Failure: CancellableError

  /// Whether counts are whole numbers, so that their sums are exact; otherwise all rows are asked
  /// for and sorted. `true` by default.
  var isExact: Bool { get }

  /// The least and the greatest score, and how many rows there are; at least one row.
  func population(isCancelled: () -> Bool) throws(Failure) -> Population

  /// How many rows of each class every bucket holds.
  func counts(
    in buckets: ScoreBuckets, isCancelled: () -> Bool
  ) throws(Failure) -> BucketCounts

  /// The rows of the chosen buckets, in any order, as rows or as counts.
  ///
  /// - Parameter isChosen: one a bucket; the chosen ones hold at least one row together.
  func scores(
    in buckets: ScoreBuckets, where isChosen: [Bool], isCancelled: () -> Bool
  ) throws(Failure) -> Scores

  /// The greatest score below a threshold, which is above the least score.
  func greatestScore(
    below threshold: Double, _ counts: BucketCounts
  ) throws(Failure) -> Double

  /// The counts if every row of at least this score is flagged.
  func confusion(
    atLeast threshold: Double, _ counts: BucketCounts
  ) throws(Failure) -> Confusion
}

/// What a source of counts holds.
public struct Population: Hashable, Sendable {
  /// The least and the greatest score; either may be infinite.
  public var extent: ClosedRange<Double>
  public var positives: Double
  public var negatives: Double

  public init(extent: ClosedRange<Double>, positives: Double, negatives: Double) {
    self.extent = extent
    self.positives = positives
    self.negatives = negatives
  }
}

/// How many rows of each class every bucket of scores holds, strictest bucket first.
public struct BucketCounts: Sendable {
  public let buckets: ScoreBuckets
  public var positives: [Double]
  public var negatives: [Double]

  /// Empty buckets.
  public init(_ buckets: ScoreBuckets) {
    self.buckets = buckets
    positives = Array(repeating: 0, count: buckets.count)
    negatives = positives
  }

  var total: (positives: Double, negatives: Double) {
    (positives.reduce(0, +), negatives.reduce(0, +))
  }

  func isEmpty(_ bucket: Int) -> Bool { positives[bucket] + negatives[bucket] == 0 }
}

/// Why rows that are counted where they are give no best threshold.
public enum CountSourceError<Failure: CancellableError>: Error, Equatable {
  /// No candidate can be chosen, or the question is no question.
  case tuning(TuningError)
  /// The source failed, or the work was cancelled.
  case source(Failure)
}

// MARK: - Default answers

extension CountSource {
  public var isExact: Bool { true }

  public func greatestScore(
    below threshold: Double, _ counts: BucketCounts
  ) throws(Failure) -> Double {
    let buckets = counts.buckets
    let first = threshold > buckets.extent.upperBound ? 0 : buckets.bucket(of: threshold)
    for bucket in first..<buckets.count where !counts.isEmpty(bucket) {
      let rows = try scores(in: bucket, of: buckets)
      if let greatest = rows.values.filter({ $0 < threshold }).max() { return greatest + 0 }
    }
    return buckets.extent.lowerBound
  }

  public func confusion(
    atLeast threshold: Double, _ counts: BucketCounts
  ) throws(Failure) -> Confusion {
    let buckets = counts.buckets
    let total = counts.total
    var flagged = (positives: 0.0, negatives: 0.0)
    if threshold <= buckets.extent.lowerBound {
      flagged = total
    } else if threshold <= buckets.extent.upperBound {
      let last = buckets.bucket(of: threshold)
      flagged.positives = counts.positives[..<last].reduce(0, +)
      flagged.negatives = counts.negatives[..<last].reduce(0, +)
      if !counts.isEmpty(last) {
        let partly = try scores(in: last, of: buckets).confusion(at: .threshold(threshold))
        flagged.positives += partly.truePositives
        flagged.negatives += partly.falsePositives
      }
    }
    return Confusion(
      tp: flagged.positives, fp: flagged.negatives, positives: total.positives,
      negatives: total.negatives)
  }

  private func scores(in bucket: Int, of buckets: ScoreBuckets) throws(Failure) -> Scores {
    var isChosen = [Bool](repeating: false, count: buckets.count)
    isChosen[bucket] = true
    return try scores(in: buckets, where: isChosen, isCancelled: { false })
  }

  /// All rows, as rows or as counts.
  func everything(isCancelled: () -> Bool) throws(Failure) -> Scores {
    let buckets = ScoreBuckets(try population(isCancelled: isCancelled).extent)
    return try scores(
      in: buckets, where: Array(repeating: true, count: buckets.count), isCancelled: isCancelled)
  }
}
