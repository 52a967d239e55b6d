/// How many positive and how many negative rows have each score: what `GROUP BY score` gives.
///
/// Scores may repeat and stand in any order; they may be infinite.
public struct ScoreCounts: Hashable, Sendable {
  public let values: [Double]
  /// Whole numbers of at least 0, one a score.
  public let positives: [Double]
  /// Likewise.
  public let negatives: [Double]
  /// All rows of both classes.
  public let allPositives: Double
  public let allNegatives: Double

  /// The most rows that all counts may stand for: whole numbers up to here are exact, and so are
  /// their sums.
  public static let mostRows = 9_007_199_254_740_992.0

  /// Checks the counts.
  ///
  /// Positions in errors count from 0.
  ///
  /// - Complexity: O(*n*) in the number of scores.
  public init(
    values: [Double], positives: [Double], negatives: [Double]
  ) throws(ScoreCountsError) {
    guard positives.count == values.count, negatives.count == values.count else {
      throw .unequalLengths(
        values: values.count, positives: positives.count, negatives: negatives.count)
    }
    guard !values.isEmpty else { throw .empty }
    if let row = values.firstIndex(where: \.isNaN) { throw .undefinedScore(row: row) }
    allPositives = try Self.total(of: positives, .positives)
    allNegatives = try Self.total(of: negatives, .negatives)
    guard allPositives + allNegatives <= Self.mostRows else { throw .tooManyRows }
    guard allPositives + allNegatives > 0 else { throw .allZero }
    self.values = values
    self.positives = positives
    self.negatives = negatives
  }

  /// Counts that are known to be some of a valid table.
  init(unchecked values: [Double], positives: [Double], negatives: [Double]) {
    self.values = values
    self.positives = positives
    self.negatives = negatives
    allPositives = positives.reduce(0, +)
    allNegatives = negatives.reduce(0, +)
  }

  private static func total(
    of counts: [Double], _ kind: ScoreCountsError.Kind
  ) throws(ScoreCountsError) -> Double {
    var total = 0.0
    for (row, count) in counts.enumerated() {
      guard count >= 0, count.rounded() == count, count.isFinite else {
        throw .badCount(count, kind, row: row)
      }
      total += count
      guard total <= mostRows else { throw .tooManyRows }
    }
    return total
  }
}

/// Why numbers are no counts of rows.
public enum ScoreCountsError: Error, Hashable, Sendable {
  case empty
  case unequalLengths(values: Int, positives: Int, negatives: Int)
  case undefinedScore(row: Int)
  /// A count that is negative, fractional, infinite or missing (not a number).
  case badCount(Double, Kind, row: Int)
  case allZero
  /// More rows in all than a Double counts exactly, 2⁵³.
  case tooManyRows

  /// Which of the two counts.
  public enum Kind: String, Hashable, Sendable {
    case positives, negatives
  }
}

extension ScoreCountsError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .empty: "there are no counts"
    case .unequalLengths(let values, let positives, let negatives):
      "the lists differ in length: \(values) scores, \(positives) counts of positives, "
        + "\(negatives) counts of negatives"
    case .undefinedScore(let row): "the score in row \(row) is not a number"
    case .badCount(let count, let kind, let row):
      "the \(kind.rawValue) in row \(row) must be a whole number of at least 0, "
        + (count.isNaN ? "but the count is missing" : "not \(count)")
    case .allZero: "all counts are 0"
    case .tooManyRows: "the counts stand for more than 2^53 rows"
    }
  }
}
