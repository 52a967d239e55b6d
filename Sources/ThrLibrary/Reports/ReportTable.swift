import NumberText
import TableIO
import ThrModel

/// A table of a page, which can be sorted by each column and copied.
struct ReportTable {
  private let table: Table
  private let caption: String

  /// The first rows of a longer one.
  private static let most = 500

  /// `nil` for a value that is no list of rows.
  init?(_ value: Value) {
    switch value {
    case .list: caption = "Table"
    case .object(let object) where object.base is any ListObject || object.base is DataTable:
      caption = object.typeName.rawValue
    default: return nil
    }
    let table = value.elements.flatMap { try? Table(rows: $0) } ?? Table(showing: value)
    guard let table, table.rows > 1, !table.columns.isEmpty else { return nil }
    self.table = table
  }

  var html: String {
    let rows = min(table.rows, Self.most)
    let rest =
      table.rows > rows
      ? ", the first \(Double(rows).countText) of \(Double(table.rows).countText) rows" : ""
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
  var isListObject: Bool {
    if case .object(let object) = self { object.base is any ListObject } else { false }
  }
}
