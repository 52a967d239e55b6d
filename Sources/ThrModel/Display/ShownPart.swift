/// A part of how a value is shown in full: lines that stand as they are, or a table.
public enum ShownPart: Sendable {
  case lines(String)
  case table(TextTable)

  /// The part as the prompt shows it.
  public var text: String {
    switch self {
    case .lines(let lines): lines
    case .table(let table): table.text(on: .plain)
    }
  }
}

extension ValueDisplay {
  /// The value in full, for a document that lays out tables itself: what `full` shows, in order.
  ///
  /// - Parameter drawsFigures: Whether figures are drawn in characters.
  public func parts(of value: Value, drawsFigures: Bool = true) -> [ShownPart] {
    var surface = Surface.plain
    surface.drawsFigures = drawsFigures
    surface.marksCells = true
    var gathered = GatheredParts()
    for line in full(value, on: surface).split(separator: "\n", omittingEmptySubsequences: false) {
      gathered.add(line)
    }
    return gathered.finish()
  }
}

/// Parts while their lines are read.
private struct GatheredParts {
  private var parts: [ShownPart] = []
  private var lines: [Substring] = []
  private var table: (header: [String], rows: [[TextTable.Cell]])?

  mutating func add(_ line: Substring) {
    if let header = CellMark.cells(line, CellMark.header) {
      close()
      table = (header.map(\.text), [])
    } else if table != nil, let row = CellMark.cells(line, CellMark.row) {
      table?.rows.append(row)
    } else {
      if table != nil { close() }
      lines.append(line)
    }
  }

  mutating func finish() -> [ShownPart] {
    close()
    return parts
  }

  private mutating func close() {
    if !lines.isEmpty { parts.append(.lines(lines.joined(separator: "\n"))) }
    if let table { parts.append(.table(TextTable(header: table.header, rows: table.rows))) }
    (lines, table) = ([], nil)
  }
}

extension TextTable {
  /// A line for the header and each row, with a mark before each cell.
  var markedText: String {
    let header = CellMark.line(header.map { Cell($0) }, CellMark.header)
    return ([header] + rows.map { CellMark.line($0, CellMark.row) }).joined(separator: "\n")
  }
}

/// The separators of ASCII before rows and cells; no cell holds a control character itself.
private enum CellMark {
  static let header: Character = "\u{1D}"
  static let row: Character = "\u{1E}"
  private static let text: Character = "\u{1F}"
  private static let number: Character = "\u{1C}"

  static func line(_ cells: [TextTable.Cell], _ mark: Character) -> String {
    String(mark) + cells.map { String($0.isNumber ? number : text) + $0.text }.joined()
  }

  /// The cells of a line that begins with the mark.
  static func cells(_ line: Substring, _ mark: Character) -> [TextTable.Cell]? {
    guard line.first == mark else { return nil }
    var cells: [TextTable.Cell] = []
    var rest = line.dropFirst()
    while let kind = rest.first {
      let cell = rest.dropFirst().prefix { $0 != text && $0 != number }
      cells.append(TextTable.Cell(String(cell), isNumber: kind == number))
      rest = rest[cell.endIndex...]
    }
    return cells
  }
}
