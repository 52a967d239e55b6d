import Drawing

extension EditBuffer {
  /// Where the cursor's line begins.
  var lineStart: Int {
    beforeCursor.lastIndex(of: "\n").map { offset(text.index(after: $0)) } ?? 0
  }

  /// Where the cursor's line ends, before its line break.
  var lineEnd: Int { afterCursor.firstIndex(of: "\n").map(offset) ?? count }

  /// How far the cursor is from the start of its line, in columns of the terminal.
  var column: Int {
    TerminalColumns.of(String(text[index(lineStart)..<index(cursor)]))
  }

  /// Moves to the line above, as near to `column` as it reaches; false on the first line.
  mutating func moveUp(to column: Int) -> Bool {
    guard lineStart > 0 else { return false }
    move(to: lineStart - 1)
    moveWithinLine(to: column)
    return true
  }

  /// Moves to the line below, as near to `column` as it reaches; false on the last line.
  mutating func moveDown(to column: Int) -> Bool {
    guard lineEnd < count else { return false }
    move(to: lineEnd + 1)
    moveWithinLine(to: column)
    return true
  }

  private mutating func moveWithinLine(to column: Int) {
    let start = index(lineStart)
    var place = start
    var reached = 0
    for character in text[start..<index(lineEnd)] {
      reached += TerminalColumns.of(character)
      if reached > column { break }
      place = text.index(after: place)
    }
    move(to: offset(place))
  }

  /// The spaces at the start of the cursor's line, which a new line takes over.
  var indentation: String {
    String(text[index(lineStart)..<index(cursor)].prefix { $0 == " " })
  }
}
