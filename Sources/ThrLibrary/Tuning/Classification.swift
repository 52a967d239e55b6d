import TableIO
import ThrModel
import ThresholdEngine

extension Builtin {
  static let classify = Builtin(
    "classify", .tuning,
    "Applies a threshold: 1 for rows that score at least that much, otherwise 0.",
    documentation: """
      Gives a table with a column `decision`; `write` writes it to a file. Labels are not needed.
      """,
    example: "classify([0.1, 0.4, 0.6, 0.9], at=0.5)", foreignNames: ["to_labels"],
    Form(
      .model, Parameter<RowsToDecide>("rows", "New rows, a table or a dataset."), .at
    ) { context, model, rows, at in
      try DataTable(rows.decided(by: model, at, context))
    },
    Form(
      Parameter<Numbers>("scores", "One score per row."), .at
    ) { context, scores, at in
      if let position = scores.undefined.first { throw CallError.undefinedScore(position) }
      return try DataTable(decided(scores.values, at, of: nil, context))
    },
    Form(
      Parameter<ScoredRows>("scores", "Scores with labels; the table keeps the labels."), .at
    ) { context, scores, at in
      if scores.content.isCounted {
        throw CallError.needsRows("`classify` decides row by row", parameter: "scores")
      }
      let labels = Column("label", numbers: scores.content.labels.map { $0 ? 1 : 0 })
      let rows = try scores.rowsTable()
      let decided = try decided(scores.content.values, at, of: rows, context)
      return try DataTable(decided.appending(labels))
    },
    Form(
      Parameter<DataTable>("table", "A table with a column of scores; its columns are kept."), .at,
      Parameter("score", default: "score", kind: .column, "The column of scores."),
      rows: .all(of: "table")
    ) { context, table, at, score in
      let column = try table.content.column(named: score, parameter: "score")
      _ = try column.numbers(parameter: "score")
      let rows = try table.content.completeRows([score], context)
      let scores = try rows.column(named: score, parameter: "score").numbers(parameter: "score")
      return try table.holding(rows.deciding(scores.values, at, context))
    })

  /// A table of scores and decisions.
  ///
  /// - Parameter rows: the rows with their columns, where these are known.
  static func decided(
    _ scores: [Double], _ at: DecisionArgument, of rows: Table?, _ context: CallContext
  ) throws(CallError) -> Table {
    let decisions = try at.decisions(scores, of: rows, context)
    return try Table(named: [Column("score", numbers: scores), decisions])
  }
}

/// Rows to decide, labelled or not.
enum RowsToDecide: ValueConvertible {
  case table(DataTable)
  case dataset(DatasetRows)

  static var valueType: ValueType { .either(DataTable.valueType, DatasetRows.valueType) }

  init?(_ value: Value) {
    if let table = DataTable(value) {
      self = .table(table)
    } else if let dataset = DatasetRows(value) {
      self = .dataset(dataset)
    } else {
      return nil
    }
  }

  var value: Value {
    switch self {
    case .table(let table): table.value
    case .dataset(let dataset): dataset.value
    }
  }

  /// A table keeps its columns; score and decision are appended.
  func decided(
    by model: FittedModel, _ at: DecisionArgument, _ context: CallContext
  ) throws(CallError) -> Table {
    switch self {
    case .dataset(let rows):
      let scores = try model.probabilities(of: rows.content)
      return try Builtin.decided(scores, at, of: rows.table, context)
    case .table(let table):
      let names = model.content.featureNames
      let rows = try table.content.completeRows(names, context)
      let labels = [Bool](repeating: false, count: rows.rows)
      let scores = try model.probabilities(of: rows.features(names, labels: labels, target: nil))
      return try rows.scored(scores).deciding(scores, at, context)
    }
  }
}

extension DecisionArgument {
  /// 1 where a score is flagged, else 0.
  ///
  /// - Parameter rows: the rows with their columns, where these are known.
  fileprivate func decisions(
    _ scores: [Double], of rows: Table?, _ context: CallContext
  ) throws(CallError) -> Column {
    try requireDecision()
    warnOfAnotherScale(scores, context)
    let flags: [Bool]
    if let groups {
      guard let rows else { throw .scoresWithoutGroups(groups.by) }
      flags = try groups.flags(scores, of: rows, parameter: "at", context)
    } else {
      flags = ThresholdEngine.classify(values: scores, at: decision)
    }
    return Column("decision", numbers: flags.map { $0 ? 1 : 0 })
  }
}

extension Table {
  /// A table of columns that are known to be of equal length.
  init(named columns: [Column]) throws(CallError) {
    do throws(TableError) {
      try self.init(columns: columns)
    } catch {
      throw CallError(.unsuitableArgument, error.message, remedy: error.remedy)
    }
  }

  /// The table with a column of decisions; an older one of that name gives way.
  fileprivate func scored(_ scores: [Double]) throws(CallError) -> Table {
    do throws(TableError) {
      let others = self["score"] == nil ? self : try removing(["score"])
      return try others.appending(Column("score", numbers: scores))
    } catch {
      throw CallError(.unsuitableArgument, error.message, remedy: error.remedy)
    }
  }

  func deciding(
    _ scores: [Double], _ at: DecisionArgument, _ context: CallContext
  ) throws(CallError) -> Table {
    let decisions = try at.decisions(scores, of: self, context)
    do throws(TableError) {
      let others = self["decision"] == nil ? self : try removing(["decision"])
      return try others.appending(decisions)
    } catch {
      throw CallError(.unsuitableArgument, error.message, remedy: error.remedy)
    }
  }
}

extension CallError {
  fileprivate static func scoresWithoutGroups(_ columns: [String]) -> CallError {
    let names = columns.map { "`\($0)`" }.joined(separator: " and ")
    return CallError(
      .unsuitableArgument,
      "the tuning has a threshold for each \(names), and plain scores have no columns",
      remedy: "classify a table with the column: `classify(table, at=p, score=…)`", parameter: "at")
  }

  fileprivate static func undefinedScore(_ position: Int) -> CallError {
    CallError(
      .badScores, "the score at position \(position) is undefined",
      remedy: "remove this row", parameter: "scores")
  }
}
