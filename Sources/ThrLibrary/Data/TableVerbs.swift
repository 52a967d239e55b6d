import NumberText
import TableIO
import ThrModel
public import ThrSyntax

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
        return DataTable(try table.content.selecting(names))
      } catch {
        throw CallError(
          .unsuitableArgument, error.message, remedy: "name each column once",
          parameter: "columns")
      }
    })

  static let head = Builtin(
    "head", .data, "The first rows of a table, elements of a list or characters of a text.",
    example: "head([3, 1, 2], 2)", elsewhere: ["take", "limit"],
    Form(
      Parameter<DataTable>("table", "The table."),
      Parameter("n", in: 0...1e15, default: 10, unit: "rows", "How many rows.")
    ) { _, table, count in
      let rows = Array(0..<Swift.min(count, table.content.rows))
      return DataTable(try table.content.selecting(rows: rows))
    },
    Form(
      Parameter<List>("list", "The list."),
      Parameter("n", in: 0...1e15, default: 10, "How many elements."), result: .list(.unknown)
    ) { _, list, count in List(list.prefix(count).map { $0 }) },
    Form(
      Parameter<String>("text", "The text."),
      Parameter("n", in: 0...1e15, default: 10, "How many characters.")
    ) { _, text, count in String(text.prefix(count)) })

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
    elsewhere: ["merge", "left_join"],
    Form(
      Parameter<DataTable>("a", "The table whose rows the result has."),
      Parameter<DataTable>("b", "The table with further columns."),
      Parameter<String>("on", kind: .column, "The column of keys, which both tables have."),
      rows: .all(of: "a")
    ) { context, left, right, key in
      DataTable(try Join(left.content, right.content, on: key).table(context))
    })
}

/// The rows of one table beside those of another with the same key.
private struct Join {
  private let left: Table
  private let right: Table
  private let key: String
  /// For each row of `left` that of `right`, where there is one.
  private let partners: [Int?]

  init(_ left: Table, _ right: Table, on key: String) throws(CallError) {
    (self.left, self.right, self.key) = (left, right, key)
    let own = try left.column(named: key, parameter: "on")
    let other = try right.column(named: key, parameter: "on")
    guard own.isText == other.isText else { throw .differentKeys(key, isText: own.isText) }
    var rows: [Cell: Int] = [:]
    for row in 0..<right.rows where other[row] != .missing {
      if let first = rows.updateValue(row, forKey: other[row]) {
        throw .repeatedKey(key, other[row], right.line(ofRow: first), right.line(ofRow: row))
      }
    }
    partners = (0..<left.rows).map { rows[own[$0]] }
  }

  /// O(rows × columns).
  func table(_ context: CallContext) throws -> Table {
    let lonely = partners.indices.filter { partners[$0] == nil }
    if !lonely.isEmpty { context.warn(.rowsWithoutPartner(lonely, of: left, on: key)) }
    let added = try right.columns.filter { $0.name != key }.map { column in
      try context.checkCancelled()
      if left[column.name] != nil { throw CallError.columnInBoth(column.name) }
      return column.selecting(partners)
    }
    do throws(TableError) {
      return try Table(columns: left.columns + added, origin: left.origin)
    } catch {
      throw CallError(.unsuitableArgument, error.message, remedy: error.remedy)
    }
  }
}

extension Column {
  /// The cells of the given rows; a missing one where there is no row.
  fileprivate func selecting(_ rows: [Int?]) -> Column {
    switch values {
    case .numbers(let numbers):
      Column(name, numbers: rows.map { $0.map { numbers.values[$0] } ?? .nan })
    case .texts(let texts):
      Column(
        name: name,
        values: .texts(
          TextValues(
            codes: rows.map { $0.map { texts.codes[$0] } ?? TextValues.missingCode },
            levels: texts.levels)),
        firstText: firstText)
    }
  }
}

extension Table {
  /// The rows in the order of a column: numbers ascend, texts follow the alphabet, missing cells
  /// come last; rows with equal cells keep their order.
  func sorted(by name: String, descending: Bool, _ context: CallContext) throws -> Table {
    try selecting(rows: order(by: name, parameter: "by", descending: descending, context))
  }

  /// The positions of the rows in that order.
  func order(
    by name: String, parameter: String, descending: Bool, _ context: CallContext
  ) throws -> [Int] {
    let column = try column(named: name, parameter: parameter)
    let keys = column.sortKeys
    let present = (0..<rows).filter { !keys[$0].isNaN }
    let order = try present.ordered(context) {
      descending ? keys[$0] > keys[$1] : keys[$0] < keys[$1]
    }
    return order + (0..<rows).filter { keys[$0].isNaN }
  }
}

extension Column {
  /// Numbers that are in order as the cells are; NaN for a missing one.
  fileprivate var sortKeys: [Double] {
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

extension Warning {
  fileprivate static func rowsWithoutPartner(
    _ rows: [Int], of table: Table, on key: String
  ) -> Warning {
    let lines = rows.prefix(5).map { "\(table.line(ofRow: $0))" }.joined(separator: ", ")
    return Warning(
      .rowsWithoutPartner,
      "\(Double(rows.count).countText) of \(counted(table.rows, "row")) "
        + "\(rows.count == 1 ? "has" : "have") a `\(key)` that the other table does not have: "
        + "line \(lines)\(rows.count > 5 ? ", …" : "")",
      remedy: "the cells of the other table are missing there")
  }
}

extension CallError {
  fileprivate static func differentKeys(_ key: String, isText: Bool) -> CallError {
    CallError(
      .unsuitableArgument,
      "`\(key)` is \(isText ? "text" : "numbers") in the first table and "
        + "\(isText ? "numbers" : "text") in the second",
      remedy: "read both files with `text=[\(key.quoted)]`", parameter: "on")
  }

  fileprivate static func repeatedKey(
    _ key: String, _ cell: Cell, _ first: Int, _ second: Int
  ) -> CallError {
    let text =
      switch cell {
      case .number(let number): number.shortestText
      case .text(let text): text.quoted
      case .missing: "none"
      }
    return CallError(
      .unsuitableArgument,
      "`\(key)` is \(text) in two rows of the second table, on lines \(first) and \(second)",
      remedy: "keep one row for each key", parameter: "b")
  }

  fileprivate static func columnInBoth(_ name: String) -> CallError {
    CallError(
      .unsuitableArgument, "both tables have a column `\(name)`",
      remedy: "leave it out of one of them with `select`", parameter: "b")
  }
}

extension Diagnostic.Kind {
  /// Rows that `join` finds no partner for.
  public static let rowsWithoutPartner = Diagnostic.Kind(
    "W0625", "rows-without-partner", .warning,
    explanation: .init(
      """
      `join` keeps every row of the first table. Where the second has no row with the same key, \
      its columns are missing.
      """,
      wrong: """
        # a.csv holds: id,score / 1,0.9 / 2,0.2
        # b.csv holds: id,label / 1,1
        join(read("a.csv"), read("b.csv"), on="id")
        """,
      right: """
        # a.csv holds: id,score / 1,0.9 / 2,0.2
        # b.csv holds: id,label / 1,1 / 2,0
        join(read("a.csv"), read("b.csv"), on="id")
        """))
}
