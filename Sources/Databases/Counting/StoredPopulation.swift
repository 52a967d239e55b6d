/// What a table holds: the rows that count, and how many do not.
public struct StoredPopulation: Hashable, Sendable {
  /// All rows that the query has.
  public let rowsFound: Double
  public let withoutScore: Double
  public let withoutLabel: Double
  public let withoutWeight: Double
  /// Rows that count.
  public let rows: Double
  public let positiveRows: Double
  /// Their weights in all.
  public let positives: Double
  public let negatives: Double
  public let extent: ClosedRange<Double>
  /// Where the first rows are that do not count, and what they lack, such as “line 4 (`score`)”;
  /// empty where that is not known.
  public internal(set) var firstLeftOut: [String] = []
  /// How many rows lack a value; 0 where only `leftOut` is known.
  public internal(set) var incomplete = 0.0
  /// How many rows a condition could not be decided for, as a value is missing.
  public internal(set) var undecided = 0.0

  static let columns = [
    "rows_found", "without_score", "without_label", "without_weight", "below_zero",
    "rows_counted", "positive_rows", "positives", "negatives", "least", "greatest",
  ]

  /// Rows that do not count.
  public var leftOut: Double { rowsFound - rows }

  /// A table with at least one row that counts.
  init(
    rowsFound: Double, withoutScore: Double, withoutLabel: Double, withoutWeight: Double,
    rows: Double, positiveRows: Double, positives: Double, negatives: Double,
    extent: ClosedRange<Double>
  ) {
    self.rowsFound = rowsFound
    self.withoutScore = withoutScore
    self.withoutLabel = withoutLabel
    self.withoutWeight = withoutWeight
    self.rows = rows
    self.positiveRows = positiveRows
    self.positives = positives
    self.negatives = negatives
    self.extent = extent
  }

  /// - Parameter row: one number for each of `columns`; not a number where the sum is of no rows.
  init(_ row: [Double], _ question: ScoreSQL) throws(DatabaseError) {
    let sums = row.map { $0.isNaN ? 0 : $0 }
    let isPlausible =
      sums.prefix(7).allSatisfy { $0 >= 0 && $0.rounded() == $0 && $0 <= 9_007_199_254_740_992 }
      && sums[5] <= sums[0] && sums[6] <= sums[5]
      && sums[7...8].allSatisfy { $0 >= 0 && $0.isFinite }
    guard isPlausible else {
      throw .unexpectedAnswer(
        engine: question.table.client.engine, reason: "its counts of rows are not possible")
    }
    if sums[4] > 0 { throw .negativeWeights(column: question.weight ?? "", rows: sums[4]) }
    guard sums[5] > 0, row[9].isFinite, row[10].isFinite, row[9] <= row[10] else {
      throw .noScores(score: question.score, rows: sums[0])
    }
    rowsFound = sums[0]
    withoutScore = sums[1]
    withoutLabel = sums[2]
    withoutWeight = sums[3]
    rows = sums[5]
    positiveRows = sums[6]
    positives = sums[7]
    negatives = sums[8]
    extent = row[9] + 0...row[10] + 0
  }
}

/// What an engine counts at a threshold.
public struct StoredCertificate: Hashable, Sendable {
  public let truePositives: Double
  public let falsePositives: Double
  /// `nil` where no row is below.
  public let greatestBelow: Double?

  static let nothing = StoredCertificate(truePositives: 0, falsePositives: 0, greatestBelow: nil)
}

extension StoredCertificate {
  /// - Parameter sums: True and false positives, and the score below; not a number for none.
  init(_ sums: ArraySlice<Double>) {
    let sums = Array(sums)
    self.init(
      truePositives: sums[0].isNaN ? 0 : sums[0], falsePositives: sums[1].isNaN ? 0 : sums[1],
      greatestBelow: sums[2].isNaN ? nil : sums[2] + 0)
  }
}
