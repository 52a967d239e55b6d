import Synchronization
import Testing
import ThrModel

/// `scores` of a table of counts against `scores` of the rows that it stands for.
@Suite struct CountedScoresTests {
  /// Of 0.2: 1 positive and 5 negatives; of 0.5: 2 and 2; of 0.9: 4 and 1.
  private static let counts = "score,p,n\n0.2,1,5\n0.5,2,2\n0.7,0,0\n0.9,4,1\n"

  private static let rows =
    "score,label\n" + "0.2,1\n" + String(repeating: "0.2,0\n", count: 5)
    + String(repeating: "0.5,1\n0.5,0\n", count: 2) + String(repeating: "0.9,1\n", count: 4)
    + "0.9,0\n"

  private static func caller(_ counts: String = counts) -> Caller {
    Caller(files: ["counts.csv": counts, "rows.csv": rows])
  }

  private static func counted(_ caller: Caller) throws -> Value {
    try caller.call(
      "scores", try caller.call("read", "counts.csv"),
      named: ["positives": "p", "negatives": "n"])
  }

  @Test(arguments: [
    "roc", "pr", "det", "gains", "lift", "auc", "average_precision", "distribution", "calibration",
    "decision_curve", "brier",
  ])
  func answersAsTheRows(function: String) throws {
    let caller = Self.caller()
    let expanded = try caller.call("scores", try caller.call("read", "rows.csv"))
    #expect(
      try caller.call(function, Self.counted(caller)) == caller.call(function, expanded))
  }

  /// Recall of 0.9 is 4/7; precision 4/5.
  @Test func evaluatesTheRows() throws {
    let caller = Self.caller()
    let evaluation = try caller.call(
      "evaluate", Self.counted(caller), named: ["at": 0.9])
    #expect(try evaluation.member("recall") == .number(4.0 / 7))
    #expect(try evaluation.member("precision") == .number(0.8))
    #expect(try evaluation.member("rows") == .number(15))
  }

  @Test func rowsAndPositivesAreThoseOfThePopulation() throws {
    let counted = try Self.counted(Self.caller())
    #expect(try counted.member("rows") == .number(15))
    #expect(try counted.member("positives") == .number(7))
    #expect(try counted.member("prevalence") == .number(7.0 / 15))
  }

  @Test(arguments: [
    ("0.2,1,-5", "the number of negatives in line 3 is -5"),
    ("0.2,1.5,5", "the number of positives in line 3 is 1.5"),
    ("0.2,,5", "the number of positives in line 3 is missing"),
    ("0.2,1,inf", "the number of negatives in line 3 is inf"),
    ("0.2,1,1e16", "more than 2^53 rows"),
  ])
  func badCountsAreNamedByLine(line: String, words: String) {
    let fault = Self.caller("score,p,n\n0.9,4,1\n\(line)\n").fault { try Self.counted($0) }
    #expect(fault.contains(words), "\(fault)")
  }

  @Test func noRowsAtAllAreRefused() {
    let fault = Self.caller("score,p,n\n0.9,0,0\n").fault { try Self.counted($0) }
    #expect(fault.contains("all counts are 0"))
  }

  @Test func rowsWithoutAScoreAreLeftOut() throws {
    let caller = Self.caller("score,p,n\n0.9,4,1\n,3,3\n0.1,0,2\n")
    #expect(try Self.counted(caller).member("rows") == .number(7))
    #expect(caller.warnings.withLock { $0.count } == 1)
  }

  @Test(arguments: [
    (["positives": "p"], "name the column of the other: `negatives=`"),
    (["positives": "p", "negatives": "n", "weight": "p"], "`weight=` has no meaning"),
    (["positives": "p", "negatives": "q"], "no column `q`"),
  ])
  func misusedArgumentsAreReported(named: [String: String], words: String) {
    let fault = Self.caller().fault {
      try $0.call("scores", try $0.call("read", "counts.csv"), named: named)
    }
    #expect(fault.contains(words), "\(fault)")
  }

  @Test func decisionsRowByRowAreRefused() {
    let fault = Self.caller().fault {
      try $0.call("classify", Self.counted($0), named: ["at": 0.5])
    }
    #expect(fault.contains("these scores are counts of rows"))
  }

  @Test func countsAreWrittenAsCounts() throws {
    let caller = Self.caller()
    _ = try caller.call("write", Self.counted(caller), "back.csv")
    let back = try caller.call("read", "back.csv")
    let again = try caller.call(
      "scores", back, named: ["positives": "positives", "negatives": "negatives"])
    #expect(try again.member("rows") == .number(15))
    #expect(try caller.call("auc", again) == caller.call("auc", Self.counted(caller)))
  }
}
