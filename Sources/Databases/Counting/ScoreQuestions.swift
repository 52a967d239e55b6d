public import ThresholdEngine

/// What is asked of labelled scores that stay where they are: in a database, which answers by SQL,
/// or in a file, which is read once for each question.
///
/// Each answer is one pass over all rows. `StoredScores` asks, remembers, and holds every answer
/// against those before.
public protocol ScoreQuestions: AnyObject, Sendable {
  /// Whether rows have weights, whose sums depend on the order of rows.
  var hasWeights: Bool { get }
  /// How many rows are cheaper to fetch than to count once more.
  var mostFetched: Double { get }
  /// How many intervals of scores one question may have.
  var mostExtents: Int { get }
  /// The questions of a search, before any is asked.
  var planned: [String] { get }
  /// The questions that were asked so far, a pass each.
  var asked: [String] { get }

  /// Buckets that can be counted in one pass, for an interval of scores.
  func buckets(over extent: ClosedRange<Double>, atMost most: Int) -> ScoreBuckets

  /// What there is: the first question.
  func population(isCancelled: () -> Bool) throws(DatabaseError) -> StoredPopulation

  /// How many rows of each class every bucket holds; the buckets cover all scores.
  func counts(
    in buckets: ScoreBuckets, isCancelled: () -> Bool
  ) throws(DatabaseError) -> BucketCounts

  /// The same for parts of the scores; rows in none of them are left out.
  ///
  /// - Parameter parts: Disjoint, the highest first.
  func counts(
    in parts: [ScoreBuckets], isCancelled: () -> Bool
  ) throws(DatabaseError) -> [BucketCounts]

  /// How many rows of each class have each score.
  ///
  /// - Parameter extents: Disjoint, the highest first, at most `mostExtents`; empty for all scores.
  func scores(
    within extents: [ClosedRange<Double>], isCancelled: () -> Bool
  ) throws(DatabaseError) -> ScoreTally

  /// The same of all scores, with sums of columns.
  func sums(
    of columns: [String], isCancelled: () -> Bool
  ) throws(DatabaseError) -> (tally: ScoreTally, sums: [ColumnSums])

  /// What each threshold flags, and the greatest score below it.
  ///
  /// - Parameter thresholds: 32 at most.
  func certificates(
    at thresholds: [Double], isCancelled: () -> Bool
  ) throws(DatabaseError) -> [StoredCertificate]

  /// The rows of each class in each of some cells of scores.
  ///
  /// - Parameters:
  ///   - edges: Where each cell begins, strictest first.
  ///   - areDropped: One a cell: scores of the others may be told apart.
  /// - Returns: Rows of which each stands for some of one cell and one class, and how to ask for them
  ///   again.
  func rows(
    ofCells edges: [Double], areDropped: [Bool], isCancelled: () -> Bool
  ) throws(DatabaseError) -> (rows: [CellRows], query: String)
}

/// How many rows of each class have each of some scores, in any order.
public struct ScoreTally: Sendable {
  public var scores: [Double]
  /// Numbers of rows, or sums of weights, one a score.
  public var positives: [Double]
  public var negatives: [Double]

  public init(_ scores: [Double], positives: [Double], negatives: [Double]) {
    (self.scores, self.positives, self.negatives) = (scores, positives, negatives)
  }
}

/// Sums of a column over the rows of each class with each of some scores; a missing value adds
/// nothing.
public struct ColumnSums: Sendable {
  public var positives: [Double]
  public var negatives: [Double]
  /// The least value of any row; `nil` without rows.
  public var least: Double?
  /// In how many rows the value is missing.
  public var missing: Double
}

/// Some rows of one cell and one class.
public struct CellRows: Sendable {
  /// The least of their scores.
  public let score: Double
  public let isPositive: Bool
  public let count: Double
}
