import JSONText
import TestSupport
import Testing
import ThrModel
import ThresholdEngine

@testable import ThrLibrary

/// Contracts written and read back.
@Suite struct ContractTests {
  /// A random decision with rows: ties, infinite and negative scores, and scores an ulp apart.
  private static func scores(_ draws: inout Draws) -> (values: [Double], labels: [Double]) {
    let count = 2 + draws.below(40)
    let kinds: [(inout Draws) -> Double] = [
      { $0.uniform() }, { Double($0.below(5)) / 4 }, { Double(Float($0.uniform())) },
      { 0.5.nextUp * (1 + Double($0.below(3)) * 0x1p-52) }, { ($0.uniform() - 0.5) * 1e300 },
      { $0.below(2) == 0 ? Double.infinity : -.infinity },
      { Double($0.below(4)) * .leastNonzeroMagnitude },
    ]
    let kind = kinds[draws.below(kinds.count)]
    var labels = (0..<count).map { _ in Double(draws.below(2)) }
    (labels[0], labels[1]) = (0, 1)
    return ((0..<count).map { _ in kind(&draws) }, labels)
  }

  @Test func oneThousandDecisionsDecideTheSameAfterwards() throws {
    var draws = Draws(seed: 16)
    for round in 0..<1_000 {
      let (values, labels) = Self.scores(&draws)
      let caller = Caller()
      let scores = try caller.call("scores", values, labels)
      let decision: Value =
        switch round % 4 {
        case 0: try caller.call("tune", scores, Metric.accuracy)
        case 1:
          try caller.call("evaluate", scores, named: ["at": values[draws.below(values.count)]])
        case 2: .number(values[draws.below(values.count)])
        default: try caller.call("tune", scores, Metric.youden)
        }
      _ = try caller.call("save", decision, "d.json")
      let contract = try caller.call("load", "d.json")
      let threshold: Double? =
        if case .number(let number) = decision { number } else {
          Double(try decision.member("threshold"))
        }
      let table = try caller.call("classify", values, named: ["at": contract])
      let flags = [Double](try caller.call("column", table, "decision"))
      let expected = values.map { value in threshold.map { value >= $0 } == true ? 1.0 : 0 }
      #expect(flags == expected)
    }
  }

  private static let sample: Contract = {
    var contract = Contract(.threshold(0.1 + 0.2), kind: "tuning")
    contract.plateau = .init(lower: -.infinity, upper: 0.1 + 0.2)
    contract.choice = .init(
      metric: "f1", goal: "max", value: 1.0 / 3, constraint: "recall >= 0.5", isFeasible: true)
    contract.clauses = [
      Contract.Clause(Limit(.recall, .greaterOrEqual, 0.9), level: 0.95),
      Contract.Clause(Limit(.flagRate, .less, 0.02), level: nil),
    ].compactMap { $0 }
    contract.rows = .init(
      rows: 100, positives: 9,
      confusion: .init(
        truePositives: 8, falsePositives: 2, trueNegatives: 89, falseNegatives: 1),
      hash: "0123456789abcdef0123456789abcdef",
      scores: ScoreBins(edges: [0.1, 0.7], counts: [50, 40, 10]))
    return contract
  }()

  @Test func readsBackEqual() throws {
    #expect(try Contract(file: Array(Self.sample.fileText.utf8)) == Self.sample)
  }

  /// Every byte replaced by others: refused, or the very same contract, as where a space became a
  /// line break.
  @Test func everyChangeOfAByteIsRefusedOrHarmless() throws {
    let bytes = Array(Self.sample.fileText.utf8)
    var harmless = 0
    for place in bytes.indices {
      let changes = [bytes[place] ^ 1, bytes[place] ^ 32, 0x30, 0x39, 0x20, 0x0A, 0x22, 0x00, 0xFF]
      for change in changes where change != bytes[place] {
        var altered = bytes
        altered[place] = change
        guard let contract = try? Contract(file: altered) else { continue }
        harmless += 1
        #expect(contract == Self.sample, "byte \(place) as \(change)")
      }
    }
    #expect(harmless > 0)
  }

  @Test func everyTruncationIsRefused() {
    let bytes = Array(Self.sample.fileText.utf8)
    for length in 0..<bytes.count - 2 {
      #expect(throws: ContractFault.self) { try Contract(file: Array(bytes[..<length])) }
    }
  }

  /// The line ends of another system, and spaces, are no change.
  @Test func mayBeLaidOutOtherwise() throws {
    let text = Self.sample.fileText.replacing("\n", with: "\r\n").replacing("  ", with: "\t")
    #expect(try Contract(file: Array(text.utf8)) == Self.sample)
  }

  /// A file with a right checksum is refused where its content is not as the format says.
  @Test(arguments: [
    ("\"version\": 1", "\"version\": 3", "version 3"),
    ("\"goal\": \"max\"", "\"goal\": \"up\"", "goal"),
    ("\"kind\": \"tuning\"", "\"kind\": \"calibrator\"", "kind that this thr does not know"),
    ("\"kind\": \"tuning\"", "\"kind\": \"model\"", "kind that this thr does not know"),
    ("\"rule\": \"score >= 0.3", "\"rule\": \"score >= 0.4", "rule"),
    ("\"feasible\": true", "\"feasible\": 1", "feasible"), ("\"tp\": 8", "\"tq\": 8", "`tq`"),
    ("\"tp\": 8", "\"tn\": 8", "twice"), ("\"bound\": 0.9", "\"bound\": \"0.9\"", "bound"),
    ("\"metric\": \"recall\"", "\"metric\": \"f1\"", "rate"),
    ("\"level\": 0.95", "\"level\": null", "level"),
    ("[50, 40, 10]", "[50, 40]", "edges"), ("threshold contract", "contract", "not a contract"),
  ])
  func otherContentIsRefused(old: String, new: String, words: String) throws {
    let text = Self.sample.fileText
    #expect(text.contains(old))
    var object = try #require(try JSON(parsing: text.replacing(old, with: new)).object)
    object["checksum"] = nil
    object["checksum"] = .string(Contract.checksum(of: object.members))
    let file = JSON.object(object).description
    let caller = Caller(files: ["c.json": file])
    let fault = caller.fault { try $0.call("load", "c.json") }
    #expect(fault.contains(words), "\(fault)")
  }
}
