import NumberText
import ThrModel
import ThresholdEngine

/// A saved decision as a value of the language.
struct ContractResult: LanguageObject {
  static let typeName: ObjectType.Name = "contract"

  let content: Contract
}

extension ContractResult: DecisionValue {
  var contract: Contract { content }
}

extension ObjectType {
  static let contract = ObjectType(
    ContractResult.self, "A saved decision, with its claims about new rows.",
    members: [
      MemberOf("decision", "Kind of the saved decision, such as tuning.") { $0.content.kind },
      MemberOf(
        "threshold", threshold: { $0.content.thresholdText },
        "The threshold: flag rows that score at least this much; none to flag nothing."
      ) {
        $0.content.decision.threshold
      },
      MemberOf("rule", "The decision rule as a condition on the score.") {
        $0.content.decision.rule
      },
      MemberOf("clauses", "The claims about new rows: guarantees and promises.") {
        List($0.content.clauses.map { Value.record($0.record) })
      },
      MemberOf("level", "The confidence level of its guarantees; none without one.") {
        $0.content.clauses.compactMap(\.level).first
      },
      MemberOf("rows", .count, "Number of rows that it was made on; none for a plain threshold.") {
        $0.content.rows?.rows
      },
      MemberOf("prevalence", .metric, "The share of those rows that were positive.") {
        $0.content.rows?.prevalence
      },
      MemberOf("rows_hash", "Hash of those rows, the same in any order and from any file.") {
        $0.content.rows?.hash
      },
      MemberOf("version", "Version of the format of the file.") { _ in Contract.version },
    ], line: { "contract: \($0.content.line)" }, text: { $0.content.text(on: $1) })
}

extension Contract.Clause {
  /// The clause as a record of the language.
  var record: Record {
    Record([
      .init("clause", .text(text)), .init("metric", .metric(limit.metric)),
      .init("comparison", .text(limit.comparison.rawValue)), .init("bound", .number(limit.bound)),
      .init("source", .text(level == nil ? "promise" : "guarantee")),
      .init("level", level.map(Value.number) ?? .none),
    ])
  }

  /// “recall >= 0.9, 90 % sure”.
  var claim: String {
    text + (level.map { ", \(percentText($0)) sure" } ?? "")
  }
}

extension Contract {
  private var place: String { thresholdText.map { "threshold \($0)" } ?? "flag nothing" }

  fileprivate var line: String {
    let claims = clauses.map(\.text).joined(separator: " and ")
    return place + (claims.isEmpty ? "" : ", \(claims)")
  }

  fileprivate func text(on surface: Surface) -> String {
    let head: [(String, String)?] = [
      ("contract", surface.bold(place)),
      choice.map { ("chosen for", $0.text) },
    ]
    let claims: [(String, String)?] = clauses.map {
      ($0.level == nil ? "promise" : "guarantee", $0.claim)
    }
    let basis: [(String, String)?] = [
      clauses.isEmpty ? ("clauses", "none: no claim about new rows") : nil,
      rows.map { ("rows", rowsText($0.rows, $0.positives, nil)) },
      rows.flatMap(\.flagged).map { ("flags", $0) },
      rows.map { ("hash", $0.hash) },
    ]
    return AlignedLines(head + claims + basis).text(on: surface)
  }
}

extension Contract.Choice {
  /// “recall 0.9 where flag_rate <= 0.02”.
  fileprivate var text: String {
    let condition = constraint.map { " where \($0)" } ?? ""
    return "\(metric) \(NumberStyle.metric.text(value))\(condition)"
      + (isFeasible ? "" : ", which no threshold met")
  }
}

extension Contract.RowFacts {
  /// “378 of 1,000 rows (37.8 %)”.
  var flagged: String? {
    guard confusion.total > 0 else { return nil }
    let unit = confusion.total == Double(rows) ? "rows" : "in weight"
    return "\(confusion.flagged.countText) of \(confusion.total.countText) \(unit) "
      + "(\(percentText(confusion.flagged / confusion.total)))"
  }
}
