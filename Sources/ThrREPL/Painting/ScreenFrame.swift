import TerminalOutput

/// What the screen is to show of an input under edit: a value, drawn by `Painter`.
struct ScreenFrame: Hashable, Sendable {
  /// A part of the input in one style; parts are in order and do not overlap.
  struct Run: Hashable, Sendable {
    let range: Range<Int>
    let style: TextStyle
  }

  /// What stands before the first line, and before the others.
  var prompt: ScreenRow
  var continuation: ScreenRow
  var buffer: EditBuffer
  var runs: [Run] = []
  /// Text after the end that the input might go on with.
  var ghost = ""
  /// Lines below the input.
  var extras: [ScreenRow] = []
}

/// A frame laid out for a width: rows, and where the cursor is.
struct ScreenLayout: Hashable, Sendable {
  var rows: [ScreenRow] = []
  /// How many of the rows belong to the input; the others stand below it.
  var inputRows = 0
  var cursorRow = 0
  var cursorColumn = 0

  init(_ frame: ScreenFrame, width: Int) {
    var input = InputLayout(width: max(width, 2), continuation: frame.continuation)
    input.begin(frame.prompt)
    input.add(frame.buffer, frame.runs)
    input.add(ghost: frame.ghost)
    rows = input.finished()
    inputRows = rows.count
    cursorRow = input.cursorRow
    cursorColumn = input.cursorColumn
    rows += frame.extras.map { $0.cut(to: max(width, 2)) }
  }
}

/// Breaks the lines of an input into rows of the screen.
private struct InputLayout {
  let width: Int
  let continuation: ScreenRow
  private var rows: [ScreenRow] = []
  private var row: ScreenRow = []
  private var column = 0
  private(set) var cursorRow = 0
  private(set) var cursorColumn = 0

  init(width: Int, continuation: ScreenRow) {
    self.width = width
    self.continuation = continuation
  }

  mutating func begin(_ prompt: ScreenRow) {
    // A prompt that leaves no room is left out.
    row = prompt.columns + 2 <= width ? prompt : []
    column = row.columns
  }

  mutating func add(_ buffer: EditBuffer, _ runs: [ScreenFrame.Run]) {
    var offset = 0
    var runs = runs[...]
    for character in buffer.text {
      if offset == buffer.cursor {
        if character != "\n" { makeRoom(for: ScreenCell(showing: character, .plain)) }
        noteCursor()
      }
      while let run = runs.first, run.range.upperBound <= offset { runs.removeFirst() }
      let style = runs.first.map { $0.range.lowerBound <= offset ? $0.style : .plain } ?? .plain
      add(character, style)
      offset += character.utf8.count
    }
    if offset <= buffer.cursor { noteCursor() }
  }

  mutating func add(ghost: String) {
    for character in ghost { add(character, .faint) }
  }

  mutating func finished() -> [ScreenRow] {
    // The cursor after a full row stands on the next one.
    if column >= width || cursorRow > rows.count { breakRow() }
    return rows + [row]
  }

  private mutating func noteCursor() {
    let isAfterRow = column >= width
    cursorRow = rows.count + (isAfterRow ? 1 : 0)
    cursorColumn = isAfterRow ? 0 : column
  }

  private mutating func add(_ character: Character, _ style: TextStyle) {
    if character == "\n" {
      if column >= width { breakRow() }
      breakRow()
      begin(continuation)
      return
    }
    let cell = ScreenCell(showing: character, style)
    makeRoom(for: cell)
    row.append(cell)
    column += cell.width
  }

  /// Goes on to the next row where the character does not fit on this one.
  private mutating func makeRoom(for cell: ScreenCell) {
    if column + cell.width > width { breakRow() }
  }

  private mutating func breakRow() {
    rows.append(row)
    row = []
    column = 0
  }
}
