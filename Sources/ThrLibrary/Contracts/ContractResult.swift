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
        "The threshold: flag rows that score at least this much; none to flag nothing. Of groups, "
          + "that for rows of no group."
      ) {
        $0.content.isModelAlone ? nil : $0.content.decision.threshold
      },
      MemberOf("rule", "The decision rule as a condition on the score; none of a model alone.") {
        $0.content.rule
      },
      MemberOf(
        "by",
        "The columns whose values define the groups; none if there is one threshold for all rows."
      ) { $0.content.groups?.by },
      MemberOf("thresholds", "The threshold of each group, as records of `group` and `threshold`.")
      {
        List($0.content.groups?.records ?? [])
      },
      MemberOf(
        "model", hiddenInJSON: true,
        "The model that computes the scores; none where it is unknown."
      ) { $0.content.model.map { FittedModel($0, history: []) } },
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
      MemberOf("version", "Version of the format of the file.") { $0.content.version },
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
  private var place: String {
    if isModelAlone { return "a model" }
    let place = thresholdText.map { "threshold \($0)" } ?? "flag nothing"
    guard let groups else { return place }
    let count = counted(groups.thresholds.count, "threshold")
    return "\(count) by \(groups.by.joined(separator: ", ")), otherwise \(place)"
  }

  fileprivate var line: String {
    let claims = clauses.map(\.text).joined(separator: " and ")
    return place + (claims.isEmpty ? "" : ", \(claims)")
  }

  fileprivate func text(on surface: Surface) -> String {
    let head: [(String, String)?] = [
      ("contract", surface.bold(place)),
      choice.map { ("chosen for", $0.text) },
    ]
    let parts =
      (groups?.lines ?? []) + [model.map { ("model", "logistic regression on \($0.features)") }]
    let claims: [(String, String)?] = clauses.map {
      ($0.level == nil ? "promise" : "guarantee", $0.claim)
    }
    let basis: [(String, String)?] = [
      clauses.isEmpty && !isModelAlone ? ("clauses", "none: no claim about new rows") : nil,
      rows.map { ("rows", rowsText($0.rows, $0.positives, nil)) },
      rows.flatMap(\.flagged).map { ("flags", $0) },
      rows.map { ("hash", $0.hash) },
    ]
    return AlignedLines(head + parts + claims + basis).text(on: surface)
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

extension LogisticModel {
  /// “3 features”.
  fileprivate var features: String { counted(featureNames.count, "feature") }
}

extension GroupedDecision {
  fileprivate var records: [Value] {
    thresholds.map { group in
      .record(
        Record([
          .init("group", group.group.value),
          .init("threshold", group.decision.threshold.map(Value.number) ?? .none),
        ]))
    }
  }

  /// The thresholds of the first groups, a line each.
  fileprivate var lines: [(String, String)?] {
    let shown = thresholds.prefix(12).map { group -> (String, String)? in
      (group.group.text, group.decision.threshold?.shortestText ?? "flag nothing")
    }
    let rest = thresholds.count - shown.count
    return shown + (rest > 0 ? [("…", "\(rest) more")] : [])
  }
}
