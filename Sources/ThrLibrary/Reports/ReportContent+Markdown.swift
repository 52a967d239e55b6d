import Drawing
import ThrModel

extension ReportContent {
  /// The report as Markdown with tables as GitHub reads them; a figure is described, and drawn in
  /// characters.
  var markdown: String {
    elements.flatMap(Self.markdown).joined(separator: "\n\n") + "\n"
  }

  private static func markdown(_ element: Element) -> [String] {
    switch element {
    case .heading(let level, let text): [String(repeating: "#", count: level) + " \(text)"]
    case .sentence(let text): ["**\(text)**"]
    case .slider: []
    case .paragraph(let text): [text]
    case .lines(let text): [fenced(text)]
    case .shown(let parts): parts.compactMap(markdown)
    case .table(let table): table.shown.compactMap(markdown)
    case .figure(let figure):
      ["*\(figure.spokenDescription)*", fenced(figure.terminal(width: Surface.plain.width))]
    }
  }

  private static func markdown(_ part: ShownPart) -> String? {
    switch part {
    case .lines(let lines):
      let text = lines.withoutEmptyEnds
      return text.isEmpty ? nil : fenced(text)
    case .table(let table): return markdown(table)
    }
  }

  private static func markdown(_ table: TextTable) -> String {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    let rules = table.header.indices.map { table.isNumeric($0) ? "---:" : "---" }
    return
      ([line(table.header.map(\.escapedForMarkdown)), line(rules)]
      + table.rows.map { row in line(row.map(\.text.escapedForMarkdown)) })
      .joined(separator: "\n")
  }

  /// The text between fences longer than any in it.
  private static func fenced(_ text: String) -> String {
    let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)\n\(text)\n\(fence)"
  }
}

extension TextTable {
  /// Whether a column holds numbers only.
  func isNumeric(_ column: Int) -> Bool {
    !rows.isEmpty && rows.allSatisfy { $0[column].isNumber }
  }
}

extension String {
  /// What Markdown would take as its own, within a cell of a table, with a backslash before it.
  fileprivate var escapedForMarkdown: String {
    var text = ""
    for character in self {
      if "\\`*_{}[]<>#|~&".contains(character) { text.append("\\") }
      text.append(character)
    }
    return text
  }
}
