import Glibc
import NumberText
public import ThresholdEngine

/// Scores in a database: each question is a query.
public final class DatabaseScores: ScoreQuestions {
  public let sql: ScoreSQL
  public let mostFetched: Double
  private let log = AskedQuestions()

  public init(_ sql: ScoreSQL, mostFetched: Double = 50_000) {
    (self.sql, self.mostFetched) = (sql, mostFetched)
  }

  public var hasWeights: Bool { sql.weight != nil }
  /// What lies between the closest of more intervals is fetched beside.
  public var mostExtents: Int { 32 }
  public var asked: [String] { log.all }

  /// Buckets of one pass: with more, an engine that is not in a hurry sends ten times as much.
  private static let mostBuckets = 4_096

  /// Bounds that follow from earlier answers stand as they are for scores from 0 to 1.
  public var planned: [String] {
    [
      sql.population,
      "-- then the rows in each of \(Double(Self.mostBuckets).countText) buckets; "
        + "the factor follows from 1.\n" + sql.steps(of: 12),
      "-- then the scores of the buckets that can be best; the bounds follow from 2.\n"
        + sql.scores(within: [0.25...(0.5).nextDown]),
      "-- at last the counts at the threshold, to certify them\n" + sql.certificate(0.5),
    ]
  }

  public func buckets(over extent: ClosedRange<Double>, atMost most: Int) -> ScoreBuckets {
    ScoreBuckets(grid: extent, atMost: min(most, Self.mostBuckets))
  }

  // MARK: - Asking

  private func ask(
    _ text: String, _ columns: [String], _ isCancelled: () -> Bool
  ) throws(DatabaseError) -> ResultTable {
    log.add(text)
    let client = sql.table.client
    let answer = try client.query(text, columns: columns, isCancelled: isCancelled)
    guard answer.columns.count == columns.count else {
      throw .unexpectedAnswer(
        engine: client.engine,
        reason: "\(answer.columns.count) columns instead of \(columns.count)")
    }
    return answer
  }

  /// The numbers of all columns of an answer.
  private func numbers(
    _ text: String, _ columns: [String], _ isCancelled: () -> Bool
  ) throws(DatabaseError) -> [[Double]] {
    let answer = try ask(text, columns, isCancelled)
    var all: [[Double]] = []
    for place in columns.indices {
      guard let numbers = answer.numbers(place) else {
        throw .notNumeric(score: sql.score, found: answer.columns[place].firstTextCell)
      }
      all.append(numbers)
    }
    return all
  }

  public func population(isCancelled: () -> Bool) throws(DatabaseError) -> StoredPopulation {
    try sql.table.checkDemands(isCancelled)
    return try StoredPopulation(
      numbers(sql.population, StoredPopulation.columns, isCancelled).map { $0.first ?? 0 }, sql)
  }

  public func counts(
    in buckets: ScoreBuckets, isCancelled: () -> Bool
  ) throws(DatabaseError) -> BucketCounts {
    let table = try numbers(sql.steps(of: buckets.exponent ?? 0), ["b", "p", "n"], isCancelled)
    var counts = BucketCounts(buckets)
    for row in table[0].indices {
      try counts.add(step: table[0][row], table[1][row], table[2][row])
    }
    return counts
  }

  public func counts(
    in parts: [ScoreBuckets], isCancelled: () -> Bool
  ) throws(DatabaseError) -> [BucketCounts] {
    let grids = parts.map { (extent: $0.extent, exponent: $0.exponent ?? 0) }
    let table = try numbers(sql.steps(of: grids), ["part", "b", "p", "n"], isCancelled)
    var counts = parts.map { BucketCounts($0) }
    for row in table[0].indices {
      guard let part = Int(exactly: table[0][row]), counts.indices.contains(part) else {
        throw .changed(expected: "rows of \(parts.count) parts", found: "rows of another")
      }
      try counts[part].add(step: table[1][row], table[2][row], table[3][row])
    }
    return counts
  }

  public func scores(
    within extents: [ClosedRange<Double>], isCancelled: () -> Bool
  ) throws(DatabaseError) -> ScoreTally {
    let table = try numbers(sql.scores(within: extents), ["s", "p", "n"], isCancelled)
    return ScoreTally(table[0].map { $0 + 0 }, positives: table[1], negatives: table[2])
  }

  public func sums(
    of columns: [String], isCancelled: () -> Bool
  ) throws(DatabaseError) -> (tally: ScoreTally, sums: [ColumnSums]) {
    let names =
      ["s", "p", "n"]
      + columns.indices.flatMap { ["p\($0)", "n\($0)", "m\($0)", "x\($0)"] }
    let table = try numbers(sql.sums(of: columns), names, isCancelled)
    let sums = columns.indices.map { place in
      ColumnSums(
        positives: table[3 + 4 * place], negatives: table[4 + 4 * place],
        least: table[5 + 4 * place].min(), missing: table[6 + 4 * place].reduce(0, +))
    }
    return (
      ScoreTally(table[0].map { $0 + 0 }, positives: table[1], negatives: table[2]), sums
    )
  }

  public func certificates(
    at thresholds: [Double], isCancelled: () -> Bool
  ) throws(DatabaseError) -> [StoredCertificate] {
    let names = thresholds.indices.flatMap { ["tp\($0)", "fp\($0)", "below\($0)"] }
    let row = try numbers(sql.certificates(thresholds), names, isCancelled)
      .map { $0.first ?? .nan }
    return thresholds.indices.map { StoredCertificate(row[(3 * $0)..<(3 * $0 + 3)]) }
  }

  public func rows(
    ofCells edges: [Double], areDropped: [Bool], isCancelled: () -> Bool
  ) throws(DatabaseError) -> (rows: [CellRows], query: String) {
    let text = sql.rows(ofCells: edges, areDropped: areDropped)
    let table = try numbers(text, ["score", "label", "weight"], isCancelled)
    let rows = table[0].indices.map {
      CellRows(
        score: table[0][$0] + 0, isPositive: table[1][$0] == 1, count: table[2][$0])
    }
    return (rows, text)
  }
}

extension BucketCounts {
  /// Adds the rows of a step of the grid.
  ///
  /// - Throws: `changed` where there was no such score before.
  fileprivate mutating func add(
    step: Double, _ positives: Double, _ negatives: Double
  ) throws(DatabaseError) {
    let score = scalbn(step, Int32(clamping: -(buckets.exponent ?? 0)))
    let clamped = min(max(score, buckets.extent.lowerBound), buckets.extent.upperBound)
    guard step.isFinite, positives >= 0, negatives >= 0, positives.isFinite, negatives.isFinite,
      score <= buckets.extent.upperBound
    else { throw .changed(expected: "scores within \(buckets.extent)", found: "others") }
    let bucket = buckets.bucket(of: clamped)
    guard score == clamped || bucket == buckets.count - 1 else {
      throw .changed(expected: "scores within \(buckets.extent)", found: "others")
    }
    self.positives[bucket] += positives
    self.negatives[bucket] += negatives
  }
}
