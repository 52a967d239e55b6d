import NumberText
public import TableIO
public import ThrModel

/// A table of the language: named columns, of which each cell is a number, a text or missing.
public struct DataTable: LanguageObject {
  public static let typeName: ObjectType.Name = "table"

  public let content: Table

  public init(_ content: Table) { self.content = content }
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
  public var provenance: Provenance? { content.provenance }
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
    ],
    hint: { $0.content.sizeText }, line: { "table of \($0.content.sizeText)" },
    text: { $0.content.preview(on: $1) })
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
  public var footprint: Int { 256 + content.rows * (8 * content.columns.count + 8) }
}
