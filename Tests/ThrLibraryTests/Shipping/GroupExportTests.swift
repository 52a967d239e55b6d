import Foundation
import TableIO
import TestSupport
import Testing
import ThrModel
import ThresholdEngine

@testable import ThrLibrary

/// Exported thresholds by group and models, run by the languages themselves where they are
/// installed.
@Suite struct GroupExportTests {
  private static let groups: [Cell] = [
    .text("Oslo"), .text("a \"b\" 'c'\n\\ */ -- \u{2028} 😀"), .text(""), .text("É"),
    .text("__proto__"), .missing,
  ]
  private static let thresholds: [Double?] = [0.1 + 0.2, 1.0 / 3, .infinity, nil, -.infinity, 0.5]

  private static let contract: Contract = {
    var contract = Contract(.threshold(0.25), kind: "tunings")
    contract.groups = GroupedDecision(
      by: ["the \"site\"'s"],
      thresholds: zip(groups, thresholds).map { cell, threshold in
        .init(
          group: GroupKey(columns: ["the \"site\"'s"], cells: [cell]),
          decision: threshold.map(Decision.threshold) ?? .flagNothing)
      }, overall: .threshold(0.25))
    return contract
  }()

  /// Each group, and one that is unknown, with each threshold, the numbers beside it and others.
  private static let rows: [(score: Double, group: Cell)] = {
    var draws = Draws(seed: 9)
    let near = (thresholds + [0.25]).compactMap { $0 }.flatMap { [$0, $0.nextUp, $0.nextDown] }
    let scores = near.filter { !$0.isNaN } + (0..<200).map { _ in draws.uniform() }
    return (groups + [.text("oslo"), .text("new")]).flatMap { group in
      scores.map { ($0, group) }
    }
  }()

  private static let expected: String = {
    rows.map { score, group in
      let place = groups.firstIndex(of: group)
      let threshold = place.map { thresholds[$0] } ?? 0.25
      return threshold.map { score >= $0 } == true ? "1" : "0"
    }.joined() + "\n"
  }()

  /// Runs a program on a folder with the exported rule and the rows.
  private static func output(
    _ program: String, _ script: String, _ rule: String, ending: String
  ) throws -> String {
    let folder = try TemporaryFolder()
    let list = rows.map { score, group -> Any in
      if case .text(let text) = group { ["\(score)", text] } else { ["\(score)", NSNull()] }
    }
    try JSONSerialization.data(withJSONObject: list)
      .write(to: folder.url.appending(path: "rows.json"))
    try Data(rule.utf8).write(to: folder.url.appending(path: "rule.\(ending)"))
    try Data(script.utf8).write(to: folder.url.appending(path: "script"))
    return try ExportTests.run(
      program, [folder.url.appending(path: "script").path, folder.url.path])
  }

  @Test(.enabled(if: ExportTests.isInstalled("python3"), "python3 is not installed"))
  func python() throws {
    let script = """
      import json, runpy, sys
      flag = runpy.run_path(sys.argv[1] + "/rule.py")["flag"]
      rows = json.load(open(sys.argv[1] + "/rows.json"))
      print("".join(str(flag(float(score), group)) for score, group in rows))
      """
    let rule = try ExportedRule(Self.contract).text(in: .python)
    #expect(try Self.output("python3", script, rule, ending: "py") == Self.expected)
  }

  @Test(.enabled(if: ExportTests.isInstalled("python3"), "python3 is not installed"))
  func sqlite() throws {
    let script = """
      import json, sqlite3, sys
      rows = json.load(open(sys.argv[1] + "/rows.json"))
      db = sqlite3.connect(":memory:")
      db.execute('create table r (id integer primary key, score real, "the ""site""\\'s" text)')
      db.executemany("insert into r values (null, ?, ?)", [(float(s), g) for s, g in rows])
      rule = open(sys.argv[1] + "/rule.sql", encoding="utf-8").read()
      all = db.execute(f"select {rule} from r order by id").fetchall()
      print("".join(str(x) for (x,) in all))
      """
    let rule = try ExportedRule(Self.contract).text(in: .sql)
    #expect(try Self.output("python3", script, rule, ending: "sql") == Self.expected)
  }

  @Test(.enabled(if: ExportTests.isInstalled("node"), "node is not installed"))
  func javaScript() throws {
    let script = """
      const folder = process.argv[2];
      const { flag } = require(folder + "/rule.js");
      const rows = JSON.parse(require("fs").readFileSync(folder + "/rows.json", "utf8"));
      const number = (x) => x === "inf" ? Infinity : x === "-inf" ? -Infinity : Number(x);
      console.log(rows.map(([score, group]) => flag(number(score), group)).join(""));
      """
    let rule = try ExportedRule(Self.contract).text(in: .javascript)
    #expect(try Self.output("node", script, rule, ending: "js") == Self.expected)
  }

  /// The bits of a model's probabilities, over all sizes of the linear predictor.
  @Test(.enabled(if: ExportTests.isInstalled("python3"), "python3 is not installed"))
  func modelsHaveTheSameBits() throws {
    let (contract, values, bits) = try Self.model()
    let script = """
      import json, runpy, struct, sys
      score = runpy.run_path(sys.argv[1] + "/rule.py")["score"]
      for x in \(values):
          print(struct.unpack("<Q", struct.pack("<d", score({"x\\n": x, "y": 0.5})))[0])
      print(score({"x\\n": None, "y": 1}), score({"x\\n": float("nan"), "y": 1}))
      """
    let rule = try ExportedRule(contract).text(in: .python)
    let output = try Self.output("python3", script, rule, ending: "py")
    #expect(output == bits.map { "\($0)\n" }.joined() + "None None\n")
  }

  @Test(.enabled(if: ExportTests.isInstalled("node"), "node is not installed"))
  func modelsHaveTheSameBitsInJavaScript() throws {
    let (contract, values, bits) = try Self.model()
    let script = """
      const { score } = require(process.argv[2] + "/rule.js");
      const bits = (x) => new BigUint64Array(new Float64Array([x]).buffer)[0];
      for (const x of \(values)) console.log(String(bits(score({"x\\n": x, "y": 0.5}))));
      """
    let rule = try ExportedRule(contract).text(in: .javascript)
    #expect(
      try Self.output("node", script, rule, ending: "js") == bits.map { "\($0)\n" }.joined())
  }

  private static func model() throws -> (Contract, [Double], [UInt64]) {
    var draws = Draws(seed: 4)
    let values = (0..<2_000).map { row -> Double in
      let size = [1.0, 30, 800, 1e-9][row % 4]
      return (draws.uniform() * 2 - 1) * size
    }
    let model = LogisticModel(
      featureNames: ["x\n", "y"], coefficients: [0.1 + 0.9, -1.0 / 3], intercept: 1.0 / 6)
    var contract = Contract(.flagNothing, kind: Contract.modelKind)
    contract.model = model
    let data = try Dataset(
      featureNames: ["x\n", "y"], features: [values, values.map { _ in 0.5 }],
      labels: values.map { $0 > 0 })
    return (contract, values, try model.probabilities(of: data).map(\.bitPattern))
  }

  /// A name that no SQL can write is refused.
  @Test func refusesNUL() {
    var contract = Self.contract
    contract.groups = GroupedDecision(
      by: ["a\0"],
      thresholds: [
        .init(group: GroupKey(columns: ["a\0"], cells: [.text("x")]), decision: .flagNothing)
      ],
      overall: .flagNothing)
    #expect(throws: CallError.self) { try ExportedRule(contract).text(in: .sql) }
  }
}
