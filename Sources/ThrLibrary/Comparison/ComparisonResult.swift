import TableIO
public import ThrModel
import ThresholdEngine

/// A comparison as a value of the language.
///
/// A list of its entries, each by each metric.
public struct ComparisonResult: ListObject {
  public static let typeName = ObjectType.Name(
    "comparison", elements: ComparedResult.valueType)

  /// One metric of all entries.
  struct Block: Hashable, Sendable {
    let metric: String
    let direction: Direction
    let test: String
    /// One for each entry, against the first.
    let differences: [Difference]
  }

  let names: [String]
  let blocks: [Block]
  let rows: Int
  let positives: Int
  let isOnTest: Bool
  let isWeighted: Bool
  let level: Double
  let samples: Int
  let unit: String?
  let unitCount: Int?
  let seed: Int

  init(
    names: [String], blocks: [Block], rows: Int, positives: Int, isOnTest: Bool, isWeighted: Bool,
    unitCount: Int?, options: ComparisonOptions
  ) {
    (self.names, self.blocks, self.rows, self.positives) = (names, blocks, rows, positives)
    (self.isOnTest, self.isWeighted) = (isOnTest, isWeighted)
    (level, samples) = (options.level, options.samples)
    (unit, seed) = (options.unit, options.seed)
    self.unitCount = unitCount
  }

  public var elements: List { List(entries.map(\.value)) }

  /// Every metric of every entry, metric by metric.
  var entries: [ComparedResult] {
    blocks.flatMap { block in
      zip(names, block.differences).enumerated().map { place, entry in
        ComparedResult(
          name: entry.0, metric: block.metric, test: block.test, isFirst: place == 0,
          content: entry.1)
      }
    }
  }

  /// The one difference where there are two entries and one metric.
  fileprivate func only() throws(CallError) -> ComparedResult {
    guard names.count == 2, blocks.count == 1 else { throw .severalDifferences }
    return entries[1]
  }
}

extension ComparisonResult.Block {
  /// The entry with the best value, the first of equals; `nil` where all are undefined.
  var best: Int? {
    let sign: Double = direction == .maximise ? 1 : -1
    var best: Int?
    for (place, difference) in differences.enumerated() {
      guard let value = difference.value else { continue }
      if let former = best.flatMap({ differences[$0].value }), sign * value <= sign * former {
        continue
      }
      best = place
    }
    return best
  }
}

/// One entry of a comparison by one metric, as a value of the language.
public struct ComparedResult: LanguageObject {
  public static let typeName: ObjectType.Name = "difference"

  let name: String
  let metric: String
  let test: String
  let isFirst: Bool
  let content: Difference

  /// The interval of the gain; none of the first.
  fileprivate var interval: IntervalResult? {
    isFirst ? nil : content.interval.map { IntervalResult($0, of: .youden) }
  }
}

extension ObjectType {
  static let comparison = ObjectType(
    ComparisonResult.self, "Entries compared on the same rows, each with the first.",
    members: [
      MemberOf("first", "The name of the first entry, which the others are compared with.") {
        $0.names[0]
      },
      MemberOf("best", "The name of the entry with the best value of the first metric.") {
        comparison in
        comparison.blocks[0].best.map { comparison.names[$0] }
      },
      MemberOf("entries", "One result for each entry and each metric.") { $0.entries },
      MemberOf(
        "gain", .metric, hiddenInJSON: true,
        "The gain of the second entry, if there are two entries and one metric."
      ) {
        comparison throws(CallError) in OptionalOutcome(Outcome(try comparison.only().content.gain))
      },
      MemberOf("interval", hiddenInJSON: true, "The interval of this gain.") {
        comparison throws(CallError) in try comparison.only().interval
      },
      MemberOf(
        "p_value", hiddenInJSON: true, "The p-value of the test that the two do not differ."
      ) {
        comparison throws(CallError) in try comparison.only().content.pValue
      },
      MemberOf("level", "Confidence level of the intervals.") { $0.level },
      MemberOf("samples", .count, "Number of bootstrap samples.") { $0.samples },
      MemberOf("seed", "Seed of the random number generator.") { $0.seed },
      MemberOf("rows", .count, "Number of rows, the same for all.") { $0.rows },
    ], line: { $0.line }, text: { $0.text(on: $1) })

  static let difference = ObjectType(
    ComparedResult.self, "One entry of a comparison, by one metric.",
    members: [
      MemberOf("name", column: true, "The entry's name.") { $0.name },
      MemberOf("metric", column: true, "The metric, as text.") { $0.metric },
      MemberOf("value", .metric, column: true, "Its value.") { Outcome($0.content.value) },
      MemberOf(
        "gain", .metric, column: true,
        "The gain over the first entry: positive where better, 0 for the first."
      ) {
        Outcome($0.content.gain)
      },
      MemberOf("interval", column: true, "The interval of the gain; none for the first.") {
        $0.interval
      },
      MemberOf(
        "p_value", .metric, column: true,
        "The p-value of the test that it does not differ from the first; none for the first."
      ) {
        $0.isFirst ? nil : $0.content.pValue
      },
      MemberOf("test", column: true, "“DeLong” or “bootstrap”.") { $0.test },
    ], line: { $0.line }, text: { $0.line })
}

extension ComparedResult: RowShaped {}

extension ComparisonResult: Tabular {
  static let tableSummary: String? =
    "A comparison, in the columns name, metric, value, gain, lower, upper, p_value and test."

  var table: Table {
    get throws(CallError) {
      let entries = entries
      func numbers(_ name: String, _ read: (ComparedResult) -> Double?) -> Column {
        Column(name, numbers: entries.map { read($0) ?? .nan })
      }
      return try Table(named: [
        Column("name", texts: entries.map(\.name)), Column("metric", texts: entries.map(\.metric)),
        numbers("value") { $0.content.value }, numbers("gain") { $0.content.gain },
        numbers("lower") { $0.isFirst ? nil : $0.content.interval?.lower },
        numbers("upper") { $0.isFirst ? nil : $0.content.interval?.upper },
        numbers("p_value") { $0.isFirst ? nil : $0.content.pValue },
        Column("test", texts: entries.map(\.test)),
      ])
    }
  }
}

extension CallError {
  fileprivate static let severalDifferences = CallError(
    .unsuitableArgument, "this comparison has several differences",
    remedy: "name one: `[1].gain`; the first has none")
}
