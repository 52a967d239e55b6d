import Glibc
import TableIO
import TestSupport
import Testing
import ThresholdEngine

@testable import Databases

/// A table in SQLite, reached through its client, against the same rows in memory.
@Suite(.enabled(if: SQLite.isInstalled)) struct StoredScoresTests {
  private let rows = SQLite.rows(3_000)

  @Test func countsWhatCounts() throws {
    let database = try SQLite(rows)
    let found = try database.scores().described(isCancelled: { false })
    #expect(found.rowsFound == 3_003)
    #expect(found.withoutScore == 1)
    #expect(found.withoutLabel == 1)
    #expect(found.rows == 3_000)
    #expect(found.leftOut == 3)
    #expect(found.positives == Double(rows.count { $0.label }))
    #expect(found.extent.lowerBound == rows.map(\.score).min())
    #expect(found.extent.upperBound == rows.map(\.score).max())
  }

  @Test func countsBucketsAndParts() throws {
    let scores = try SQLite(rows).scores()
    let extent = try scores.population(isCancelled: { false }).extent
    let buckets = scores.buckets(over: extent, atMost: 64)
    #expect(buckets.count <= 64 && buckets.count > 16)
    let counts = try scores.counts(in: buckets, isCancelled: { false })
    #expect(counts.positives == tally(buckets, true))
    #expect(counts.negatives == tally(buckets, false))
    let parts = [buckets.scores(of: 3), buckets.scores(of: 7)]
      .map { scores.buckets(over: $0, atMost: 16) }
    let finer = try #require(try scores.counts(in: parts, isCancelled: { false }))
    for (part, counts) in zip(parts, finer) {
      #expect(part.count > 4)
      #expect(counts.positives == tally(part, true))
      #expect(counts.negatives == tally(part, false))
    }
  }

  @Test func fetchesChosenScores() throws {
    let scores = try SQLite(rows).scores()
    let extent = try scores.population(isCancelled: { false }).extent
    let buckets = scores.buckets(over: extent, atMost: 256)
    // Every third: more intervals than one query has.
    let isChosen = (0..<buckets.count).map { $0 % 3 == 0 }
    let found = try scores.scores(in: buckets, where: isChosen, isCancelled: { false })
    let expected = rows.filter { isChosen[buckets.bucket(of: $0.score)] }
    #expect(found.rows == expected.count)
    #expect(found.positives == expected.count { $0.label })
    #expect(Set(found.values) == Set(expected.map(\.score)))
    let within = try scores.scores(within: [0.25...0.5], isCancelled: { false })
    #expect(within.rows == rows.count { (0.25...0.5).contains($0.score) })
  }

  @Test func certifiesCounts() throws {
    let scores = try SQLite(rows).scores()
    let threshold = rows.map(\.score).sorted()[2_000]
    let found = try scores.certificate(at: threshold, isCancelled: { false })
    #expect(found.truePositives == Double(rows.count { $0.label && $0.score >= threshold }))
    #expect(found.falsePositives == Double(rows.count { !$0.label && $0.score >= threshold }))
    #expect(found.greatestBelow == rows.map(\.score).filter { $0 < threshold }.max())
  }

  @Test(arguments: [Metric.f1, .youden, .mcc, .accuracy, .fBeta(2)])
  func choosesAsInMemory(metric: Metric) throws {
    let stored = try tune(SQLite(rows).scores(), metric)
    let local = try tune(
      Scores(values: rows.map(\.score), labels: rows.map(\.label)), metric)
    #expect(stored.outcome == local.outcome)
    #expect(stored.confusion == local.confusion)
    #expect(stored.plateau == local.plateau)
    #expect(stored.default == local.default)
    #expect(stored.rows == local.rows)
  }

  @Test func choosesWhereAConstraintHolds() throws {
    let stored = try tune(SQLite(rows).scores(), .recall, where: .precision >= 0.5)
    let local = try tune(
      Scores(values: rows.map(\.score), labels: rows.map(\.label)), .recall,
      where: .precision >= 0.5)
    #expect(stored.outcome == local.outcome)
    #expect(stored.confusion == local.confusion)
  }

  @Test func noticesThatTheTableChanged() throws {
    let database = try SQLite(rows)
    let scores = try database.scores()
    let extent = try scores.population(isCancelled: { false }).extent
    try database.run("DELETE FROM preds WHERE score = \(rows[5].score)")
    #expect {
      try scores.counts(in: scores.buckets(over: extent, atMost: 64), isCancelled: { false })
    } throws: {
      "\($0)".hasPrefix("the table changed during the search")
    }
    try database.run("INSERT INTO preds VALUES (77, 'fraud', 1)")
    #expect {
      try scores.counts(in: scores.buckets(over: extent, atMost: 64), isCancelled: { false })
    } throws: {
      "\($0)".hasPrefix("the table changed during the search")
    }
  }

  @Test func saysWhyThereAreNoScores() throws {
    let database = try SQLite(rows)
    #expect {
      try database.scores("label").described(isCancelled: { false })
    } throws: {
      "\($0)" == "none of the rows has a finite number in `label` and a label"
    }
    #expect {
      try database.scores("wrong").described(isCancelled: { false })
    } throws: {
      "\($0)".contains("no such column: wrong") || "\($0)".contains("finite number")
    }
  }

  @Test(arguments: [(Metric.f1, nil), (.mcc, nil), (.recall, Metric.precision >= 0.5)])
  func provesTunings(metric: Metric, constraint: Constraint?) throws {
    let scores = try SQLite(rows).scores()
    let tuning = try tune(scores, metric, where: constraint)
    let found = try #require(try scores.proof(of: tuning, isCancelled: { false }))
    let proof = found.proof
    #expect(scores.asked.last == found.query)
    #expect(proof.cells.contains { $0.isDropped })
    #expect(proof.cells.contains { !$0.isDropped })
    var upper = Double.infinity
    for cell in proof.cells {
      let own = rows.filter { $0.score >= cell.least && $0.score < upper }
      #expect(own.map(\.score).min() == cell.least)
      #expect(cell.positives == Double(own.count { $0.label }))
      #expect(cell.negatives == Double(own.count { !$0.label }))
      #expect(cell.positivesAbove == Double(rows.count { $0.label && $0.score >= upper }))
      // By brute force: no threshold of a dropped cell is as good.
      for threshold in Set(own.map(\.score)) where cell.isDropped {
        let confusion = confusion(atLeast: threshold)
        let isMet = constraint?.isMet(by: confusion) ?? true
        let value = try #require(metric.value(of: confusion))
        #expect(!isMet || value < proof.value)
      }
      upper = cell.least
    }
    #expect(upper == rows.map(\.score).min())
  }

  @Test func provesNothingOfAChangedTable() throws {
    let database = try SQLite(rows)
    let scores = try database.scores()
    let tuning = try tune(scores, .f1)
    try database.run("DELETE FROM preds WHERE score = \(rows[5].score)")
    #expect {
      try scores.proof(of: tuning, isCancelled: { false })
    } throws: {
      "\($0)".hasPrefix("the table changed during the search")
    }
  }

  @Test func countsMissingCellsOfSummedColumns() throws {
    let database = try SQLite(rows)
    let most = rows.map(\.score).sorted()[2_500]
    try database.run("UPDATE preds SET w = NULL WHERE score > \(most)")
    let found = try database.scores().scores(
      summing: ["w"], nonnegative: [], isCancelled: { false })
    #expect(found.missing == [Double(rows.count { $0.score > most })])
    #expect(found.scores.rows == rows.count)
  }

  @Test func certifiesSeveralThresholdsInOnePass() throws {
    let scores = try SQLite(rows).scores()
    let sorted = rows.map(\.score).sorted()
    try scores.certify(at: [sorted[100], sorted[2_000]], isCancelled: { false })
    #expect(scores.asked.count == 1)
    let found = try scores.certificate(at: sorted[100], isCancelled: { false })
    #expect(found.truePositives == confusion(atLeast: sorted[100]).truePositives)
    #expect(found.falsePositives == confusion(atLeast: sorted[100]).falsePositives)
    #expect(found.greatestBelow == sorted.last { $0 < sorted[100] })
    #expect(scores.asked.count == 1)
  }

  private func confusion(atLeast threshold: Double) -> Confusion {
    let flagged = rows.filter { $0.score >= threshold }
    let tp = Double(flagged.count { $0.label })
    let fp = Double(flagged.count) - tp
    let positives = Double(rows.count { $0.label })
    return Confusion(
      truePositives: tp, falsePositives: fp, trueNegatives: Double(rows.count) - positives - fp,
      falseNegatives: positives - tp)
  }

  private func tally(_ buckets: ScoreBuckets, _ label: Bool) -> [Double] {
    var counts = [Double](repeating: 0, count: buckets.count)
    for row in rows where row.label == label && buckets.extent.contains(row.score) {
      counts[buckets.bucket(of: row.score)] += 1
    }
    return counts
  }
}

