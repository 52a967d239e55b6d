import TableIO
import ThrModel
import ThresholdEngine

extension TunedRows {
  /// The rows with the columns that make groups: those of the scores' table, or the features that
  /// a model scores.
  func groupTable() throws(CallError) -> Table {
    switch self {
    case .model(_, let rows): return try rows.table
    case .scores(let scores):
      if scores.content.isCounted { throw .needsRows("groups need single rows", parameter: "by") }
      guard let table = try scores.rowsTable() else { throw .groupsOfModel }
      return table
    case .stored: throw .needsRows("groups are made of rows", parameter: "by")
    }
  }

  /// The rows of each group, to ask them alone.
  ///
  /// - Complexity: O(*n*) for each column of the table.
  func parts(by columns: GroupColumns) throws(CallError) -> [(key: GroupKey, rows: TunedRows)] {
    if case .stored(let scores, let thresholds) = self {
      return try scores.parts(by: columns).map { ($0.key, .stored($0.rows, at: thresholds)) }
    }
    let table = try groupTable()
    let scores = try scores()
    var parts: [(key: GroupKey, rows: TunedRows)] = []
    for group in try GroupedRows(table, by: columns.names).groups {
      parts.append((group.key, .scores(try part(group.rows, of: table, scores))))
    }
    return parts
  }

  private func part(
    _ rows: [Int], of table: Table, _ scores: ScoredRows
  ) throws(CallError) -> ScoredRows {
    guard case .model = self else {
      return try scores.selecting(rows, of: table, as: scores.provenance?.role ?? .whole)
    }
    let content = try Scores(
      checking: rows.map { scores.content.values[$0] },
      labels: rows.map { scores.content.labels[$0] },
      weights: scores.content.weights.map { weights in rows.map { weights[$0] } })
    let provenance = scores.provenance.map { $0.selecting(rows, as: $0.role) }
    return ScoredRows(
      content, provenance: provenance, history: scores.history,
      source: try table.selecting(rows: rows))
  }
}

extension CallError {
  fileprivate static let groupsOfModel = CallError(
    .unsuitableArgument, "these scores come from a model, without the columns of `by`",
    remedy: "take scores of a table that has the column: `scores(table, score=…, label=…)`",
    parameter: "by")
}
