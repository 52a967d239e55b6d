/// Words are what the language calls names and numbers: letters, digits and `_`.
extension EditBuffer {
  /// The end of the word at or after the cursor.
  var nextWordEnd: Int {
    let rest = afterCursor
    let start = rest.firstIndex(where: \.isWordPart) ?? rest.endIndex
    let end = rest[start...].firstIndex { !$0.isWordPart } ?? rest.endIndex
    return offset(end)
  }

  /// The start of the word at or before the cursor.
  var previousWordStart: Int {
    let before = beforeCursor
    guard let last = before.lastIndex(where: \.isWordPart) else { return 0 }
    guard let gap = before[..<last].lastIndex(where: { !$0.isWordPart }) else { return 0 }
    return offset(before.index(after: gap))
  }

  /// The start of what stands, without spaces, before the cursor, as a shell's Ctrl-W takes it.
  var previousBlankDelimitedStart: Int {
    let before = beforeCursor
    guard let last = before.lastIndex(where: { !$0.isWhitespace }) else { return 0 }
    guard let gap = before[..<last].lastIndex(where: \.isWhitespace) else { return 0 }
    return offset(before.index(after: gap))
  }

  /// Changes the next word and moves after it.
  mutating func changeWord(_ change: (String) -> String) {
    let end = nextWordEnd
    let word = String(text[index(cursor)..<index(end)])
    replace(cursor..<end, with: change(word))
  }

  /// A character to the right, on the same line.
  mutating func moveRightInLine() { if nextCharacter < lineEnd { move(to: nextCharacter) } }

  /// Exchanges the character before the cursor with the one after it; at a line's end, the last
  /// two.
  mutating func transposeCharacters() {
    let second = isAtEnd || afterCursor.first == "\n" ? previousCharacter : cursor
    var left = self
    left.move(to: second)
    let first = left.previousCharacter
    let next = left.nextCharacter
    guard first < second, second < next else { return }
    let one = text[index(first)..<index(second)]
    let other = text[index(second)..<index(next)]
    guard one != "\n", other != "\n" else { return }
    replace(first..<next, with: String(other + one))
  }
}

extension Character {
  /// Whether the character may stand in a name or number.
  var isWordPart: Bool { isLetter || isNumber || self == "_" }
}

extension String {
  /// The text up to the end of its first word.
  var firstWord: Substring {
    let start = firstIndex(where: \.isWordPart) ?? endIndex
    return self[..<(self[start...].firstIndex { !$0.isWordPart } ?? endIndex)]
  }

  var capitalizedWord: String {
    guard let start = firstIndex(where: \.isWordPart) else { return self }
    let next = index(after: start)
    return self[..<start] + self[start..<next].uppercased() + self[next...].lowercased()
  }
}
