import Drawing
import ThrModel
import ThrSyntax

/// A line of text that is styled as a whole, so that its width stays known.
struct TextLine {
  let content: String
  let isFaint: Bool

  init(_ content: String, isFaint: Bool = false) {
    self.content = content
    self.isFaint = isFaint
  }

  var columns: Int { TerminalColumns.of(content) }

  func text(on surface: Surface) -> String { isFaint ? surface.faint(content) : content }

  func cut(to columns: Int, _ style: TerminalStyle) -> TextLine {
    TextLine(style.cut(content, columns: columns), isFaint: isFaint)
  }

  /// The widest name that a table shows in full.
  private static let widestName = 22

  /// Aligned cells under a faint header; the first column to the left, the others to the right.
  static func table(_ header: [String], _ rows: [[String]]) -> [TextLine] {
    let rows = ([header] + rows).map { row in
      row.enumerated().map { $0.offset == 0 ? $0.element.cut(to: widestName) : $0.element }
    }
    let widths = header.indices.map { column in
      rows.map { TerminalColumns.of($0[column]) }.max() ?? 0
    }
    return rows.enumerated().map { place, row in
      let cells = row.enumerated().map { column, cell in
        let gap = String(repeating: " ", count: widths[column] - TerminalColumns.of(cell))
        return column == 0 ? cell + gap : "  " + gap + cell
      }
      return TextLine(cells.joined(), isFaint: place == 0)
    }
  }
}

extension String {
  fileprivate func cut(to columns: Int) -> String {
    count > columns ? String(prefix(columns - 2)) + ".." : self
  }

  /// A name from data, whose control characters are shown as pictures.
  var shownPlainly: String {
    var scalars = UnicodeScalarView()
    for scalar in unicodeScalars { scalars.append(scalar.controlPicture ?? scalar) }
    return String(scalars)
  }
}

extension TerminalStyle {
  /// A plain text on one line, cut where the columns end.
  func cut(_ text: String, columns: Int) -> String {
    guard TerminalColumns.of(text) > columns else { return text }
    let mark = self == .ascii ? "" : "…"
    var (cut, reached) = ("", 0)
    for character in text {
      let width = TerminalColumns.of(character)
      guard reached + width + mark.count <= columns else { break }
      cut.append(character)
      reached += width
    }
    return cut + mark
  }
}
