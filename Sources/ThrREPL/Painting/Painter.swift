import TerminalOutput

/// Draws frames at the place where the terminal's cursor is, and from then on writes only what
/// differs from what is on the screen.
struct Painter: Sendable {
  /// Whether styles are wanted; without them nothing but text and the cursor's moves is written.
  let isColoured: Bool
  private var width: Int
  private var height: Int
  /// What is on the screen, from the first row of the frame.
  private var shown: [ScreenRow] = []
  private var cursorRow = 0
  private var cursorColumn = 0
  /// The first row of the input that is on the screen, where not all of it has room.
  private var top = 0

  init(width: Int, height: Int, isColoured: Bool) {
    self.width = width
    self.height = height
    self.isColoured = isColoured
  }

  /// The bytes that make the screen show the frame.
  mutating func paint(_ frame: ScreenFrame) -> String {
    let layout = ScreenLayout(frame, width: width)
    let window = window(on: layout)
    var pen = Pen(self)
    pen.update(to: window.rows)
    pen.move(to: window.cursorRow, layout.cursorColumn)
    adopt(pen, window.rows)
    return pen.finished
  }

  /// The bytes that show the whole input, without anything beside it, and leave the cursor at the
  /// start of the line below: the painter then starts again.
  mutating func finish(_ frame: ScreenFrame) -> String {
    var frame = frame
    frame.ghost = ""
    frame.extras = []
    let layout = ScreenLayout(frame, width: width)
    var pen = Pen(self)
    if top > 0 || layout.rows.count > height { pen.erase() }
    pen.update(to: layout.rows)
    pen.move(to: layout.rows.count - 1, 0)
    pen.lineFeed()
    forget()
    return pen.finished
  }

  /// The bytes that take the frame off the screen, the cursor where the frame began.
  mutating func erase() -> String {
    var pen = Pen(self)
    pen.erase()
    adopt(pen, [])
    forget()
    return pen.finished
  }

  /// Starts again at the place where the cursor is now.
  mutating func forget() {
    shown = []
    cursorRow = 0
    cursorColumn = 0
    top = 0
  }

  /// The bytes that clear what was painted for another size of the window.
  ///
  /// Most terminals break the rows that no longer fit, so that the frame's first row lies higher.
  mutating func resize(width newWidth: Int, height newHeight: Int) -> String {
    let newWidth = max(newWidth, 2)
    let above = shown.prefix(cursorRow).reduce(0) { rows, row in
      rows + max((row.columns + newWidth - 1) / newWidth, 1)
    }
    let rise = min(above + cursorColumn / newWidth, max(newHeight - 1, 0))
    (width, height) = (newWidth, newHeight)
    forget()
    return (rise > 0 ? "\u{1B}[\(rise)A" : "") + "\r\u{1B}[J"
  }

  // MARK: - The part that fits on the screen

  private mutating func window(on layout: ScreenLayout) -> (rows: [ScreenRow], cursorRow: Int) {
    // A row below an input that has no room stays free, so that the input stands still while advice
    // comes and goes.
    let extras = max(layout.rows.count - layout.inputRows, layout.inputRows > height ? 1 : 0)
    // The input keeps at least half of the screen, what stands below it the rest.
    let extraRoom = min(extras, height - min(layout.inputRows, max((height + 1) / 2, 1)))
    let room = max(height - extraRoom, 1)
    top = min(top, layout.cursorRow, max(layout.inputRows - room, 0))
    top = max(top, layout.cursorRow - room + 1)
    let input = layout.rows[top..<min(top + room, layout.inputRows)]
    let below = layout.rows[layout.inputRows...].prefix(max(height - input.count, 0))
    return (Array(input) + below, layout.cursorRow - top)
  }

  private mutating func adopt(_ pen: Pen, _ rows: [ScreenRow]) {
    shown = rows
    cursorRow = pen.row
    cursorColumn = pen.column
  }

  // MARK: - Writing

  /// Writes moves and text, and knows where that leaves the terminal.
  private struct Pen {
    private let isColoured: Bool
    private let width: Int
    private var shown: [ScreenRow]
    private var output = ""
    private var style = TextStyle.plain
    private(set) var row: Int { didSet { leavesRow = true } }
    private(set) var column: Int
    private var leavesRow = false

