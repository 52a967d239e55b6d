import JSONText
import TableIO
import TestSupport
import Testing
import ThrModel
import ThresholdEngine

@testable import ThrLibrary

/// Contracts of thresholds by group and of models, written and read back.
@Suite struct GroupContractTests {
  private static let names: [Cell] = [
    .text("Oslo"), .text("a \"b\" 'c'\n\\"), .text(""), .text("æ"), .text("none"), .text("0"),
  ]

  /// A random table of scores, labels and a group, of texts or of numbers.
  private static func table(_ draws: inout Draws) throws -> Table {
    let count = 12 + draws.below(30)
    let numbers = [0, 1, -0.5, 0.1 + 0.2, 1e300]
    let isNumber = draws.below(2) == 0
    let groups = (0..<count).map { row -> Int in row < 4 ? row / 2 : draws.below(5) }
    let labels = (0..<count).map { row in row < 4 ? Double(row % 2) : Double(draws.below(2)) }
    let scores = labels.map { _ in Double(draws.below(9)) / 8 }
    let group =
      isNumber
      ? Column("site", numbers: groups.map { numbers[$0] })
      : Column("site", texts: groups.map { text(names[$0]) })
    return try Table(columns: [
      Column("p", numbers: scores), Column("y", numbers: labels), group,
    ])
  }

  private static func text(_ cell: Cell) -> String {
    if case .text(let text) = cell { text } else { "" }
  }

  /// The threshold of each row, read off the tuning itself.
  private static func thresholds(_ tunings: TuningsByGroup, _ table: Table) throws -> [Double?] {
    let site = try #require(table["site"])
    return (0..<table.rows).map { row in
      let own = tunings.groups.first { $0.group?.cells == [site[row]] }
      return (own ?? tunings.overall).content.threshold
    }
  }

  @Test func decideTheSameAfterwards() throws {
    var draws = Draws(seed: 61)
    for _ in 0..<200 {
      let table = try Self.table(&draws)
      let caller = Caller()
      let rows = try caller.call(
        "scores", DataTable(table), named: ["score": "p", "label": "y"])
      let tuned = try caller.call("tune", rows, Metric.accuracy, named: ["by": "site"])
      let tunings = try #require(TuningsByGroup(tuned))
      _ = try caller.call("save", tuned, "d.json")
      let contract = try caller.call("load", "d.json")
      let decided = try caller.call(
        "classify", DataTable(table), named: ["at": contract, "score": "p"])
      let flags = [Double](try caller.call("column", decided, "decision"))
      let values = try #require([Double](caller.call("column", DataTable(table), "p")))
      let expected = zip(values, try Self.thresholds(tunings, table)).map { value, threshold in
        threshold.map { value >= $0 } == true ? 1.0 : 0
      }
      #expect(flags == expected)
      // Saved once more it is the same file.
      _ = try caller.call("save", contract, "e.json")
      let files = try ["d.json", "e.json"].map { try caller.files.readFile($0) }
      #expect(files[0] == files[1])
      // The counts of the file are those of the decision on its rows.
      let labels = try #require([Double](caller.call("column", DataTable(table), "y")))
      let hits = zip(expected, labels).count { $0 == 1 && $1 == 1 }
      #expect(try Contract(file: files[0]).rows?.confusion.truePositives == Double(hits))
    }
  }

  private static let sample: Contract = {
    var contract = Contract(.threshold(0.5), kind: "tunings")
    let groups: [([Cell], Decision)] = [
      ([.text("a"), .number(1)], .threshold(.infinity)), ([.missing, .missing], .flagNothing),
      ([.text("inf"), .number(.infinity)], .threshold(0.1 + 0.2)),
    ]
    contract.groups = GroupedDecision(
      by: ["site", "year"],
      thresholds: groups.map {
        .init(group: GroupKey(columns: ["site", "year"], cells: $0.0), decision: $0.1)
      }, overall: .threshold(0.5))
    contract.model = LogisticModel(
      featureNames: ["x", "y \"z\""], coefficients: [1.0 / 3, -1e-300], intercept: -0.1)
    return contract
  }()

  @Test func readsBackEqual() throws {
    #expect(try Contract(file: Array(Self.sample.fileText.utf8)) == Self.sample)
  }

  @Test func changesOfBytesAreRefusedOrHarmless() throws {
    let bytes = Array(Self.sample.fileText.utf8)
    for place in stride(from: 0, to: bytes.count, by: 3) {
      for change in [bytes[place] ^ 1, 0x30, 0x20, 0x22, 0xFF] where change != bytes[place] {
        var altered = bytes
        altered[place] = change
        guard let contract = try? Contract(file: altered) else { continue }
        #expect(contract == Self.sample, "byte \(place) as \(change)")
      }
    }
  }

  @Test(arguments: [
    ("\"version\": 2", "\"version\": 3", "version 3"),
    ("\"version\": 2", "\"version\": 1", "version"),
    ("\"by\": [\"site\", \"year\"]", "\"by\": [\"site\"]", "group"),
    ("\"by\": [\"site\", \"year\"]", "\"by\": [\"site\", \"site\"]", "`by`"),
    ("\"by\": [\"site\", \"year\"]", "\"by\": []", "`by`"),
    ("[null, null]", "[\"a\", 1]", "one for each group"), ("[null, null]", "[[], null]", "group"),
    ("\"features\": [\"x\", ", "\"features\": [\"x\", \"x\", ", "coefficients"),
    ("\"kind\": \"logistic regression\"", "\"kind\": \"forest\"", "kind"),
    ("\"kind\": \"tunings\"", "\"kind\": \"model\"", "kind"),
    ("\"converged\": true", "\"converged\": 1", "converged"),
  ])
  func otherContentIsRefused(old: String, new: String, words: String) throws {
    let text = Self.sample.fileText
    #expect(text.contains(old))
    var object = try #require(try JSON(parsing: text.replacing(old, with: new)).object)
    object["checksum"] = nil
    object["checksum"] = .string(Contract.checksum(of: object.members))
    let caller = Caller(files: ["c.json": JSON.object(object).description])
    let fault = caller.fault { try $0.call("load", "c.json") }
    #expect(fault.contains(words), "\(fault)")
  }

  /// A model of any numbers gives the same bits.
  @Test func modelsPredictTheSameBits() throws {
    var draws = Draws(seed: 3)
    for _ in 0..<200 {
      let model = LogisticModel(
        featureNames: ["a", "b"],
        coefficients: [(draws.uniform() - 0.5) * 1e3, (draws.uniform() - 0.5) * 1e-3],
        intercept: draws.uniform())
      var contract = Contract(.flagNothing, kind: Contract.modelKind)
      contract.model = model
      let loaded = try #require(try Contract(file: Array(contract.fileText.utf8)).model)
      let data = try Dataset(
        featureNames: ["a", "b"],
        features: (0..<2).map { _ in (0..<20).map { _ in draws.uniform() - 0.5 } },
        labels: (0..<20).map { $0 % 2 == 0 })
      let bits = try [model, loaded].map { try $0.probabilities(of: data).map(\.bitPattern) }
      #expect(bits[0] == bits[1])
    }
  }
}
