import NumberText
import TableIO
import ThrModel
import ThrSyntax

extension Builtin {
  static let select = Builtin(
    "select", .data, "The named columns of a table, in the given order.",
    example: """
      table = classify([0.1, 0.4, 0.6], at=0.5)
      select(table, ["decision"])
      """,
    Form(
      Parameter<DataTable>("table", "The table."),
      Parameter<[String]>("columns", "The names of the columns."), rows: .all(of: "table")
    ) { _, table, names in
      for name in names { _ = try table.content.column(named: name, parameter: "columns") }
      do throws(TableError) {
        return table.holding(try table.content.selecting(names))
      } catch {
        throw CallError(
          .unsuitableArgument, error.message, remedy: "name each column once",
          parameter: "columns")
      }
    }, .selectStored)

  static let head = Builtin(
    "head", .data, "The first rows of a table, elements of a list or characters of a text.",
    example: "head([3, 1, 2], 2)", foreignNames: ["take", "limit"],
    Form(
      Parameter<DataTable>("table", "The table."),
      Parameter("n", in: 0...1e15, default: 10, unit: "rows", "How many rows.")
    ) { _, table, count in
      let rows = Array(0..<Swift.min(count, table.content.rows))
      return table.holding(try table.content.selecting(rows: rows))
    },
    Form(
      Parameter<List>("list", "The list."),
      Parameter("n", in: 0...1e15, default: 10, "How many elements."), result: .list(.unknown)
    ) { _, list, count in List(list.prefix(count).map { $0 }) },
    Form(
      Parameter<String>("text", "The text."),
      Parameter("n", in: 0...1e15, default: 10, "How many characters.")
    ) { _, text, count in String(text.prefix(count)) }, .headStored,
    forms: [.headStreamed])

  static let join = Builtin(
    "join", .data, "Left join: adds the columns of another table to the rows with the same key.",
    documentation: """
      The result has the rows of `a`, in their order, and after their columns those of `b`. A key
      may be in several rows of `a`, but only in one of `b`. Where no row of `b` has the key, the
      cells are missing, with a warning.
      """,
    example: """
      table = classify([0.1, 0.4, 0.6], at=0.5)
      join(table, select(table, ["score"]), on="score").rows
      """,
    foreignNames: ["merge", "left_join"],
    Form(
      Parameter<DataTable>("a", "The table whose rows the result has."),
      Parameter<DataTable>("b", "The table with further columns."),
      Parameter<String>("on", kind: .column, "The column of keys, which both tables have."),
      rows: .all(of: "a")
    ) { context, left, right, key in
      left.holding(
        try Join(left.content, right.content, on: key, context).table(context))
    }, .joinStored)
}

extension Table {
  /// The rows in the order of a column: numbers ascend, texts follow the alphabet, missing cells
  /// come last; rows with equal cells keep their order.
  func sorted(by name: String, descending: Bool, _ context: CallContext) throws -> Table {
    let keys = try column(named: name, parameter: "by").sortKeys
    let present = (0..<rows).filter { !keys[$0].isNaN }
    let order = try present.ordered(context) {
      descending ? keys[$0] > keys[$1] : keys[$0] < keys[$1]
    }
    return try selecting(rows: order + (0..<rows).filter { keys[$0].isNaN })
  }
}

extension Column {
  /// Numbers that are in order as the cells are; NaN for a missing one.
  var sortKeys: [Double] {
    switch values {
    case .numbers(let numbers): return numbers.values
    case .texts(let texts):
      var ranks = [Double](repeating: 0, count: texts.levels.count)
      let order = texts.levels.indices.sorted { texts.levels[$0] < texts.levels[$1] }
      for (rank, level) in order.enumerated() { ranks[level] = Double(rank) }
      return texts.codes.map { $0 == TextValues.missingCode ? .nan : ranks[Int($0)] }
    }
  }
}

extension Column {
  /// The rows with each value, values ascending; those of missing cells come last.
  var rowsByValue: [[Int]] {
    let keys = sortKeys
    let rows = Dictionary(grouping: keys.indices.filter { !keys[$0].isNaN }) { keys[$0] }
    let missing = keys.indices.filter { keys[$0].isNaN }
    return rows.sorted { $0.key < $1.key }.map(\.value) + (missing.isEmpty ? [] : [missing])
  }
}
