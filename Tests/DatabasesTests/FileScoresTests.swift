import TableIO
import TestSupport
import Testing
import ThresholdEngine

@testable import Databases

/// Scores that stay in a file, against the same rows in memory and against brute force.
@Suite struct FileScoresTests {
  /// Rows of which some lack a value; a weight of 0 counts for nothing.
  struct Row {
    var score: Double?
    var label: Bool?
    var weight: Double?

    var isComplete: Bool { score != nil && label != nil && weight != nil }
  }

  enum Shape: CaseIterable, Sendable {
    case spread, ties, crowded, infinite

    /// Every kind of file has one of the shapes, as each search takes its time.
    fileprivate var paths: [String] {
      switch self {
      case .spread: ["a.csv", "d"]
      case .ties: ["a.jsonl"]
      case .crowded: ["a.csv.gz"]
      case .infinite: ["a.parquet"]
      }
    }

    fileprivate func score(_ draws: inout Draws) -> Double {
      let share = Double(draws.below(1 << 20)) / 0x1p20
      switch self {
      case .spread: return share * 8 - 4
      case .ties: return (share * 20).rounded() / 20
      case .crowded: return share < 0.9 ? 0.5 + share * 1e-9 : share
      case .infinite: return share < 0.02 ? .infinity : share > 0.97 ? -.infinity : share
      }
    }
  }

  static func rows(_ count: Int, _ shape: Shape, seed: UInt64) -> [Row] {
    var draws = Draws(seed: seed)
    return (0..<count).map { _ in
      var row = Row(
        score: shape.score(&draws), label: draws.below(4) == 0,
        weight: Double(draws.below(8)) / 4)
      switch draws.below(40) {
      case 0: row.score = nil
      case 1: row.label = nil
      case 2: row.weight = nil
      default: break
      }
      return row
    }
  }

  /// The files of the same rows: text, compressed text, records, Parquet, and two files of a folder.
  static let paths = ["a.csv", "a.csv.gz", "a.jsonl", "a.parquet", "d"]

  static func files(_ rows: [Row]) throws -> MemoryFileSystem {
    func table(_ rows: ArraySlice<Row>) throws -> Table {
      try Table(columns: [
        Column("id", texts: rows.indices.map { "r\($0)" }),
        Column("p", numbers: rows.map { $0.score ?? .nan }),
        Column("y", texts: rows.map { row in row.label.map { $0 ? "yes" : "no" } }),
        Column("w", numbers: rows.map { $0.weight ?? .nan }),
      ])
    }
    let files = MemoryFileSystem()
    for path in paths where path != "d" {
      // JSON has no infinite numbers.
      let hasInfinite = rows.contains { $0.score?.isInfinite ?? false }
      if path == "a.jsonl", hasInfinite { continue }
      try table(rows[...]).write(path, to: files)
    }
    try table(rows[..<(rows.count / 3)]).write("d/1.csv", to: files)
    try table(rows[(rows.count / 3)...]).write("d/2.csv", to: files)
    return files
  }

  static func scores(
    _ path: String, _ files: any FileSystem, weight: String? = nil, score: String = "p"
  ) throws -> StoredScores {
    let table = try FileTable(path, from: files, options: ReadingOptions())
    return StoredScores(
      FileScores(table, score: score, label: "y", weight: weight) { _ in .texts { $0 == "yes" } })
  }

  @Test(arguments: Shape.allCases)
  func choosesAsInMemory(shape: Shape) throws {
    let rows = Self.rows(4_000, shape, seed: 7)
    let files = try Self.files(rows)
    let complete = rows.filter { $0.score != nil && $0.label != nil }
    let local = try Scores(
      values: complete.compactMap(\.score), labels: complete.compactMap(\.label))
    for path in shape.paths {
      for (metric, constraint) in [
        (Metric.f1, nil), (.mcc, nil), (.precision, Metric.recall >= 0.3),
      ] {
        let expected = try tune(local, metric, where: constraint)
        let found = try tune(Self.scores(path, files), metric, where: constraint)
        #expect(found.outcome == expected.outcome, "\(path) \(metric)")
        #expect(found.confusion == expected.confusion, "\(path) \(metric)")
        #expect(found.plateau == expected.plateau, "\(path) \(metric)")
        #expect(found.rows == expected.rows)
        #expect(found.positives == expected.positives)
      }
      try judge(Self.scores(path, files), complete.map { ($0.score ?? 0, $0.label ?? false) })
    }
  }

