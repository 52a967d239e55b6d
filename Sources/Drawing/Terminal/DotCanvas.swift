/// A plot made of dots, several to a character cell.
struct DotCanvas {
  let style: TerminalStyle
  /// In cells.
  let columns: Int
  let rows: Int
  private var cells: [Cell]

  private struct Cell {
    var mask: UInt8 = 0
    var symbol: Character = " "
    var ink: TerminalInk = .plain
  }

  init(columns: Int, rows: Int, style: TerminalStyle) {
    (self.columns, self.rows, self.style) = (max(columns, 1), max(rows, 1), style)
    cells = [Cell](repeating: Cell(), count: self.columns * self.rows)
  }

  /// Dots in each direction.
  var width: Int { columns * style.dots.across }
  var height: Int { rows * style.dots.down }

  /// The cell of a place in the plot, whose sides are 0…1.
  func cell(_ unit: Point) -> (column: Int, row: Int) {
    let (x, y) = dot(unit)
    return (x / style.dots.across, y / style.dots.down)
  }

  func isBlank(column: Int, row: Int) -> Bool {
    guard (0..<columns).contains(column), (0..<rows).contains(row) else { return false }
    return cells[row * columns + column].mask == 0
  }

  func character(column: Int, row: Int) -> (text: String, ink: TerminalInk)? {
    let cell = cells[row * columns + column]
    guard cell.mask != 0 else { return nil }
    return (String(style.character(cell.mask, symbol: cell.symbol)), cell.ink)
  }
}

/// How a line is drawn in dots.
struct DotPen {
  var ink: TerminalInk
  /// Dots drawn and left out in turn; empty for a solid line.
  var dashes: [Int]
  /// What stands for a dot in ASCII.
  var symbol: Character
}

extension DotCanvas {
  mutating func draw(_ path: [Point], _ pen: DotPen) {
    let rhythm = Rhythm(style == .ascii ? [] : pen.dashes)
    var previous: (x: Int, y: Int)?
    var count = 0
    for unit in path {
      let end = dot(unit)
      let start = previous ?? end
      let steps = max(abs(end.x - start.x), abs(end.y - start.y))
      // The first dot of a segment is the last of the one before.
      for step in (previous == nil ? 0 : 1)...max(steps, previous == nil ? 0 : 1) {
        guard step <= steps else { break }
        let share = steps == 0 ? 0 : Double(step) / Double(steps)
        let x = start.x + Int((share * Double(end.x - start.x)).rounded())
        let y = start.y + Int((share * Double(end.y - start.y)).rounded())
        if rhythm.isOn(count) { set(x, y, pen) }
        count += 1
      }
      previous = end
    }
  }

  mutating func draw(dot unit: Point, _ pen: DotPen) {
    let (x, y) = dot(unit)
    set(x, y, pen)
  }

  /// Fills a surface, every dot whose middle is within its outline.
  mutating func fill(_ outline: [Point], _ pen: DotPen) {
    for y in 0..<height {
      let level = 1 - (Double(y) + 0.5) / Double(height)
      for (start, end) in spans(of: outline, at: level) {
        let first = Int((start * Double(width) - 0.5).rounded(.up))
        let last = Int((end * Double(width) - 0.5).rounded(.down))
        guard first <= last else { continue }
        for x in first...last { set(x, y, pen) }
      }
    }
  }

  private func dot(_ unit: Point) -> (x: Int, y: Int) {
    (
      Int((min(max(unit.x, 0), 1) * Double(width - 1)).rounded()),
      Int(((1 - min(max(unit.y, 0), 1)) * Double(height - 1)).rounded())
    )
  }

  private mutating func set(_ x: Int, _ y: Int, _ pen: DotPen) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    let (across, down) = style.dots
    let cell = (y / down) * columns + x / across
    cells[cell].mask |= style.bit(x % across, y % down)
    cells[cell].symbol = pen.symbol
    cells[cell].ink = pen.ink
  }
}

/// Which dots of a dashed line are drawn.
private struct Rhythm {
  private let pattern: [Bool]

  init(_ dashes: [Int]) {
    pattern = dashes.enumerated().flatMap { index, length in
      [Bool](repeating: index.isMultiple(of: 2), count: max(length, 0))
    }
  }

  func isOn(_ count: Int) -> Bool { pattern.isEmpty || pattern[count % pattern.count] }
}

extension TerminalStyle {
  /// How many dots a cell has.
  var dots: (across: Int, down: Int) {
    switch self {
    case .braille: (2, 4)
    case .block: (2, 2)
    case .ascii: (1, 1)
    }
  }

  fileprivate func bit(_ x: Int, _ y: Int) -> UInt8 {
    switch self {
    // Unicode numbers the lowest row last, as the first braille had six dots.
    case .braille: [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]][y][x]
    case .block: [[1, 2], [4, 8]][y][x]
    case .ascii: 1
    }
  }

  fileprivate func character(_ mask: UInt8, symbol: Character) -> Character {
    switch self {
    case .braille: Character(Unicode.Scalar(0x2800 + UInt32(mask)) ?? " ")
    case .block: Self.quadrants[Int(mask & 15)]
    case .ascii: symbol
    }
  }

  private static let quadrants = Array(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█")
}
