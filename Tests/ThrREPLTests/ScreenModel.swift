import Drawing

/// A terminal of a given size, as far as the painter uses one: what it was sent becomes cells.
struct ScreenModel {
  let width: Int
  let height: Int
  private(set) var rows: [[String]]
  private(set) var row = 0
  private(set) var column = 0
  /// Lines that have left the screen at its top.
  private(set) var scrolledOff: [String] = []
  /// The last column is filled and the next character goes to the next line.
  private var isWrapPending = false

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    rows = Array(repeating: Array(repeating: " ", count: width), count: height)
  }

  /// What a line shows, without the spaces at its end.
  func line(_ row: Int) -> String {
    var cells = rows[row]
    while cells.last == " " { cells.removeLast() }
    return cells.joined()
  }

  var lines: [String] {
    var lines = (0..<height).map(line)
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  mutating func receive(_ text: String) {
    var rest = Substring(text)
    while let first = rest.first {
      if first == "\u{1B}" {
        rest = sequence(rest)
        continue
      }
      rest.removeFirst()
      switch first {
      case "\r\n":
        carriageReturn()
        lineFeed()
      case "\r": carriageReturn()
      case "\n": lineFeed()
      case "\u{8}":
        column = max(column - 1, 0)
        isWrapPending = false
      default: put(first)
      }
    }
  }

  private mutating func put(_ character: Character) {
    let size = TerminalColumns.of(character)
    if isWrapPending || column + size > width {
      carriageReturn()
      lineFeed()
    }
    rows[row][column] = String(character)
    if size == 2 { rows[row][column + 1] = "" }
    column += size
    if column >= width {
      column = width - 1
      isWrapPending = true
    }
  }

  private mutating func carriageReturn() {
    column = 0
    isWrapPending = false
  }

  private mutating func lineFeed() {
    isWrapPending = false
    guard row == height - 1 else { return row += 1 }
    scrolledOff.append(line(0))
    rows.removeFirst()
    rows.append(Array(repeating: " ", count: width))
  }

  private mutating func sequence(_ text: Substring) -> Substring {
    let body = text.dropFirst(2)
    guard let end = body.firstIndex(where: \.isLetter) else { return "" }
    let parameter = Int(body[..<end]) ?? 1
    switch body[end] {
    case "A": move(row - parameter, column)
    case "B": move(row + parameter, column)
    case "C": move(row, column + parameter)
    case "G": move(row, parameter - 1)
    case "H": move(0, 0)
    case "K": erase(row, from: column)
    case "J":
      erase(row, from: column)
      for below in (row + 1)..<max(height, row + 1) { erase(below, from: 0) }
    default: break  // Colours and modes leave the cells as they are.
    }
    return body[body.index(after: end)...]
  }

  private mutating func move(_ newRow: Int, _ newColumn: Int) {
    row = min(max(newRow, 0), height - 1)
    column = min(max(newColumn, 0), width - 1)
    isWrapPending = false
  }

  private mutating func erase(_ row: Int, from column: Int) {
    for place in column..<width { rows[row][place] = " " }
  }
}
