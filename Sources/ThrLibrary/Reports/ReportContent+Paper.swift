import Drawing
import ThrModel

extension ReportContent {
  /// The report for paper; nothing can be moved or sorted there.
  var paged: PagedDocument {
    PagedDocument(
      title: title, subject: sentence ?? "", blocks: elements.flatMap(Self.blocks))
  }

  private static func blocks(_ element: Element) -> [PagedDocument.Block] {
    switch element {
    case .heading(let level, let text): [.heading(level, text)]
    case .sentence(let text): [.lead(text)]
    case .slider: []
    case .paragraph(let text): [.paragraph(text)]
    case .lines(let text): [.lines(text)]
    case .shown(let parts): parts.compactMap(block)
    case .table(let table): table.shown.compactMap(block)
    case .figure(let figure): [.figure(figure)]
    }
  }

  private static func block(_ part: ShownPart) -> PagedDocument.Block? {
    switch part {
    case .lines(let lines):
      let text = lines.withoutEmptyEnds
      return text.isEmpty ? nil : .lines(text)
    case .table(let table):
      let columns = table.header.enumerated().map {
        PageTable.Column($1, isNumeric: table.isNumeric($0))
      }
      return .table(PageTable(columns, rows: table.rows.map { row in row.map(\.text) }))
    }
  }
}
