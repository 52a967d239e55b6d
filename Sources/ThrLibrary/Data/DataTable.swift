import NumberText
public import TableIO
public import ThrModel

/// A table of the language: named columns, of which each cell is a number, a text or missing.
public struct DataTable: LanguageObject {
  public static let typeName: ObjectType.Name = "table"

  public let content: Table
  /// What the rows are set aside for.
  let role: Role
  /// The rows set aside for each job; empty where they are not split.
  let parts: [Role: DataTable]
  /// The columns of the file that were not read; `nil` where all were.
  let others: UnreadColumns?

  public init(_ content: Table) { self.init(content, role: .whole) }

  init(
    _ content: Table, role: Role = .whole, parts: [Role: DataTable] = [:],
    others: UnreadColumns? = nil
  ) {
    self.content = content
    self.role = role
    self.parts = parts
    self.others = others
  }

  /// Other columns or rows of this table, set aside for the same.
  func holding(_ content: Table) -> DataTable { DataTable(content, role: role) }

  /// The same table with the rows at the given positions set aside for each job.
  func split(into positions: RowSplit.Parts) throws(CallError) -> DataTable {
    var parts: [Role: DataTable] = [:]
    for (role, rows) in positions where !rows.isEmpty {
      parts[role] = DataTable(try content.selecting(rows: rows), role: role)
    }
    return DataTable(content, role: role, parts: parts)
  }

  func part(_ role: Role) throws(CallError) -> DataTable {
    guard let part = parts[role] else { throw .noPart(role, isSplit: !parts.isEmpty) }
    return part
  }
}

extension DataTable {
  /// By content: neither the file nor the line that a row came from counts.
  public static func == (left: DataTable, right: DataTable) -> Bool {
    left.content.hasSameContent(as: right.content)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(content.columns)
  }
}

extension DataTable: RemembersRows {
  public var provenance: Provenance? { content.provenance(as: role) }
  public var history: [PastUse] { [] }
}

extension Table {
  /// The rows of the table, which no one has set aside for anything yet.
  var provenance: Provenance { provenance(as: .whole) }

  func provenance(as role: Role) -> Provenance {
    Provenance(
      source: fingerprint,
      rows: origin.numbers.map { .some($0.sorted()) } ?? .all(count: rows), role: role)
  }
}

extension ObjectType {
  static let table = ObjectType(
    DataTable.self, "Named columns of equal length, as read from a file.",
    members: [
      MemberOf("rows", .count, column: true, "Number of rows.") { $0.content.rows },
      MemberOf("columns", "The names of the columns, in order.") { $0.content.columnNames },
      MemberOf(
        "role", hiddenInJSON: true, "The role of the rows: train, cal, val, test or whole."
      ) { $0.role.rawValue },
      part("train", .train, "Training rows, to fit a model on."),
      part("cal", .cal, "Calibration rows, to calibrate scores on."),
      part("val", .val, "Validation rows, to choose a threshold on."),
      part("test", .test, "Test rows, to evaluate the chosen threshold on, once."),
    ],
    hint: { $0.content.sizeText }, line: { "table of \($0.content.sizeText)\($0.roleText)" },
    text: { $0.content.preview(on: $1) })

  private static func part(
    _ name: String, _ role: Role, _ summary: String
  ) -> MemberOf<DataTable> {
    MemberOf(name, hiddenInJSON: true, role: role, summary) {
      (table: DataTable) throws(CallError) in try table.part(role)
    }
  }
}

extension DataTable {
  fileprivate var roleText: String { role == .whole ? "" : ", role \(role.rawValue)" }
}

extension CallError {
  fileprivate static func noPart(_ role: Role, isSplit: Bool) -> CallError {
    CallError(
      .noSuchPart,
      isSplit
        ? "this table is split without a \(role.rawValue) part"
        : "this table is not split, so there are no \(role.rawValue) rows",
      remedy: "split it: `t = split(t, train=0.6, val=0.2, test=0.2)`")
  }
}

extension Table {
  /// “11,183 rows and 7 columns”.
  var sizeText: String {
    counted(rows, "row") + " and " + counted(columns.count, "column")
  }

  /// The first rows, aligned, with a line that says how many there are.
  fileprivate func preview(on surface: Surface) -> String {
    let shown = Swift.min(rows, 10)
    let few = columns.prefix(12)
    let lines = (0..<shown).map { row in few.map { TextTable.Cell($0[row]) } }
    let table = TextTable(header: few.map(\.name), rows: lines).text(on: surface)
    let parts = [
      shown < rows ? "\(shown) rows" : nil,
      few.count < columns.count ? "\(few.count) columns" : nil,
    ].compactMap { $0 }
    let rest = parts.isEmpty ? "" : "; the first " + parts.joined(separator: " and ") + ":"
    return "table of \(sizeText)\(rest)\n" + table
  }
}

extension TextTable.Cell {
  fileprivate init(_ cell: Cell) {
    switch cell {
    case .number(let number): self.init(number.shortestText, isNumber: true)
    case .text(let text): self.init(text)
    case .missing: self.init("", isNumber: true)
    }
  }
}

/// “1 row”, “2,500 rows”.
func counted(_ count: Int, _ noun: String) -> String {
  "\(Double(count).countText) \(noun)\(count == 1 ? "" : "s")"
}

extension DataTable: Tabular {
  static let tableSummary: String? = "The table."

  var table: Table { content }
}

extension DataTable: HoldsMemory {
  public var footprint: Int {
    256 + content.rows * (8 * content.columns.count + 8)
      + parts.values.reduce(0) { $0 + $1.footprint }
  }
}
