import NumberText
import TableIO
import ThrModel
public import ThrSyntax

extension Builtin {
  static let filter = Builtin(
    "filter", .data, "The rows of a table that meet a condition.",
    documentation: """
      In the condition, the name of a column is its value in the row; other names keep their
      meaning. For a column whose name is not a valid name, write `column("Age (years)")`. Rows
      where the condition is undefined because a value is missing are left out, with a warning. A
      text that no cell of its column holds, as in `site == "Olso"`, is reported with the nearest.
      """,
    example: """
      table = classify([0.1, 0.4, 0.6], at=0.5)
      filter(table, score > 0.3 and decision == 0)
      """,
    Form(
      Parameter<DataTable>("table", "The table."),
      Parameter<RowExpression>(
        "condition", kind: .rowExpression, "The condition, such as `age > 30`.")
    ) { context, table, condition in
      try table.holding(
        table.content.selecting(rows: kept(of: table.content, condition, context)))
    },
    Form(
      Parameter<ScoredRows>("scores", "Scores from lists or a table."),
      Parameter<RowExpression>(
        "condition", kind: .rowExpression, "The condition, such as `site == \"Oslo\"`.")
    ) { context, scores, condition in
      guard let table = try scores.rowsTable() else { throw CallError.scoresOfModel("filter") }
      let rows = try kept(of: table, condition, context)
      if rows.isEmpty { throw CallError.noRowLeft(table.rows) }
      return try scores.selecting(rows, of: table, as: scores.provenance?.role ?? .whole)
    }, .filterStored, .filterStreamed)

  /// The positions of the rows that meet a condition.
  private static func kept(
    of table: Table, _ condition: RowExpression, _ context: CallContext
  ) throws -> [Int] {
    condition.announce(table.columnNames)
    let byName = table.columnsByName
    let columns = RowColumns(count: table.rows) { byName[$0]?.rowColumn }
    context.reportAbsentTexts(in: condition, columns)
    if case .truths(let truths)? = try condition.column(columns) {
      report(truths.positions(of: .undefined), of: table, context)
      return truths.positions(of: .yes)
    }
    var kept: [Int] = []
    var undecided: [Int] = []
    for row in 0..<table.rows {
      if row.isMultiple(of: 1_024) { try context.checkCancelled() }
      switch try condition.evaluate({ byName[$0]?.value(ofRow: row) }) {
      case .boolean(let holds): if holds { kept.append(row) }
      case .undefined, .none: undecided.append(row)
      case let other: throw CallError.noCondition(other.type)
      }
    }
    report(undecided, of: table, context)
    return kept
  }

  private static func report(_ undecided: [Int], of table: Table, _ context: CallContext) {
    if !undecided.isEmpty { context.warn(.undecidedRows(undecided, of: table)) }
  }

  static let column = Builtin(
    "column", .data, "A column of a table as a list, or its value in a row.",
    documentation: """
      A missing number is `undefined`, a missing text `none`. With the name alone, in a
      condition on rows such as that of `filter`, it is the value in the row: use this for a column
      whose name contains spaces or signs.
      """,
    example: """
      table = classify([0.1, 0.4, 0.6], at=0.5)
      mean(column(table, "decision"))
      filter(table, column("decision") == 0)
      """,
    Form(
      Parameter<DataTable>("table", "The table."),
      Parameter<String>("name", kind: .column, "The column."), result: .list(.unknown),
      rows: .all(of: "table")
    ) { _, table, name in try table.content.column(named: name, parameter: "name").list },
    Form(Parameter<String>("name", kind: .column, "The column."), result: .unknown) {
      (context, name) -> Value in
      switch context.cell(name) {
      case .value(let value): return value
      case .noColumn: throw CallError.unknownColumn(name)
      case .noRow: throw CallError.noRow(name)
      }
    })

  static let summary = Builtin(
    "summary", .data, "Summary statistics of the columns of a table, a record for each.",
    documentation: """
      Missing cells are counted in `missing` and ignored otherwise. `values` is the number of
      distinct values. With `by=`, there is a record for each value of that column, its `group`, and
      each other column.
      """,
    example: "summary(classify([0.1, 0.4, 0.6], at=0.5))",
    Form(
      Parameter<DataTable>("table", "The table."),
      Parameter<String?>("by", kind: .column, "Column to group by."),
      result: .either(
        .list(.record(summaryFields)),
        .list(.record([.init("group", .unknown)] + summaryFields)))
    ) { context, table, by in
      guard let by else { return try table.content.summaries(context) }
      let groups = try table.content.column(named: by, parameter: "by")
      let rest = try table.content.selecting(table.content.columnNames.filter { $0 != by })
      return try groups.rowsByValue.flatMap { rows in
        let group = Record.Field("group", groups.value(ofRow: rows[0]))
        return try rest.selecting(rows: rows).summaries(context).map { Record([group] + $0.fields) }
      }
    }, .summaryStored)

