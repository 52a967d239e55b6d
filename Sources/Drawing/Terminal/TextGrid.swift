/// Lines of text of one width, written to in any order.
struct TextGrid {
  let columns: Int
  let rows: Int
  private var cells: [Cell]

  private struct Cell {
    /// `nil` is a blank; empty is the second half of a wide character.
    var text: String?
    var style: TerminalInk = .plain
  }

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = [Cell](repeating: Cell(), count: max(columns * rows, 0))
  }

  func isBlank(column: Int, row: Int) -> Bool {
    guard (0..<columns).contains(column), (0..<rows).contains(row) else { return false }
    return cells[row * columns + column].text == nil
  }

  /// Writes a text from a column on; what does not fit on the line is left out.
  mutating func write(_ text: String, column: Int, row: Int, _ style: TerminalInk = .plain) {
    guard (0..<rows).contains(row) else { return }
    var column = column
    for character in text {
      let width = TerminalColumns.of(character)
      guard width > 0 else { continue }
      if column >= 0, column + width <= columns {
        // No label or name steers the terminal.
        let isControl = character.unicodeScalars.first?.properties.generalCategory == .control
        cells[row * columns + column] = Cell(
          text: isControl ? "\u{FFFD}" : String(character), style: style)
        if width == 2 { cells[row * columns + column + 1] = Cell(text: "", style: style) }
      }
      column += width
    }
  }

  /// The lines without trailing blanks, with ANSI colours if asked for.
  func lines(colour: Bool) -> [String] {
    (0..<rows).map { row in
      let line = cells[row * columns..<(row + 1) * columns]
      guard let end = line.lastIndex(where: { $0.text != nil }) else { return "" }
      var text = ""
      var style = TerminalInk.plain
      for cell in line[...end] {
        if colour, cell.text != nil, cell.style != style {
          text += cell.style.switchedOn(after: style)
          style = cell.style
        }
        text += cell.text ?? " "
      }
      return text + TerminalInk.plain.switchedOn(after: style)
    }
  }
}

/// Colours that every terminal has, as its owner has set them.
enum TerminalInk: Hashable, Sendable {
  case plain
  case bold
  case faint
  /// One of six, in the order of the palette of the pictures.
  case data(Int)

  init(_ ink: Ink) {
    switch ink {
    case .data(let index): self = .data(index)
    case .reference, .grid, .axis, .muted: self = .faint
    case .mark, .text, .rule: self = .bold
    case .background: self = .plain
    }
  }

  /// Cyan, yellow, green, magenta, blue, red: red and green never beside each other.
  private static let codes = [36, 33, 32, 35, 34, 31]

  fileprivate func switchedOn(after other: TerminalInk) -> String {
    guard self != other else { return "" }
    let reset = other == .plain ? "" : "\u{1B}[0m"
    return switch self {
    case .plain: reset
    case .bold: reset + "\u{1B}[1m"
    case .faint: reset + "\u{1B}[90m"
    case .data(let index): reset + "\u{1B}[\(Self.codes[index % Self.codes.count])m"
    }
  }
}