    init(_ painter: Painter) {
      isColoured = painter.isColoured
      width = painter.width
      shown = painter.shown
      row = painter.cursorRow
      column = painter.cursorColumn
    }

    /// All that was written, as one update of the screen.
    ///
    /// What stays on the cursor's row is one update without being marked as one: on a slow line the
    /// marks would be most of a key's echo.
    var finished: String {
      guard !output.isEmpty else { return "" }
      let ending = style == .plain ? "" : TextStyle.reset
      guard leavesRow else { return output + ending }
      return "\u{1B}[?2026h\u{1B}[?25l" + output + ending + "\u{1B}[?25h\u{1B}[?2026l"
    }

    mutating func update(to rows: [ScreenRow]) {
      for place in rows.indices { update(place, to: rows[place]) }
      guard shown.count > rows.count else { return }
      move(to: rows.count, 0)
      turn(to: .plain)
      output += "\u{1B}[J"
    }

    mutating func erase() {
      move(to: 0, 0)
      turn(to: .plain)
      output += "\u{1B}[J"
      shown = []
    }

    private mutating func update(_ place: Int, to new: ScreenRow) {
      guard place < shown.count else {
        if place > 0 || row > 0 { append(rowAt: place) }
        write(new[...])
        return
      }
      let old = shown[place]
      guard old != new else { return }
      var start = 0
      var column = 0
      for part in new.parts(differingFrom: old) {
        column += new[start..<part.lowerBound].reduce(0) { $0 + $1.width }
        move(to: place, column)
        write(new[part])
        column += new[part].reduce(0) { $0 + $1.width }
        start = part.upperBound
      }
      if old.columns > new.columns {
        move(to: place, new.columns)
        turn(to: .plain)
        output += "\u{1B}[K"
      }
    }

    private mutating func write(_ cells: ArraySlice<ScreenCell>) {
      for cell in cells {
        turn(to: cell.style)
        output += cell.text
        column += cell.width
        // Terminals disagree on the width of joined emoji and the like: what follows goes where it
        // belongs all the same.
        if !cell.hasCertainWidth, column < width { output += "\u{1B}[\(column + 1)G" }
      }
    }

    private mutating func turn(to new: TextStyle) {
      guard isColoured, new != style else { return }
      output += new == .plain ? TextStyle.reset : new.sequence
      style = new
    }

    mutating func move(to newRow: Int, _ newColumn: Int) {
      if newRow != row {
        let distance = newRow - row
        if distance < 0 {
          output += "\u{1B}[\(-distance)A"
        } else if newRow < max(shown.count, 1) {
          output += "\u{1B}[\(distance)B"
        } else {
          append(rowAt: newRow)
        }
        row = newRow
      }
      // After the last column the terminal's cursor stands on it: only an absolute move is sure.
      guard newColumn != column || column >= width else { return }
      if newColumn == 0 {
        output += "\r"
      } else if newColumn < column, column < width, column - newColumn <= 3 {
        output += String(repeating: "\u{8}", count: column - newColumn)
      } else {
        output += "\u{1B}[\(newColumn + 1)G"
      }
      column = newColumn
    }

    /// Goes to the row below all that are shown, which scrolls the screen where it must.
    private mutating func append(rowAt place: Int) {
      let last = place - 1
      if row < last {
        output += "\u{1B}[\(last - row)B"
        row = last
      }
      lineFeed()
    }

    mutating func lineFeed() {
      turn(to: .plain)
      output += "\r\n"
      row += 1
      column = 0
    }
  }
}

extension ScreenRow {
  /// Cells that stay as they are and are fewer than this are written again: to pass over them takes
  /// as many bytes.
  private static let shortestGap = 8

  /// The parts that are not on the screen yet, where it shows another row.
  fileprivate func parts(differingFrom old: ScreenRow) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var isAligned = true
    for place in indices {
      let isThere = place < old.count && isAligned
      isAligned = isThere && old[place].width == self[place].width
      if isThere, old[place] == self[place] { continue }
      if let last = parts.last, place - last.upperBound < Self.shortestGap {
        parts[parts.count - 1] = last.lowerBound..<place + 1
      } else {
        parts.append(place..<place + 1)
      }
    }
    return parts
  }
}
