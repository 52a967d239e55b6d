import Drawing

/// An aligned table for a terminal or a plain file: numbers to the right, texts to the left.
public struct TextTable: Sendable {
  public struct Cell: Hashable, Sendable {
    public let text: String
    public let isNumber: Bool

    /// The beginning of the text that fits, with an ellipsis where something is cut off.
    fileprivate func cut(to width: Int) -> Cell {
      guard !isNumber, TerminalColumns.of(text) > width else { return self }
      var kept = ""
      var room = width - 1
      for character in text {
        room -= TerminalColumns.of(character)
        if room < 0 { break }
        kept.append(character)
      }
      return Cell(kept + "…")
    }

    /// A text that would break the table is written so that it does not: line breaks and other
    /// control characters as the language writes them, and cut where no one reads on.
    public init(_ text: String, isNumber: Bool = false) {
      self.text = text.onOneLine
      self.isNumber = isNumber
    }

  }

  public let header: [String]
  public let rows: [[Cell]]

  public init(header: [String], rows: [[Cell]]) {
    self.header = header.map { Cell($0).text }
    self.rows = rows
  }

  /// The lines of the table, two spaces between columns, no line break at the end.
  public var text: String { text(fitting: .max) }

  /// The table in lines no wider than `width` where its columns allow that.
  ///
  /// Columns that do not fit stand below, in another table that begins with the first column again.
  public func text(fitting width: Int) -> String {
    blocks(width).map(block).joined(separator: "\n\n")
  }

  /// The table on a surface: where a screen is seen at once, texts too long for its width are cut,
  /// of a file nothing is lost.
  public func text(on surface: Surface) -> String {
    if surface.marksCells { return markedText }
    guard surface.height != nil else { return text(fitting: surface.width) }
    return cut(for: surface.width).text(fitting: surface.width)
  }

  /// No text of the first column takes more than half the width, and none of another column more
  /// than the first leaves.
  private func cut(for width: Int) -> TextTable {
    guard header.indices.contains(0) else { return self }
    let first = min(self.width(of: 0), max(width / 2, 8))
    func limit(_ column: Int) -> Int {
      column == 0 && header.count > 1 ? first : max(width - (column == 0 ? 0 : first + Self.gap), 8)
    }
    return TextTable(
      header: header.enumerated().map { Cell($1).cut(to: limit($0)).text },
      rows: rows.map { row in row.enumerated().map { $1.cut(to: limit($0)) } })
  }

  /// Which columns stand beside each other.
  private func blocks(_ width: Int) -> [[Int]] {
    guard let first = header.indices.first else { return [[]] }
    var blocks = [[first]]
    var filled = self.width(of: first)
    for column in header.indices.dropFirst() {
      let needed = Self.gap + self.width(of: column)
      if filled > width - needed, blocks[blocks.count - 1].count > 1 {
        blocks.append([first])
        filled = self.width(of: first)
      }
      blocks[blocks.count - 1].append(column)
      filled += needed
    }
    return blocks
  }

  private static let gap = 2

  private func width(of column: Int) -> Int {
    rows.reduce(TerminalColumns.of(header[column])) {
      max($0, TerminalColumns.of($1[column].text))
    }
  }

  private func block(_ columns: [Int]) -> String {
    let widths = columns.map(width)
    let isNumeric = columns.map { column in rows.allSatisfy { $0[column].isNumber } }
    func line(_ cells: [String]) -> String {
      var padded: [String] = []
      for (place, text) in cells.enumerated() {
        let missing = widths[place] - TerminalColumns.of(text)
        let space = String(repeating: " ", count: missing)
        padded.append(isNumeric[place] ? space + text : text + space)
      }
      var line = padded.joined(separator: String(repeating: " ", count: Self.gap))
      while line.last == " " { line.removeLast() }
      return line
    }
    let lines = rows.map { row in line(columns.map { row[$0].text }) }
    return ([line(columns.map { header[$0] })] + lines).joined(separator: "\n")
  }
}

extension String {
  private static let longestOnOneLine = 200

  /// A name or another text from data inside what thr draws itself: control characters are written
  /// as the language writes them, so that no colour or command of a terminal is passed on, and a
  /// text is cut where no one reads on.
  public var onOneLine: String {
    let shown = prefix(Self.longestOnOneLine)
    let rest = shown.endIndex < endIndex ? "…" : ""
    guard shown.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else { return rest.isEmpty ? self : shown + rest }
    return String(Value.text(String(shown)).sourceText.dropFirst().dropLast()) + rest
  }
}
