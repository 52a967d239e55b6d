import ContentHash
import TableIO
import ThrModel
import ThresholdEngine

/// Rows of a table whose labels may still be missing, each with an id.
struct LateRows {
  let rows: [WaitingCohort.Row]
  /// A hash of ids, scores and labels, in any order.
  let hash: String

  /// - Throws: where a column is missing, an id stands twice, or a label is of no class.
  init(
    _ table: Table, _ columns: LateColumns, at contract: Contract, _ context: CallContext
  ) throws(CallError) {
    if contract.isModelAlone { throw .noDecision(parameter: "contract") }
    let ids = try table.column(named: columns.id, parameter: "id")
    _ = try table.column(named: columns.score, parameter: "score").numbers(parameter: "score")
    _ = try table.column(named: columns.label, parameter: "label")
    let complete = try table.completeRows([ids.name, columns.score], context)
    let scores = try complete.column(named: columns.score, parameter: "score")
      .numbers(parameter: "score").values
    let flags: [Bool]
    if let groups = contract.groups {
      flags = try groups.flags(scores, of: complete, parameter: "contract", context)
    } else {
      flags = ThresholdEngine.classify(values: scores, at: contract.decision)
    }
    let names = try complete.ids(columns.id)
    let labels = try complete.knownLabels(columns, context)
    rows = names.indices.map {
      WaitingCohort.Row(id: names[$0], isFlagged: flags[$0], label: labels[$0])
    }
    hash = Self.hash(rows, scores)
  }

  private static func hash(_ rows: [WaitingCohort.Row], _ scores: [Double]) -> String {
    var sums = (UInt64(0), UInt64(0))
    for (row, score) in zip(rows, scores) {
      var hash = ContentHash(row.id.utf8)
      hash.combine((score + 0).bitPattern)
      hash.combine(row.label.map { $0 ? 1 : 0 } ?? 2)
      sums.0 &+= hash.value.mixed
      hash.combine(0x9e37_79b9_7f4a_7c15)
      sums.1 &+= hash.value.mixed
    }
    return sums.0.sixteenDigits + sums.1.sixteenDigits
  }
}

/// The columns of rows whose labels come late.
struct LateColumns {
  let id: String
  let score: String
  let label: String
  let positive: LabelValue?
}

extension Table {
  /// The ids, each of which stands once.
  fileprivate func ids(_ name: String) throws(CallError) -> [String] {
    let column = try column(named: name, parameter: "id")
    let texts = (0..<rows).map { column[$0].text }
    var seen = Set<String>()
    for (row, id) in texts.enumerated() where !seen.insert(id).inserted {
      throw CallError(
        .unsuitableArgument,
        "the id \(id.quoted) stands twice, the second time on line \(line(ofRow: row))",
        remedy: "keep one row for each id", parameter: "id")
    }
    return texts
  }

  /// The label of each row; `nil` where it is missing.
  fileprivate func knownLabels(
    _ columns: LateColumns, _ context: CallContext
  ) throws(CallError) -> [Bool?] {
    let column = try column(named: columns.label, parameter: "label")
    let missing = Set(column.missingRows)
    if missing.count == rows { return [Bool?](repeating: nil, count: rows) }
    let places = (0..<rows).filter { !missing.contains($0) }
    let known = try selecting(rows: places).column(named: columns.label, parameter: "label")
    let labels = try PositiveClass(of: known, given: columns.positive, mayBeAbsent: true)
      .labels(known)
    if let given = columns.positive, !labels.contains(true) {
      context.warn(.noPositives(given, in: columns.label))
    }
    var result = [Bool?](repeating: nil, count: rows)
    for (place, label) in zip(places, labels) { result[place] = label }
    return result
  }
}
