public import ParallelWork

/// Labelled scores that are counted where they are: in memory, in a table of counts, in a database.
///
/// The search for the best threshold asks what there is, how many rows each of some thousand
/// buckets holds, and the rows of a few buckets. Those three requirements have no default answer.
/// A source that can also count parts of the scores in finer buckets hands out fewer rows where
/// scores are crowded; one that answers the other questions faster than by these implements them
/// too.
public protocol CountSource {
  /// What may go wrong in answering; a cancellation at least.
  associatedtype Failure: CancellableError

  /// Whether sums of counts do not depend on the order of rows, as those of whole numbers do not;
  /// otherwise buckets are left out only where they fall short by more than a billionth. `true` by
  /// default.
  var isExact: Bool { get }

  /// The least and the greatest score, and how many rows there are; at least one row.
  func population(isCancelled: () -> Bool) throws(Failure) -> Population

  /// Buckets that the source can count in, for an interval of scores.
  ///
  /// By the leading bits of a Double by default.
  ///
  /// - Parameter most: How many there may be, 2 to 16,384.
  func buckets(over extent: ClosedRange<Double>, atMost most: Int) -> ScoreBuckets

  /// How many rows of each class every bucket holds; the buckets cover all scores.
  func counts(
    in buckets: ScoreBuckets, isCancelled: () -> Bool
  ) throws(Failure) -> BucketCounts

  /// The same for several parts of the scores; what is in none of them is left out.
  ///
  /// - Parameter parts: 32 at most, with disjoint extents, the highest first.
  /// - Returns: One for each part; `nil`, the default, where the source cannot.
  func counts(
    in parts: [ScoreBuckets], isCancelled: () -> Bool
  ) throws(Failure) -> [BucketCounts]?

  /// The rows of the chosen buckets, in any order, as rows or as counts.
  ///
  /// - Parameter isChosen: one a bucket; the chosen ones hold at least one row together.
  func scores(
    in buckets: ScoreBuckets, where isChosen: [Bool], isCancelled: () -> Bool
  ) throws(Failure) -> Scores

  /// The rows with scores within intervals, in any order, as rows or as counts; asked for only
  /// where parts of the scores could be counted.
  ///
  /// - Parameter extents: Disjoint, the highest first; they hold at least one row together. By
  ///   default all rows are asked for, and the others dropped.
  func scores(
    within extents: [ClosedRange<Double>], isCancelled: () -> Bool
  ) throws(Failure) -> Scores

  /// How many rows it is better to ask for than to count once more; 32,768 by default.
  ///
  /// All rows are asked for where there are no more.
  var mostFetched: Double { get }

  /// What is thrown where a later answer contradicts an earlier one, as the rows have changed
  /// meanwhile; `nil`, the default, where that cannot be.
  var changedMeanwhile: Failure? { get }

  /// The greatest score below a threshold, which is above the least score.
  ///
  /// - Parameter counts: Those in buckets that cover all scores.
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
  /// Numbers or weights of rows.
  public var positives: Double
  public var negatives: Double
  /// How many rows there are, and how many of them are positive: those of the counts by default.
  public var allRows: Int
  public var positiveRows: Int

  /// - Parameters:
  ///   - rows: How many rows there are, where the counts are weights.
  ///   - positiveRows: How many of them are positive.
  public init(
    extent: ClosedRange<Double>, positives: Double, negatives: Double, rows: Int? = nil,
    positiveRows: Int? = nil
  ) {
    self.extent = extent
    self.positives = positives
    self.negatives = negatives
    allRows = rows ?? Self.rows(positives + negatives)
    self.positiveRows = positiveRows ?? Self.rows(positives)
  }

  /// Never what no Int holds, even if a source says so.
  private static func rows(_ count: Double) -> Int {
    count >= 0 && count <= ScoreCounts.mostRows ? Int(count) : 0
  }
}

/// How many rows of each class every bucket of scores holds, strictest bucket first.
public struct BucketCounts: Sendable {
  public let buckets: ScoreBuckets
  public var positives: [Double]
  public var negatives: [Double]
  /// The same in units of weight, where rows in memory have weights.
  var weighed: WeighedBuckets?

  /// Empty buckets.
  public init(_ buckets: ScoreBuckets) {
    self.buckets = buckets
    positives = Array(repeating: 0, count: buckets.count)
    negatives = positives
  }

  var total: (positives: Double, negatives: Double) {
    (positives.reduce(0, +), negatives.reduce(0, +))
  }

  var sums: ClassSums {
    let (positives, negatives) = total
    return ClassSums(positives: positives, negatives: negatives)
  }

  func isEmpty(_ bucket: Int) -> Bool { positives[bucket] + negatives[bucket] == 0 }
}

/// Sums of weights that do not depend on the order of rows.
struct WeighedBuckets: Sendable {
  let sum: WeightSum
  /// One a bucket.
  var units: [WeightSum.Classes]
  /// Of all rows, in buckets or not.
  var totals: WeightSum.Classes
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

  public var mostFetched: Double { 32_768 }

  public var changedMeanwhile: Failure? { nil }

  public func buckets(over extent: ClosedRange<Double>, atMost most: Int) -> ScoreBuckets {
    ScoreBuckets(extent, atMost: most)
  }

  public func counts(
    in parts: [ScoreBuckets], isCancelled: () -> Bool
  ) throws(Failure) -> [BucketCounts]? { nil }

  public func scores(
    within extents: [ClosedRange<Double>], isCancelled: () -> Bool
  ) throws(Failure) -> Scores {
    try everything(isCancelled: isCancelled).within(extents)
  }

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
    let buckets = buckets(
      over: try population(isCancelled: isCancelled).extent, atMost: ScoreBuckets.most)
    return try scores(
      in: buckets, where: Array(repeating: true, count: buckets.count), isCancelled: isCancelled)
  }
}
