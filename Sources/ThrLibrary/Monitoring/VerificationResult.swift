import NumberText
import ThrModel
import ThresholdEngine

/// What new rows say of a contract, as a value of the language.
struct VerificationResult: LanguageObject {
  static let typeName: ObjectType.Name = "verification"

  let content: Verification
}

extension ObjectType {
  static let verification = ObjectType(
    VerificationResult.self, "A test on new rows whether the claims of a contract hold.",
    members: [
      MemberOf(
        "verdict",
        "“fails” if a clause fails, “holds” if all hold, otherwise “open”: the rows are too few, or "
          + "there is no clause."
      ) {
        $0.content.verdict.rawValue
      },
      MemberOf("status", "The verdict as an exit status: 0 holds, 1 fails, 3 open.") {
        $0.content.status
      },
      MemberOf("clauses", "Each clause with its value, interval and verdict.") {
        List($0.content.clauses.map { Value.record($0.record) })
      },
      MemberOf(
        "drift",
        "Prevalence, flag rate and scores then and now, with the p-value of the test that they do "
          + "not differ."
      ) {
        List($0.content.drift.map { Value.record($0.record) })
      },
      MemberOf("level", "Confidence level: with at least this probability no verdict is wrong.") {
        $0.content.level
      },
      MemberOf("rows", .count, "Number of new rows.") { $0.content.rows },
      MemberOf("positives", .count, "Number of positive rows.") { $0.content.positives },
    ], line: { "verification: \($0.content.summary)" }, text: { $0.content.text(on: $1) })
}

extension Verification.ClauseCheck {
  fileprivate var record: Record {
    let interval = test.interval
    return Record([
      .init("clause", .text(clause.text)), .init("value", Outcome(test.value).value),
      .init("lower", .number(interval.lowerBound)), .init("upper", .number(interval.upperBound)),
      .init("rows", .number(Double(test.rows))), .init("verdict", .text(test.verdict.rawValue)),
    ])
  }
}

extension Verification.Drift {
  /// Whether the two differ by more than chance, at the usual 5 %.
  fileprivate var isClear: Bool { pValue.map { $0 <= 0.05 } ?? false }

  fileprivate var record: Record {
    Record([
      .init("name", .text(name)), .init("then", former.map(Value.number) ?? .none),
      .init("now", present.map(Value.number) ?? .none),
      .init("p_value", pValue.map(Value.number) ?? .none),
    ])
  }
}

extension Verification {
  /// “fails: precision >= 0.9”.
  var summary: String {
    if clauses.isEmpty { return "\(Self.claimsNothing) (status 3)" }
    let named = clauses.filter { $0.test.verdict == verdict }.map(\.clause.text)
    let list = named.joined(separator: ", ")
    return switch verdict {
    case .holds: "the contract holds (status 0)"
    case .fails: "the contract fails: \(list) (status 1)"
    case .open: "the contract is open: \(list) (status 3)"
    }
  }

  func text(on surface: Surface) -> String {
    [clauseTable?.text(on: surface), driftTable?.text(on: surface), summary]
      .compactMap { $0 }.joined(separator: "\n\n")
  }

  private var clauseTable: TextTable? {
    if clauses.isEmpty { return nil }
    // Each end leaves out what its verdict may be wrong by.
    let width = 1 - 2 * (1 - level) / Double(clauses.count)
    return TextTable(
      header: ["clause", "claimed", "now", "\(percentText(width)) interval", "verdict"],
      rows: clauses.map { check in
        let limit = check.clause.limit
        let interval = check.test.interval
        return [
          .init("\(limit.metric)"),
          .init("\(limit.comparison.rawValue) \(limit.bound.shortestText)"),
          .init(check.test.value.map(\.metricText) ?? "undefined", isNumber: true),
          .init("\(interval.lowerBound.metricText) – \(interval.upperBound.metricText)"),
          .init(check.verdictText),
        ]
      })
  }

  private var driftTable: TextTable? {
    if drift.isEmpty { return nil }
    return TextTable(
      header: ["drift", "then", "now", "p-value", ""],
      rows: drift.map { drift in
        [
          .init(drift.name), .init(drift.former.map(percentText) ?? "", isNumber: true),
          .init(drift.present.map(percentText) ?? "", isNumber: true),
          .init(
            drift.pValue.map { $0.significantText(digits: 2) } ?? "too few rows", isNumber: true),
          .init(drift.isClear ? drift.remark : ""),
        ]
      })
  }
}