/// A table `preds` in a file of its own, with three rows that do not count.
private final class SQLite: Sendable {
  typealias Row = (score: Double, label: Bool)

  static let isInstalled = access("/usr/bin/sqlite3", X_OK) == 0

  fileprivate let path: String
  private let folder: TemporaryFolder

  /// Scores of few digits, which the client prints exactly; crowded near 0.
  static func rows(_ count: Int) -> [Row] {
    var state: UInt64 = 7
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33) / 0x1p31
    }
    return (0..<count).map { _ in
      let label = next() < 0.2
      let score = label ? next() : next() * next()
      return (((score * 100_000).rounded() - 100) / 100_000, label)
    }
  }

  init(_ rows: [Row]) throws {
    folder = try TemporaryFolder()
    path = try folder.write("", to: "rows.sqlite")
    let values = rows.map { "(\($0.score), '\($0.label ? "fraud" : "ok")', 1)" }
    for start in stride(from: 0, to: values.count, by: 1_000) {
      let some = values[start..<min(start + 1_000, values.count)].joined(separator: ",")
      try run(
        (start == 0 ? "CREATE TABLE preds (score REAL, label TEXT, w REAL);" : "")
          + "INSERT INTO preds VALUES \(some)")
    }
    try run("INSERT INTO preds VALUES (NULL, 'ok', 1), (0.5, NULL, 1), (9e999, 'ok', 1)")
  }

  func run(_ sql: String) throws {
    let result = try ChildOutput(["sqlite3", path, sql], seconds: 60, isCancelled: { false })
    guard result.status == 0 else {
      throw DatabaseError.command(program: "sqlite3", reason: result.complaint)
    }
  }

  func scores(_ score: String = "score") throws -> StoredScores {
    let client = try Client(self)
    let table = try StoredTable(.table(["preds"]), of: client, isCancelled: { false })
    let sql = ScoreSQL(
      table, score: score, label: "label", isPositive: .same(.column("label"), .text("fraud")),
      weight: nil)
    return StoredScores(DatabaseScores(sql, mostFetched: 50))
  }
}

/// The client of a table that is there as long as it is asked.
private struct Client: DatabaseClient {
  private let client: CommandClient
  private let database: SQLite

  init(_ database: SQLite) throws {
    self.database = database
    client = CommandClient(
      try #require(CommandLine("sqlite3 -csv -header \(database.path) {sql}")), seconds: 60)
  }

  var engine: String { client.engine }
  var quotes: [IdentifierQuote] { client.quotes }

  func query(
    _ sql: String, columns: [String], isCancelled: () -> Bool
  ) throws(DatabaseError) -> ResultTable {
    try client.query(sql, columns: columns, isCancelled: isCancelled)
  }
}
