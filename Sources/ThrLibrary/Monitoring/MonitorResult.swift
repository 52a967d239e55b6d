import NumberText
import ThrModel
import ThresholdEngine

/// What a monitor knows after a batch, as a value of the language.
struct MonitorResult: LanguageObject {
  static let typeName: ObjectType.Name = "monitor"

  let content: MonitorState
  let level: Double

  /// The evidence at which the alarm is raised.
  var limit: Double { 1 / (1 - level) }

  var isAlarmed: Bool { content.history.contains { $0.exponential >= limit * (1 - 1e-12) } }
}

extension ObjectType {
  static let monitor = ObjectType(
    MonitorResult.self, "A monitored contract: the evidence so far against its claims.",
    members: [
      MemberOf("alarm", "Whether the mean evidence has reached the limit after any batch.") {
        $0.isAlarmed
      },
      MemberOf(
        "evidence", "Mean evidence (e-value) of the clauses after each batch; 1 before the first."
      ) {
        $0.content.history.map(\.exponential)
      },
      MemberOf("limit", "The evidence at which the alarm is raised: 1 / (1 - level).") { $0.limit },
      MemberOf(
        "clauses", "Each clause with its evidence, and whether it raises the alarm alone (`named`)."
      ) {
        $0.clauseRecords
      },
      MemberOf("batches", .count, "Number of batches so far.") { $0.content.batches },
      MemberOf("rows", .count, "Number of rows so far.") { $0.content.rows },
      MemberOf("waiting", .count, "Number of rows that wait for their label.") {
        $0.content.waitingRows
      },
      MemberOf("level", "One minus the highest probability of a false alarm.") { $0.level },
    ], line: { "monitor: \($0.summary)" }, text: { $0.text(on: $1) })
}

extension MonitorResult {
  private var namedAt: Double { limit * Double(content.clauses.count) }

  fileprivate var clauseRecords: List {
    List(
      content.clauses.map { (clause) -> Value in
        let evidence = clause.process.logEvidence.exponential
        let fields: [Record.Field] = [
          .init("clause", .text(clause.clause.text)), .init("evidence", .number(evidence)),
          .init("rows", .number(Double(clause.rows))),
          .init("named", .boolean(evidence >= namedAt)),
        ]
        return .record(Record(fields))
      })
  }

  fileprivate var summary: String {
    let head = isAlarmed ? "alarm" : "no alarm"
    let evidence = (content.history.last?.exponential ?? 1).significantText(digits: 3)
    let batches = "\(content.batches) \(content.batches == 1 ? "batch" : "batches")"
    return "\(head), evidence \(evidence) of \(limit.significantText(digits: 3)) after \(batches)"
  }

  fileprivate func text(on surface: Surface) -> String {
    let table = TextTable(
      header: ["clause", "rows", "evidence", "named at"],
      rows: content.clauses.map { clause in
        [
          .init(clause.clause.text), .init(Double(clause.rows).countText, isNumber: true),
          .init(clause.process.evidence.significantText(digits: 3), isNumber: true),
          .init(namedAt.significantText(digits: 3), isNumber: true),
        ]
      })
    return [table.text(on: surface), summary + sparkline, late].compactMap { $0 }
      .joined(separator: "\n\n")
  }

  /// “1,880 rows still wait for their label”.
  private var late: String? {
    let rows = content.waitingRows
    if rows == 0 { return nil }
    return "\(counted(rows, "row")) still \(rows == 1 ? "waits" : "wait") for a label"
  }

  /// The last batches, from no evidence to the limit.
  private var sparkline: String {
    let marks = Array("▁▂▃▄▅▆▇█")
    let last = content.history.suffix(30).map { evidence -> Character in
      let share = min(max(evidence.exponential / limit, 0), 1)
      return marks[Int((share * Double(marks.count - 1)).rounded())]
    }
    return last.count < 2 ? "" : "  " + String(last)
  }
}
