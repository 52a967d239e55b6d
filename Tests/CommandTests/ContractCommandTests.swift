import Foundation
import TestSupport
import Testing

/// `thr verify`, `classify`, `monitor` and `diff`, from a script that saves to the exit status.
@Suite struct ContractCommandTests {
  private let folder: TemporaryFolder

  /// Rows with so many of each outcome at 0.5, one hundred of each class.
  private static func rows(tp: Int, fp: Int) -> String {
    let parts = [(tp, "0.9,1"), (100 - tp, "0.1,1"), (fp, "0.9,0"), (100 - fp, "0.1,0")]
    return "p,y\n" + parts.flatMap { [String](repeating: $0.1 + "\n", count: $0.0) }.joined()
  }

  private func run(_ arguments: String...) throws -> Command.Result {
    try Command.run(arguments, in: folder.url)
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.url.appending(path: name))
  }

  init() throws {
    folder = try TemporaryFolder()
    try write(Self.rows(tp: 90, fp: 5), to: "old.csv")
    let script = """
      s = scores(read("old.csv"), score="p", label="y")
      save(evaluate(s, at=0.5), "c.json", promise = recall >= 80% and precision >= 80%)
      """
    let saved = try run("-e", script)
    #expect(saved.status == 0, "\(saved.messages)")
  }

  @Test(arguments: [(91, 4, 0, "holds"), (60, 5, 1, "fails"), (81, 10, 3, "open")])
  func verdictsAreStatuses(tp: Int, fp: Int, status: Int32, word: String) throws {
    try write(Self.rows(tp: tp, fp: fp), to: "new.csv")
    let result = try run("verify", "c.json", "new.csv", "--score", "p", "--label", "y")
    #expect(result.status == status, "\(result.messages)")
    #expect(result.output.contains("the contract \(word == "open" ? "is open" : word)"))
  }

  @Test(arguments: [
    ["verify", "none.json", "old.csv"], ["verify", "c.json", "none.csv"],
    ["verify", "c.json", "old.csv", "--score", "q"], ["verify", "old.csv", "old.csv"],
    ["verify", "c.json", "old.csv", "--level", "7"], ["classify", "c.json", "old.csv"],
    ["diff", "c.json", "none.json"],
  ])
  func faultsAreNoVerdict(arguments: [String]) throws {
    let result = try Command.run(arguments, in: folder.url)
    #expect(result.status == 2)
    #expect(!result.messages.isEmpty)
  }

  /// An annotation stands at the line of its clause.
  @Test func annotatesTheClause() throws {
    try write(Self.rows(tp: 60, fp: 2), to: "new.csv")
    let result = try run(
      "verify", "c.json", "new.csv", "--score", "p", "--label", "y", "--format", "github")
    let contract = try String(
      contentsOf: folder.url.appending(path: "c.json"), encoding: .utf8)
    let lines = contract.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains("\"metric\": \"recall\"") }) + 1
    let head =
      "::error file=c.json,line=\(line),title=recall >= 0.8::recall >= 0.8 fails: it is 0.600"
    #expect(result.output.hasPrefix(head), "\(result.output)")
  }

  @Test func writesReports() throws {
    try write(Self.rows(tp: 60, fp: 2), to: "new.csv")
    func report(_ format: String) throws -> String {
      try run(
        "verify", "c.json", "new.csv", "--score", "p", "--label", "y", "--format", format
      ).output
    }
    let json = try JSONSerialization.jsonObject(with: Data(report("json").utf8))
    #expect((json as? [String: Any])?["verdict"] as? String == "fails")
    let junit = try report("junit")
    #expect(junit.contains("tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\""), "\(junit)")
    #expect(junit.contains("name=\"recall &gt;= 0.8\""))
  }

  @Test func classifies() throws {
    let result = try run("classify", "c.json", "old.csv", "-o", "out.csv", "--score", "p")
    #expect(result.status == 0, "\(result.messages)")
    let lines = try String(contentsOf: folder.url.appending(path: "out.csv"), encoding: .utf8)
      .split(separator: "\n")
    #expect(lines.first == "p,y,decision")
    #expect(lines.count { $0.hasSuffix(",1") } == 95)
    #expect(lines.count == 201)
  }

  @Test func monitors() throws {
    for (tp, status) in [(90, 0), (40, 1)] as [(Int, Int32)] {
      try write(Self.rows(tp: tp, fp: 2), to: "day.csv")
      let result = try run(
        "monitor", "c.json", "day.csv", "--state", "m", "--score", "p", "--label", "y")
      #expect(result.status == status, "\(result.output)\(result.messages)")
    }
  }

  /// Rows without a label wait for it, by their id.
  @Test func monitorsLateLabels() throws {
    func monitor(_ rows: String, _ more: String...) throws -> Command.Result {
      try write("id,p,y\n" + rows, to: "day.csv")
      return try Command.run(
        [
          "monitor", "c.json", "day.csv", "--state", "m", "--score", "p", "--label", "y", "--id",
          "id",
        ] + more, in: folder.url)
    }
    let first = try monitor("a,0.9,1\nb,0.2,\nc,0.8,\n")
    #expect(first.status == 0, "\(first.messages)")
    #expect(first.output.contains("after 0 batches"))
    #expect(first.output.contains("2 rows still wait for a label"))
    let second = try monitor("b,0.2,0\nc,0.8,1\nd,0.1,0\n", "--json")
    let json = try JSONSerialization.jsonObject(with: Data(second.output.utf8)) as? [String: Any]
    #expect(json?["batches"] as? Int == 2, "\(second.output)\(second.messages)")
    #expect(json?["rows"] as? Int == 4)
    #expect(json?["waiting"] as? Int == 0)
    #expect(try run("monitor", "c.json", "day.csv", "--state", "m", "--wait", "3").status == 2)
  }

  @Test func saysWhatChanged() throws {
    #expect(try run("diff", "c.json", "c.json").status == 0)
    _ = try run("-e", "save(0.4, \"d.json\", promise = recall >= 90%)")
    let result = try run("diff", "c.json", "d.json")
    #expect(result.status == 1)
    #expect(
      result.output == """
        the threshold was 0.5 and is 0.4, lower: more rows are flagged
        the clause `recall >= 0.8` became `recall >= 0.9`, which claims more
        the clause `precision >= 0.8` was removed
        the rows were removed

        """)
  }
}
