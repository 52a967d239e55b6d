import NumberText
import TableIO
public import ThrModel
public import ThresholdEngine

/// How many rows a guarantee takes, as a value of the language.
public struct PlanResult: LanguageObject {
  public static let typeName: ObjectType.Name = "plan"

  public let content: SampleSize
  /// What was known of the population.
  let population: SampledPopulation
  /// The rows needed, and of one condition what more rows change.
  let caution: [SampleNeed]
}

extension ObjectType {
  static let plan = ObjectType(
    PlanResult.self, "The number of labelled rows that a guarantee needs.",
    members: [
      MemberOf("constraint", column: true, "The condition on new rows.") {
        $0.content.guarantee.constraint
      },
      MemberOf("level", column: true, "Confidence level: the probability that the condition holds.")
      {
        $0.content.guarantee.level
      },
      MemberOf(
        "positives", .count, column: true,
        "Minimum number of positives; for precision, of positives above every negative score."
      ) { $0.content.positives },
      MemberOf(
        "negatives", .count, column: true,
        "Minimum number of negatives; for npv, of negatives below every positive score."
      ) { $0.content.negatives },
      MemberOf(
        "rows", .count, column: true,
        "Number of rows that contain these with probability `level`; none without `prevalence=`."
      ) { $0.content.rows },
      MemberOf("prevalence", "The prevalence given as `prevalence=`; none without it.") {
        $0.population.prevalence
      },
      MemberOf(
        "caution",
        "A record for each number of rows: `constraint`, `positives`, `negatives`, `rows`, and the "
          + "mean of the metric on new rows, `expected`."
      ) { $0.caution.map(NeedRecord.init) },
    ], hint: { $0.line }, line: { "plan: \($0.line)" }, text: { $0.text(on: $1) })
}

/// The rows that a condition needs, as a record.
private struct NeedRecord: ValueConvertible {
  let value: Value

  init(_ need: SampleNeed) {
    let counts = [Guarantee.Sample.positives, .negatives].map { sample in
      (need.sample == sample ? need.count : nil).value
    }
    let values = [need.clause.constraint.value] + counts + [need.rows.value, need.expected.value]
    value = .record(Record(zip(Self.fields, values).map { Record.Field($0.name, $1) }))
  }

  init?(_ value: Value) { self.value = value }

  static var valueType: ValueType { .record(fields) }

  private static let fields: [ValueType.Field] = [
    .init("constraint", .constraint), .init("positives", .either(.number, .none)),
    .init("negatives", .either(.number, .none)), .init("rows", .either(.number, .none)),
    .init("expected", .number),
  ]
}

extension PlanResult {
  /// “22 positives, 1,420 rows”.
  fileprivate var line: String {
    let counts = [
      (content.positives, "positive"), (content.negatives, "negative"),
    ].filter { $0.0 > 0 }.map { counted($0.0, $0.1) }
    return (counts + [content.rows.map { counted($0, "row") }].compactMap { $0 })
      .joined(separator: ", ")
  }

  fileprivate func text(on surface: Surface) -> String {
    (content.needs.count > 1 ? severalText(surface) : oneText(surface)) + "\n" + remark
  }

  /// Positives, rows and what is expected of them.
  private func oneText(_ surface: Surface) -> String {
    let need = content.needs[0]
    let (isShare, sample) = (need.clause.isShare, need.sample)
    let head = isShare ? sample.rawValue : "true \(sample.rawValue)"
    let columns = (sample == .all ? [] : [head]) + (need.rows == nil ? [] : ["rows"])
    let value = "\(need.clause.metric) on new rows, \(isShare ? "on average" : "as expected")"
    let rows = caution.enumerated().map { place, need -> [TextTable.Cell] in
      let counts = [sample == .all ? nil : need.count, need.rows].compactMap { $0 }
      return counts.map { TextTable.Cell(Double($0).countText, isNumber: true) }
        + [TextTable.Cell(need.expected.metricText + (place == 0 ? reason : ""))]
    }
    return TextTable(header: columns + [value], rows: rows).text(on: surface)
  }

  private func severalText(_ surface: Surface) -> String {
    let rows = content.needs.map { need -> [TextTable.Cell] in
      let noun = need.sample == .all ? "row" : String(need.sample.rawValue.dropLast())
      return [
        TextTable.Cell(need.clause.constraint.description),
        TextTable.Cell(counted(need.count, noun)),
        TextTable.Cell(need.rows.map { Double($0).countText } ?? "", isNumber: true),
      ]
    }
    let all = content.rows.map { rows -> [TextTable.Cell] in
      [.init("together"), .init(""), .init(Double(rows).countText, isNumber: true)]
    }
    return TextTable(header: ["condition", "needs", "rows"], rows: rows + [all].compactMap { $0 })
      .text(on: surface)
  }

  /// Which score decides where no row may be decided wrongly.
  private var reason: String {
    let need = content.needs[0]
    guard need.isLeast else { return "" }
    guard case .share(let sample, let flagged, _) = need.clause.target else {
      return "   minimum: every one is right"
    }
    let noun = sample == .all ? "" : "\(sample.rawValue.dropLast()) "
    return
      "   minimum: the threshold is \(flagged ? "above the highest" : "the lowest") \(noun)score"
  }

  private var remark: String {
    let sure = "confidence \(percentText(content.guarantee.level))"
    guard content.needs.count == 1 else { return "\(sure) for all conditions together" }
    return content.needs[0].clause.isShare
      ? "\(sure); the fewer the rows, the more cautious the threshold"
      : "\(sure); the nearer the value is to the limit, the more rows it takes"
  }
}

extension PlanResult: Tabular {
  static let tableSummary: String? = "A plan, a row for each number of rows, or each condition."

  var table: Table {
    get throws(CallError) {
      func counts(_ sample: Guarantee.Sample) -> [Double] {
        caution.map { $0.sample == sample ? Double($0.count) : .nan }
      }
      return try Table(named: [
        Column("constraint", texts: caution.map { $0.clause.constraint.description }),
        Column("positives", numbers: counts(.positives)),
        Column("negatives", numbers: counts(.negatives)),
        Column("rows", numbers: caution.map { $0.rows.map(Double.init) ?? .nan }),
        Column("expected", numbers: caution.map(\.expected)),
      ])
    }
  }
}
