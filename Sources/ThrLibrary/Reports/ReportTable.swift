import NumberText
import TableIO
import ThrModel

/// A table of a page, which can be sorted by each column and copied.
struct ReportTable {
  private let table: Table
  private let caption: String
  /// The rows as the prompt shows them, for pages on which nothing is sorted.
  let shown: [ShownPart]
  /// Whether `shown` has more than the table, such as the result for all rows.
  let hasMore: Bool

  /// The first rows of a longer one.
  private static let most = 500

  /// `nil` for a value that is no list of rows.
  init?(_ value: Value, _ display: ValueDisplay) {
    switch value {
    case .list: caption = "Table"
    case .object(let object) where object.base is any ListObject || object.base is DataTable:
      caption = object.typeName.rawValue
    default: return nil
    }
    let table = value.elements.flatMap { try? Table(rows: $0) } ?? Table(showing: value)
    guard let table, table.rows > 1, !table.columns.isEmpty else { return nil }
    self.table = table
    hasMore = value.isListObject
    let isShort = table.rows <= Self.most && DataTable(value) == nil
    shown = hasMore || isShort ? display.parts(of: value) : table.beginning(Self.most)
  }

  var html: String {
    let rows = min(table.rows, Self.most)
    let rest = rows < table.rows ? ", " + table.restText(after: rows) : ""
    let header = table.columns.map { column in
      "<th scope=\"col\"\(column.mark)><button type=\"button\">\(column.name.escapedForHTML)"
        + "</button></th>"
    }
    let body = (0..<rows).map { row in
      "<tr>" + table.columns.map { cell($0, row) }.joined() + "</tr>\n"
    }
    return """
      <div class="table"><div class="scroll" tabindex="0" role="region" \
      aria-label="\(caption.escapedForHTML)\(rest)"><table>
      <caption>\(caption.escapedForHTML)\(rest)</caption>
      <thead><tr>\(header.joined())</tr></thead>
      <tbody>
      \(body.joined())</tbody></table></div>
      <button type="button" class="plain copy">Copy the table</button></div>

      """
  }

  private func cell(_ column: Column, _ row: Int) -> String {
    switch column[row] {
    case .missing: "<td\(column.mark)></td>"
    case .text(let text): "<td>\(text.escapedForHTML)</td>"
    case .number(let number):
      "<td\(column.mark) data-value=\"\(number.codeText)\">\(number.significantText(digits: 6))</td>"
    }
  }
}

extension Table {
  /// The first rows as cells, and a line before them where they are not all.
  fileprivate func beginning(_ most: Int) -> [ShownPart] {
    let count = min(rows, most)
    let cells = (0..<count).map { row in columns.map { $0[row].shown } }
    let rows = ShownPart.table(TextTable(header: columns.map(\.name), rows: cells))
    return count < self.rows ? [.lines("table: " + restText(after: count)), rows] : [rows]
  }

  /// “the first 500 of 1,200 rows”.
  fileprivate func restText(after count: Int) -> String {
    "the first \(Double(count).countText) of \(Double(rows).countText) rows"
  }
}

extension Cell {
  fileprivate var shown: TextTable.Cell {
    switch self {
    case .missing: TextTable.Cell("", isNumber: true)
    case .text(let text): TextTable.Cell(text)
    case .number(let number): TextTable.Cell(number.significantText(digits: 6), isNumber: true)
    }
  }
}

extension Column {
  fileprivate var mark: String {
    if case .numbers = values { " class=\"number\"" } else { "" }
  }
}

extension Double {
  /// All digits, as scripts read them.
  fileprivate var codeText: String {
    isFinite ? shortestText : self < 0 ? "-Infinity" : "Infinity"
  }
}

extension String {
  var escapedForHTML: String {
    replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }
}

extension Value {
  /// Whether it is a result that is a list, such as evaluations by group.
  fileprivate var isListObject: Bool {
    if case .object(let object) = self { object.base is any ListObject } else { false }
  }
}
