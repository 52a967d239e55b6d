import Databases
import ParallelWork
import TableIO
import ThrModel

extension Builtin.Form {
  private static var table: Parameter<StoredRows> {
    Parameter("table", "A table that lives in a database; the result does too.")
  }

  static var filterStored: Builtin.Form {
    Builtin.Form(
      table,
      Parameter<RowExpression>(
        "condition", kind: .rowExpression, "The condition, such as `age > 30`.")
    ) { _, table, condition in
      condition.announce(table.content.columnNames)
      return table.holding(
        table.content.filtered(try SQLConversion(table.content, condition).condition()))
    }
  }

  static var deriveStored: Builtin.Form {
    Builtin.Form(
      table,
      Parameter<RowExpressions>(
        "columns", kind: .rowExpressions, "The columns, each `name = expression`.")
    ) { _, table, columns in
      var content = table.content
      for column in columns.named {
        column.expression.announce(content.columnNames)
        if content[column.name] != nil {
          throw CallError(
            .unsuitableArgument, "the table has a column `\(column.name)` already",
            remedy: "choose another name: a column in a database is not replaced",
            parameter: "columns")
        }
        let conversion = SQLConversion(content, column.expression)
        let value = try conversion.value()
        content = content.derived([(column.name, value, conversion.isText(value))])
      }
      return table.holding(content)
    }
  }

  static var selectStored: Builtin.Form {
    Builtin.Form(
      table, Parameter<[String]>("columns", "The names of the columns.")
    ) { _, table, names in
      for name in names { try table.check(name, "columns") }
      guard Set(names).count == names.count, !names.isEmpty else {
        throw CallError(
          .unsuitableArgument, "the columns are none, or one stands twice",
          remedy: "name each column once", parameter: "columns")
      }
      return table.holding(table.content.selected(names))
    }
  }

  static var headStored: Builtin.Form {
    Builtin.Form(
      Parameter<StoredRows>("table", "A table in a database, whose first rows are fetched."),
      Parameter("n", in: 0...1e9, default: 10, unit: "rows", "How many rows."),
      result: DataTable.valueType
    ) { context, table, count in
      try table.holding(table.content.limited(to: count)).fetched(context)
    }
  }

  static var sortStored: Builtin.Form {
    Builtin.Form(
      table, Parameter<String>("by", kind: .column, "The column to sort by."),
      Parameter<Bool>("descending", default: false, "Whether to sort in descending order.")
    ) { _, table, by, descending in
      try table.check(by, "by")
      return table.holding(table.content.sorted(by: by, descending: descending))
    }
  }

  static var joinStored: Builtin.Form {
    Builtin.Form(
      Parameter<StoredRows>("a", "A table in a database, whose rows the result has."),
      Parameter<StoredRows>("b", "Another of the same database, with further columns."),
      Parameter<String>("on", kind: .column, "The column of keys, which both tables have.")
    ) { _, left, right, key in
      try left.check(key, "on")
      try right.check(key, "on")
      guard left.database == right.database else {
        throw CallError(
          .unsuitableArgument, "the tables live in different databases",
          remedy: "bring one of them to the other, or fetch both: `head(table, …)`", parameter: "b")
      }
      let both = right.content.columnNames.first { $0 != key && left.content[$0] != nil }
      if let both {
        throw CallError(
          .unsuitableArgument, "both tables have a column `\(both)`",
          remedy: "leave it out of one of them with `select`", parameter: "b")
      }
      return left.holding(left.content.joined(right.content, on: key))
    }
  }

  static var summaryStored: Builtin.Form {
    Builtin.Form(
      Parameter<StoredRows>("table", "A table in a database, which one query sums up."),
      result: .list(.unknown)
    ) { context, table in try table.summaries(context) }
  }
}

extension StoredRows {
  /// A record for each column: what is missing, how many values there are, and their extent.
  fileprivate func summaries(_ context: CallContext) throws -> [Record] {
    let sql = content.summary
    if context.isDryRun {
      context.print(sql)
      throw Exit(status: 0)
    }
    let answer = try DatabaseError.explained { () throws(DatabaseError) in
      try content.client.query(sql, columns: [], isCancelled: context.isCancelled)
    }
    guard answer.rows == 1, answer.columns.count == 4 * content.columns.count else {
      throw CallError(.databaseFailed, "\(content.client.engine) gave no summary")
    }
    return content.columns.enumerated().map { place, column in
      let cells = (0..<4).map { answer.columns[4 * place + $0].value(ofRow: 0) }
      return Record([
        .init("column", .text(column.name)), .init("missing", cells[0]),
        .init("values", cells[1]), .init("min", cells[2]), .init("max", cells[3]),
      ])
    }
  }
}
