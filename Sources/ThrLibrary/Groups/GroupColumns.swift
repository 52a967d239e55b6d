import TableIO
import ThrModel
import ThresholdEngine

/// The columns whose values make groups: the name of one, or a list of names.
struct GroupColumns: ValueConvertible {
  let names: [String]

  static var valueType: ValueType { .either(.text, .list(.text)) }

  init(names: [String]) { self.names = names }

  init?(_ value: Value) {
    if let name = String(value) {
      names = [name]
    } else if let names = [String](value) {
      self.names = names
    } else {
      return nil
    }
  }

  var value: Value { names.count == 1 ? .text(names[0]) : names.value }
}

extension Parameter<GroupColumns?> {
  static var by: Self {
    Parameter(
      "by", kind: .column,
      "Column or columns to group by: one result for each group, and `overall` for all rows.")
  }
}

/// The values that the rows of a group share, one of each column; a missing one is a value too.
struct GroupKey: Hashable, Sendable {
  let columns: [String]
  let cells: [Cell]

  /// The value itself; of several columns a record.
  var value: Value {
    guard columns.count != 1 else { return cells[0].value }
    return .record(Record(zip(columns, cells).map { .init($0, $1.value) }))
  }

  /// “`gender` male”, for messages.
  var place: String {
    zip(columns, cells).map { "`\($0)` \($1.text)" }.joined(separator: ", ")
  }

  /// “male”; of several columns “male, 1”.
  var text: String { cells.map(\.text).joined(separator: ", ") }
}

extension Cell {
  fileprivate var value: Value {
    switch self {
    case .number(let number): .number(number)
    case .text(let text): .text(text)
    case .missing: .none
    }
  }

  /// The cell as tables show it.
  var text: String {
    switch self {
    case .number(let number): number.value.sourceText
    case .text(let text): text
    case .missing: "none"
    }
  }
}

/// The rows of each group, groups ascending by their values; missing values come last.
struct GroupedRows {
  let columns: [String]
  let groups: [(key: GroupKey, rows: [Int])]

  /// Beyond so many groups a column is hardly one of groups.
  private static let most = 10_000

  /// - Complexity: O(*n* + *g* log *g*) for *g* groups, for each column.
  init(_ table: Table, by columns: [String]) throws(CallError) {
    if columns.isEmpty { throw .noGroupColumn }
    self.columns = columns
    var groups: [(cells: [Cell], rows: [Int])] = [([], Array(0..<table.rows))]
    for name in columns {
      let column = try table.column(named: name, parameter: "by")
      var finer: [(cells: [Cell], rows: [Int])] = []
      for group in groups {
        for (cell, rows) in column.rowsByCell(among: group.rows) {
          finer.append((group.cells + [cell], rows))
        }
        if finer.count > Self.most { throw .tooManyGroups(name, Self.most) }
      }
      groups = finer
    }
    self.groups = groups.map { (GroupKey(columns: columns, cells: $0.cells), $0.rows) }
  }

  /// The position of each row's group.
  var codes: [Int] {
    var codes = [Int](repeating: 0, count: groups.reduce(0) { $0 + $1.rows.count })
    for (place, group) in groups.enumerated() { for row in group.rows { codes[row] = place } }
    return codes
  }
}

extension Column {
  /// The rows with each value, ascending; -0 is 0, and missing cells come last.
  fileprivate func rowsByCell(among rows: [Int]) -> [(cell: Cell, rows: [Int])] {
    let keys = sortKeys
    let present = Dictionary(grouping: rows.filter { !keys[$0].isNaN }) { keys[$0] + 0 }
    let missing = rows.filter { keys[$0].isNaN }
    return (present.sorted { $0.key < $1.key }.map(\.value) + (missing.isEmpty ? [] : [missing]))
      .map { rows in
        if case .number(let number) = self[rows[0]] { return (.number(number + 0), rows) }
        return (self[rows[0]], rows)
      }
  }
}

extension CallError {
  fileprivate static let noGroupColumn = CallError(
    .unsuitableArgument, "`by` names no column", remedy: "name one: `by=\"site\"`",
    parameter: "by")
}
