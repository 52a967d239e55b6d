import Synchronization
import Testing
import ThrModel
import ThrSyntax
import ThresholdEngine

/// What a user reads who hands over something unsuitable.
@Suite struct FaultTests {
  private static func record(_ fields: (String, Double)...) -> Record {
    Record(fields.map { .init($0, .number($1)) })
  }

  @Test(arguments: [
    record(("a", 1)), record(("negative", 1)), record(("negative", 1), ("positive", 2), ("x", 3)),
  ])
  func classWeightsHaveTwoFields(weights: Record) throws {
    let caller = Caller()
    let data = try caller.call("synth", 100.0, 0.8)
    let fault = caller.fault { try $0.call("logreg", data, named: ["class_weight": weights]) }
    #expect(fault.contains("{negative: 1, positive: 20}"))
  }

  @Test(arguments: [([0.0, 0], "positive"), ([1, 1], "negative"), ([0, 1], nil)])
  func rowsOfOneClassAreReported(labels: [Double], absent: String?) throws {
    let caller = Caller()
    let scores = try caller.call("scores", [0.1, 0.2], labels)
    _ = try caller.call("tune", scores, Metric.accuracy)
    let reported = caller.warnings.withLock { $0.filter { $0.kind.name == "one-class" } }
    #expect(
      reported.map(\.message) == absent.map {
        ["no row is labelled \($0), so the threshold separates nothing"]
      } ?? [])
  }

  @Test(arguments: [(-2.5, "`[1]` is -2.5"), (.infinity, "`[1]` is inf"), (.nan, "is undefined")])
  func badWeightsAreNamedAsTheLanguageCountsThem(weight: Double, words: String) {
    let fault = Caller().fault {
      try $0.call("scores", [0.1, 0.2], [0.0, 1], named: ["weight": [1, weight]])
    }
    #expect(fault.contains(words))
  }

  @Test func badWeightsOfATableAreNamedByLine() throws {
    let caller = Caller(files: ["s.csv": "score,label,weight\n0.1,0,1\n\n0.9,1,-2\n"])
    let table = try caller.call("read", "s.csv")
    let fault = caller.fault { try $0.call("scores", table, named: ["weight": "weight"]) }
    #expect(fault.contains("line 4 is -2"))
  }

  @Test(arguments: [
    ("x.xlsx", "\"x.csv\""), ("a.b/x.arrow", ".parquet"), ("x.tsv", "\"x.csv\""),
    ("x.svg", "\"x.csv\""),
  ])
  func whatCannotBeWrittenIsReportedByItsEnding(path: String, words: String) {
    let fault = Caller().fault {
      try $0.call(
        "write", [Record([.init("a", .number(1))]), Record([.init("a", .number(2))])], path)
    }
    #expect(fault.contains(words))
  }

  @Test(arguments: ["x.csv", "x.CSV", "x.txt", "x", "a.b/x", ".x"])
  func textIsWrittenUnderItsEndings(path: String) throws {
    let caller = Caller(files: [:])
    let rows = [Record([.init("a", .number(1))]), Record([.init("a", .number(2))])]
    _ = try caller.call("write", rows, path)
  }

  // NaN and infinity are no statistics, regardless of the column's contents.
  @Test func infiniteCellsLeaveNoMean() throws {
    let caller = Caller(files: ["s.csv": "a\n1\ninf\n-inf\n"])
    let summary = try caller.call("summary", caller.call("read", "s.csv"))
    guard case .list(let rows) = summary, case .record(let record) = rows[0] else {
      Issue.record("no summary")
      return
    }
    #expect(record["mean"] == .undefined)
    #expect(record["median"] == .number(1))
    #expect(record["values"] == .number(3))
  }

  @Test func tablesAreEqualByContent() throws {
    let caller = Caller(files: ["a.csv": "a\n1\n\n2\n", "b.csv": "a\n1\n2\n", "c.csv": "a\n2\n1\n"])
    let tables = try ["a.csv", "b.csv", "c.csv"].map { try caller.call("read", $0) }
    #expect(tables[0] == tables[1])
    #expect(tables[0] != tables[2])
  }

  @Test func aMissingFileIsSoughtInTwoPlaces() {
    let fault = Caller().fault { try $0.call("read", "nope.csv") }
    #expect(fault.contains("working folder, then in the folder of the script, `scripts`"))
  }
}
