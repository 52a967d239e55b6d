import ParallelWork
import TableIO
import ThrModel
import ThresholdEngine

extension ScoredRows {
  /// The rows with the columns that conditions and splits may name: those of their table, or of
  /// the lists that the scores were made from; `nil` for the scores of a model.
  func rowsTable() throws(CallError) -> Table? {
    if let source { return try others?.rows(of: source) ?? source }
    if provenance != nil, !isFromLists { return nil }
    return try table
  }

  /// The scores at the given positions, which must exist, in their order.
  ///
  /// - Parameter table: what `rowsTable` gives.
  func selecting(_ rows: [Int], of table: Table, as role: Role) throws(CallError) -> ScoredRows {
    let chosen = try table.selecting(rows: rows)
    let weights = content.weights.map { weights in rows.map { weights[$0] } }
    let scores = try Scores(
      checking: rows.map { content.values[$0] }, labels: rows.map { content.labels[$0] },
      weights: weights)
    return ScoredRows(
      scores, groups: groups.flatMap { chosen[$0.name] }, provenance: chosen.provenance(as: role),
      history: history, source: chosen)
  }

  /// The same scores with those at the given positions set aside for each job.
  func split(into positions: [(role: Role, rows: [Int])]) throws(CallError) -> ScoredRows {
    guard let table = try rowsTable() else { throw .scoresOfModel("split") }
    var parts: [Role: ScoredRows] = [:]
    for (role, rows) in positions where !rows.isEmpty {
      parts[role] = try selecting(rows, of: table, as: role)
    }
    return ScoredRows(
      content, groups: groups, provenance: table.provenance, history: history, source: table,
      parts: parts)
  }

  func part(_ role: Role) throws(CallError) -> ScoredRows {
    guard let part = parts[role] else { throw .noPart(role, isSplit: !parts.isEmpty) }
    return part
  }
}

extension CallError {
  /// The scores of a model know no columns, and their dataset is split before the model is fitted.
  static func scoresOfModel(_ function: String) -> CallError {
    CallError(
      .unsuitableArgument, "`\(function)` takes scores from lists or a table, not of a model",
      remedy: "`\(function)` the rows before the model scores them")
  }

  fileprivate static func noPart(_ role: Role, isSplit: Bool) -> CallError {
    CallError(
      .noSuchPart,
      isSplit
        ? "these scores are split without a \(role.rawValue) part"
        : "these scores are not split, so there are no \(role.rawValue) rows",
      remedy: "split them: `s = split(s, val=0.5, test=0.5)`")
  }
}
