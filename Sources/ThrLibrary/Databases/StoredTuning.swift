import Databases
import NumberText
import ParallelWork
import TableIO
import ThrModel
import ThresholdEngine

extension StoredScoredRows {
  /// The tuning on all rows, which are counted where they are; at last the flags once more.
  func tuned(
    _ metric: Metric, goal: Direction?, where constraint: Constraint?, infeasible: Infeasible,
    ties: Ties?, midpoint: Bool, default standard: Double?, _ context: CallContext
  ) throws -> Tuning {
    try begin(context)
    var demands = metric.demands
    if let constraint { demands.formUnion(constraint.demands) }
    let tuning: Tuning
    if demands.isEmpty {
      tuning = try explained { () throws(CountSourceError<DatabaseError>) in
        try ThresholdEngine.tune(
          counted, metric, goal: goal, where: constraint, infeasible: infeasible, ties: ties,
          midpoint: midpoint, default: standard, isCancelled: context.isCancelled)
      }
    } else {
      let scores = try summed(demands, context)
      tuning = try TuningError.explained(by: CallError.init) { () throws(TuningError) in
        try ThresholdEngine.tune(
          scores, metric, goal: goal, where: constraint, infeasible: infeasible, ties: ties,
          midpoint: midpoint, default: standard, isCancelled: context.isCancelled)
      }
    }
    try certify(tuning, context)
    return tuning
  }

  /// All scores with the sums of columns, which the search needs at each of them.
  private func summed(_ demands: RowDemands, _ context: CallContext) throws -> Scores {
    guard demands.conditions.isEmpty, demands.groups.isEmpty, weight == nil else {
      throw CallError.notInCounts(
        "`only`, `per`, `gap` and `ratio` on \(home.kind)",
        "conditions and groups are not among the counts", parameter: "metric")
    }
    var names: [String] = []
    for (name, _) in demands.columns where !names.contains(name) {
      try home.check(name, "metric")
      names.append(name)
    }
    let shares = Set(demands.columns.filter { !$0.use.isCount }.map(\.name))
    let (scores, missing) = try DatabaseError.explained(parameter: "metric") {
      () throws(DatabaseError) in
      try counted.scores(summing: names, nonnegative: shares, isCancelled: context.isCancelled)
    }
    for (name, count) in zip(names, missing) where count > 0 {
      let use = demands.columns.first { $0.name == name }?.use.text ?? name
      context.warn(.missing(name, in: count, of: Double(scores.rows), use))
    }
    return scores
  }

  private func explained(
    _ work: () throws(CountSourceError<DatabaseError>) -> Tuning
  ) throws -> Tuning {
    do throws(CountSourceError<DatabaseError>) {
      return try work()
    } catch .tuning(let error) {
      return try TuningError.explained(by: CallError.init) { () throws(TuningError) in throw error }
    } catch .source(let error) {
      return try DatabaseError.explained { () throws(DatabaseError) in throw error }
    }
  }

  /// Holds the counts of the tuning against those of the database at the very threshold.
  private func certify(_ tuning: Tuning, _ context: CallContext) throws {
    guard let threshold = tuning.threshold else { return }
    try DatabaseError.explained { () throws(DatabaseError) in
      let found = try counted.certificate(at: threshold, isCancelled: context.isCancelled)
      let expected = (tuning.confusion.truePositives, tuning.confusion.falsePositives)
      guard !found.agrees(expected, isExact: weight == nil) else { return }
      throw DatabaseError.changed(
        expected: "\(Int(expected.0)) true and \(Int(expected.1)) false positives",
        found: "\(Int(found.truePositives)) and \(Int(found.falsePositives))")
    }
  }

  /// The same rows of each value of some columns; one scan says which values there are.
  func parts(by columns: GroupColumns) throws(CallError) -> [(
    key: GroupKey, rows: StoredScoredRows
  )] {
    for name in columns.names { try home.check(name, "by") }
    switch home {
    case .database(let table, _): return try parts(of: table, by: columns)
    case .file(let table, let positive):
      do throws(DatabaseError) {
        return try table.parts(by: columns.names).map { cells, part in
          (GroupKey(columns: columns.names, cells: cells), holding(.file(part, positive: positive)))
        }
      } catch { throw CallError(error, parameter: "by") }
    }
  }

  private func parts(
    of table: StoredRows, by columns: GroupColumns
  ) throws(CallError) -> [(key: GroupKey, rows: StoredScoredRows)] {
    guard case .database(_, let positive) = home, let scores = counted.questions as? DatabaseScores
    else { return [] }
    let answer: ResultTable
    do throws(DatabaseError) {
      answer = try table.content.client.query(
        scores.sql.values(of: columns.names), columns: columns.names + ["n"],
        isCancelled: { false })
    } catch { throw CallError(error, parameter: "by") }
    guard answer.rows <= 10_000, answer.columns.count == columns.names.count + 1 else {
      throw CallError(
        .unsuitableArgument, "`by` makes \(answer.rows) groups, each of which takes scans",
        remedy: "group by a column of few values", parameter: "by")
    }
    return (0..<answer.rows).map { row in
      let cells = columns.names.indices.map { answer.columns[$0][row] }
      var part = table.content
      for (name, cell) in zip(columns.names, cells) { part = part.filtered(cell.equals(name)) }
      return (
        GroupKey(columns: columns.names, cells: cells),
        holding(.database(table.holding(part), positive: positive))
      )
    }
  }
}

extension Warning {
  fileprivate static func missing(
    _ name: String, in count: Double, of rows: Double, _ use: String
  ) -> Warning {
    Warning(
      .incompleteRows,
      "`\(use)` leaves out \(count.countText) of \(counted(Int(rows), "row")), where `\(name)` is missing"
    )
  }
}

extension StoredCertificate {
  fileprivate func agrees(_ counts: (Double, Double), isExact: Bool) -> Bool {
    func agree(_ one: Double, _ other: Double) -> Bool {
      one == other || !isExact && abs(one - other) <= 1e-9 * max(abs(one), abs(other))
    }
    return agree(truePositives, counts.0) && agree(falsePositives, counts.1)
  }
}

extension Cell {
  fileprivate func equals(_ column: String) -> SQLExpression {
    switch self {
    case .number(let number): .same(.column(column), .number(number))
    case .text(let text): .same(.column(column), .text(text))
    case .missing: .isMissing(.column(column))
    }
  }
}