  private static let summaryFields: [ValueType.Field] = [
    .init("column", .text), .init("kind", .text), .init("missing", .number),
    .init("values", .number), .init("min", .numberOrNone),
    .init("median", .either(.numberOrUndefined, .none)),
    .init("mean", .either(.numberOrUndefined, .none)), .init("max", .numberOrNone),
  ]
}

extension [RowTruth] {
  /// Where a truth stands.
  fileprivate func positions(of truth: RowTruth) -> [Int] {
    let count = reduce(0) { $0 + ($1 == truth ? 1 : 0) }
    if count == 0 { return [] }
    // Every row is written and only some are counted: whether a row is taken cannot be foretold, so
    // that a branch would cost more. After the last, one more is written.
    return [Int](unsafeUninitializedCapacity: count + 1) { positions, taken in
      var next = 0
      for position in indices {
        positions.initializeElement(at: next, to: position)
        next += self[position] == truth ? 1 : 0
      }
      taken = next
    }
  }
}

extension Table {
  fileprivate func summaries(_ context: CallContext) throws -> [Record] {
    var records: [Record] = []
    for column in columns {
      try context.checkCancelled()
      records.append(try column.summary(context))
    }
    return records
  }
}

extension Column {
  fileprivate func summary(_ context: CallContext) throws -> Record {
    Record(
      [
        .init("column", .text(name)), .init("kind", .text(isText ? "text" : "number")),
        .init("missing", missingCount.value),
      ] + (try facts(context)))
  }

  private func facts(_ context: CallContext) throws -> [Record.Field] {
    guard case .numbers(let numbers) = values else {
      return [.init("values", distinctValues().values.count.value)]
        + ["min", "median", "mean", "max"].map { .init($0, .none) }
    }
    // One sort gives all but the mean.
    let present = numbers.values.filter { !$0.isNaN }
    let ascending = try present.ordered(context) { $0 < $1 }
    let distinct = ascending.indices.count { $0 == 0 || ascending[$0] != ascending[$0 - 1] }
    return [
      .init("values", distinct.value), .init("min", ascending.first.value),
      .init("median", ascending.middle.map(Value.init(computed:)) ?? .none),
      .init("mean", present.mean.map(Value.init(computed:)) ?? .none),
      .init("max", ascending.last.value),
    ]
  }
}

extension Warning {
  static func undecidedRows(_ rows: [Int], of table: Table) -> Warning {
    let lines = rows.prefix(5).map { "\(table.line(ofRow: $0))" }.joined(separator: ", ")
    return Warning(
      .undecidedRows,
      "the condition is undefined for \(Double(rows.count).countText) of "
        + "\(counted(table.rows, "row")), which \(rows.count == 1 ? "is" : "are") left out: line "
        + lines + (rows.count > 5 ? ", …" : ""))
  }
}

extension CallError {
  fileprivate static func unknownColumn(_ name: String) -> CallError {
    CallError(
      .unknownField, "the rows have no column `\(name)`",
      remedy: "`summary` of the table lists its columns", parameter: "name")
  }

  fileprivate static func noRow(_ name: String) -> CallError {
    CallError(
      .unsuitableArgument, "there is no row here to read `\(name)` from",
      remedy: "name the table, as in `column(table, \(name.quoted))`, or write it in a condition "
        + "on rows, such as that of `filter`", parameter: "name")
  }

  fileprivate static func noRowLeft(_ rows: Int) -> CallError {
    CallError(
      .badScores, "none of the \(counted(rows, "row")) meets the condition",
      remedy: "`summary` of the table shows which values its columns have", parameter: "condition")
  }

  static func noCondition(_ type: ValueType) -> CallError {
    CallError(
      .typeMismatch, "the condition gives \(type.withArticle), not true or false",
      remedy: "compare: `filter(table, age > 30)`", parameter: "condition")
  }
}

extension Diagnostic.Kind {
  public static let undecidedRows = Diagnostic.Kind(
    "W0623", "undecided-rows", .warning,
    explanation: .init(
      """
      A condition on a missing cell is neither true nor false. `filter` leaves such rows out and \
      reports how many.
      """,
      wrong: """
        # people.csv holds: age,name / 31,Ann / ,Bo
        filter(read("people.csv"), age > 18)
        """,
      right: """
        # people.csv holds: age,name / 31,Ann / 17,Bo
        filter(read("people.csv"), age > 18)
        """))
}