  /// The best F1 by trying every score.
  private func judge(_ scores: StoredScores, _ rows: [(score: Double, label: Bool)]) throws {
    let positives = Double(rows.count { $0.label })
    let sorted = rows.sorted { $0.score > $1.score }
    var (best, tp, fp) = (-1.0, 0.0, 0.0)
    for (place, row) in sorted.enumerated() {
      if row.label { tp += 1 } else { fp += 1 }
      if place + 1 < sorted.count, sorted[place + 1].score == row.score { continue }
      best = max(best, 2 * tp / (tp + fp + positives))
    }
    let tuning = try tune(scores, .f1)
    #expect(abs(tuning.value - best) < 1e-12)
    let threshold = try #require(tuning.threshold)
    #expect(
      tuning.confusion.truePositives == Double(rows.count { $0.label && $0.score >= threshold }))
    #expect(
      tuning.confusion.falsePositives == Double(rows.count { !$0.label && $0.score >= threshold }))
  }

  @Test(arguments: Shape.allCases)
  func choosesWithWeightsAsInMemory(shape: Shape) throws {
    let rows = Self.rows(3_000, shape, seed: 11)
    let files = try Self.files(rows)
    let complete = rows.filter(\.isComplete)
    let local = try Scores(
      values: complete.compactMap(\.score), labels: complete.compactMap(\.label),
      weights: complete.compactMap(\.weight))
    let expected = try tune(local, .f1)
    for path in shape.paths {
      let found = try tune(Self.scores(path, files, weight: "w"), .f1)
      #expect(found.threshold == expected.threshold, "\(path)")
      #expect(abs(found.value - expected.value) < 1e-12, "\(path)")
      #expect(found.rows == expected.rows)
    }
  }

  @Test func countsWhatDoesNotCount() throws {
    let rows = Self.rows(2_000, .spread, seed: 3)
    let files = try Self.files(rows)
    let found = try Self.scores("a.csv", files).described(isCancelled: { false })
    let complete = rows.filter { $0.score != nil && $0.label != nil }
    #expect(found.rowsFound == 2_000)
    #expect(found.rows == Double(complete.count))
    #expect(found.withoutScore == Double(rows.count { $0.score == nil }))
    #expect(found.withoutLabel == Double(rows.count { $0.label == nil }))
    #expect(found.positives == Double(complete.count { $0.label == true }))
    let first = try #require(rows.firstIndex { $0.score == nil || $0.label == nil })
    let name = rows[first].score == nil ? "p" : "y"
    #expect(found.firstLeftOut.first == "line \(first + 2) (`\(name)`)")
    #expect(found.firstLeftOut.count == 5)
  }

  @Test func reducesExactlyAtThresholds() throws {
    let rows = Self.rows(3_000, .infinite, seed: 5)
    let files = try Self.files(rows)
    let complete = rows.filter { $0.score != nil && $0.label != nil }
    let threshold = try #require(complete[17].score)
    let reduced = try Self.scores("a.parquet", files)
      .reduced(exactAt: [threshold], isCancelled: { false })
    let flagged = complete.filter { ($0.score ?? 0) >= threshold }
    let counts = reduced.confusion(at: .threshold(threshold))
    #expect(counts.truePositives == Double(flagged.count { $0.label == true }))
    #expect(counts.falsePositives == Double(flagged.count { $0.label == false }))
  }

  @Test func keepsOnlyRowsOfItsFilters() throws {
    let rows = Self.rows(1_000, .spread, seed: 9)
    let files = try Self.files(rows)
    let whole = try FileTable("a.csv", from: files, options: ReadingOptions())
    let part = whole.filtered(
      by: FileFilter("w > 1", columns: ["w"]) { batch in
        let weights = try batch.column("w").numbers().values
        return (weights.indices.filter { weights[$0] > 1 }, weights.count { $0.isNaN })
      })
    let scores = StoredScores(
      FileScores(part, score: "p", label: "y", weight: nil) { _ in .texts { $0 == "yes" } })
    let found = try scores.described(isCancelled: { false })
    #expect(found.rowsFound == Double(rows.count { ($0.weight ?? 0) > 1 }))
    #expect(found.undecided == Double(rows.count { $0.weight == nil }))
    #expect(try part.head(3, isCancelled: { false }).rows == 3)
    #expect(
      try whole.values(of: ["y"], isCancelled: { false }) == [
        [.text("no")], [.text("yes")], [.missing],
      ])
  }

  @Test func provesTunings() throws {
    let rows = Self.rows(3_000, .ties, seed: 2)
    let files = try Self.files(rows)
    let scores = try Self.scores("a.csv", files)
    let tuning = try tune(scores, .f1)
    let found = try #require(try scores.proof(of: tuning, isCancelled: { false }))
    let complete = rows.filter { $0.score != nil && $0.label != nil }
    var upper = Double.infinity
    for cell in found.proof.cells {
      let own = complete.filter { ($0.score ?? 0) >= cell.least && ($0.score ?? 0) < upper }
      #expect(cell.positives == Double(own.count { $0.label == true }))
      #expect(own.compactMap(\.score).min() == cell.least)
      upper = cell.least
    }
    #expect(upper == complete.compactMap(\.score).min())
  }
}

