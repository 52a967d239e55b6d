import TableIO
import ThrModel
import ThrSyntax

extension Builtin {
  static let derive = Builtin(
    "derive", .data, "A table with further columns, computed from each row.",
    documentation: """
      Each argument is `name = expression`. In the expression, the name of a column is its value in
      the row, those of earlier arguments included; other names keep their meaning. A column with
      the same name is replaced. Where the expression is undefined or none, the cell is missing.
      """,
    example: """
      table = classify([0.1, 0.4, 0.6], at=0.5)
      derive(table, percent = 100 * score)
      """,
    foreignNames: ["mutate", "assign", "with_columns"],
    Form(
      Parameter<DataTable>("table", "The table."),
      Parameter<RowExpressions>(
        "columns", kind: .rowExpressions, "The columns, each `name = expression`."),
      rows: .all(of: "table")
    ) { context, table, columns in
      var result = table.content
      for column in columns.named {
        result = try result.deriving(column.name, column.expression, context)
      }
      return table.holding(result)
    }, .deriveStored)
}

extension Table {
  /// O(rows).
  fileprivate func deriving(
    _ name: String, _ expression: RowExpression, _ context: CallContext
  ) throws -> Table {
    expression.announce(columnNames)
    let column = try computed(name, expression, context)
    var all = columns
    if let place = all.firstIndex(where: { $0.name == name }) {
      all[place] = column
    } else {
      all.append(column)
    }
    do throws(TableError) {
      return try Table(columns: all, origin: origin)
    } catch {
      throw CallError(.unsuitableArgument, error.message, remedy: error.remedy)
    }
  }

  private func computed(
    _ name: String, _ expression: RowExpression, _ context: CallContext
  ) throws -> Column {
    let byName = columnsByName
    let known = RowColumns(count: rows) { byName[$0]?.rowColumn }
    if let values = try expression.column(known), let column = Column(name, values) {
      return column
    }
    var values: [Value] = []
    values.reserveCapacity(rows)
    for row in 0..<rows {
      if row.isMultiple(of: 1_024) { try context.checkCancelled() }
      values.append(try expression.evaluate { byName[$0]?.value(ofRow: row) })
    }
    return try Column(name, List(values), parameter: name)
  }
}