/// What is refused, and what is noticed.
@Suite struct FileFaultTests {
  private func error(
    _ path: String, _ files: any FileSystem, options: ReadingOptions = ReadingOptions()
  ) -> DatabaseError? {
    let table: FileTable
    do { table = try FileTable(path, from: files, options: options) } catch { return .table(error) }
    let scores = StoredScores(
      FileScores(table, score: "p", label: "y", weight: nil) { _ in .number(1) })
    do throws(DatabaseError) {
      _ = try scores.described(isCancelled: { false })
      return nil
    } catch { return error }
  }

  @Test func noticesThatTheFileChanged() throws {
    let rows = FileScoresTests.rows(500, .spread, seed: 1)
    for path in ["a.csv", "a.csv.gz", "a.jsonl", "a.parquet"] {
      let files = try FileScoresTests.files(rows)
      let scores = try FileScoresTests.scores(path, files)
      let extent = try scores.population(isCancelled: { false }).extent
      // The same number of rows, of which one has another score.
      var others = rows
      others[100].score = extent.lowerBound
      let bytes = try FileScoresTests.files(others).readFile(path)
      try files.writeFileAtomically(path, bytes)
      let error = #expect(throws: DatabaseError.self) {
        try scores.counts(in: scores.buckets(over: extent, atMost: 64), isCancelled: { false })
      }
      #expect(error == .fileChanged(path: path))
    }
  }

  @Test func refusesWhatIsRead() throws {
    let files = MemoryFileSystem(texts: [
      "text.csv": "p,y\nlow,1\nhigh,0\n", "empty.csv": "", "none.csv": "p,y\n",
      "missing.csv": "p,y\n,1\n0.5,\n",
    ])
    #expect(
      "\(try #require(error("text.csv", files)))"
        == "column `p` is text: line 2 has `low`")
    #expect("\(try #require(error("empty.csv", files)))" == "`empty.csv`: the file is empty")
    #expect(error("none.csv", files) == .noScores(score: "p", rows: 0))
    #expect(error("missing.csv", files) == .noScores(score: "p", rows: 2))
    var options = ReadingOptions()
    options.decimal = ","
    #expect("\(try #require(error("text.csv", files, options: options)))".contains("`decimal`"))
  }

  @Test func refusesATruncatedFileAtEveryPlace() throws {
    let files = try FileScoresTests.files(FileScoresTests.rows(300, .spread, seed: 4))
    let whole = try files.readFile("a.csv.gz")
    for length in stride(from: 20, to: whole.count, by: 97) {
      try files.writeFileAtomically("cut.csv.gz", Array(whole[..<length]))
      guard case .table(let fault)? = error("cut.csv.gz", files) else {
        Issue.record("\(length) bytes of \(whole.count) were taken for a file")
        continue
      }
      #expect(fault.message.contains("it is incomplete"), "\(length)")
    }
  }

  @Test func refusesFormatsThatAreReadAsAWhole() throws {
    let files = try FileScoresTests.files(FileScoresTests.rows(30, .spread, seed: 4))
    let table = try Table.read("a.csv", from: files).table
    try table.write("a.parquet.gz", to: files)
    #expect("\(try #require(error("a.parquet.gz", files)))".contains("compressed as a whole"))
    try files.writeFileAtomically("x.npy", NumPy.array)
    #expect("\(try #require(error("x.npy", files)))".contains("cannot be read in parts"))
  }

  @Test func holdsNoMoreScoresThanItSays() throws {
    // A limit of rows would be reached by ties; one of different scores is not.
    let files = MemoryFileSystem(texts: [
      "a.csv": "p,y\n" + String(repeating: "0.5,1\n0.25,0\n", count: 20_000)
    ])
    let table = try FileTable("a.csv", from: files, options: ReadingOptions())
    let scores = FileScores(table, score: "p", label: "y", weight: nil) { _ in .number(1) }
    let tally = try scores.scores(within: [], isCancelled: { false })
    #expect(Set(tally.scores) == [0.5, 0.25])
    #expect(tally.positives.reduce(0, +) == 20_000)
  }
}

private enum NumPy {
  /// Two float64 numbers, as `np.save` writes them.
  static let array: [UInt8] = {
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }"
    let padded = header + String(repeating: " ", count: 118 - 1 - header.utf8.count) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8)
      + [UInt8](repeating: 0, count: 16)
  }()
}
