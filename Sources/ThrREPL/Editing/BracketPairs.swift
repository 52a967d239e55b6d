/// Closing brackets and quotes that the prompt writes by itself, on request.
enum BracketPairs {
  private static let closers: [Character: Character] = ["(": ")", "[": "]", "{": "}", "\"": "\""]

  /// What becomes of a line in which one character was typed or deleted; `nil` where nothing does.
  static func adjusted(_ old: EditBuffer, _ new: EditBuffer) -> EditBuffer? {
    if new.cursor > old.cursor { return typed(old, new) }
    return deleted(old, new)
  }

  private static func typed(_ old: EditBuffer, _ new: EditBuffer) -> EditBuffer? {
    guard let character = new.beforeCursor.last,
      new.cursor == old.cursor + character.utf8.count,
      new.text == old.beforeCursor + String(character) + old.afterCursor
    else { return nil }
    // Over the closing one that stands there already.
    if closers.values.contains(character), old.afterCursor.first == character {
      var buffer = new
      buffer.remove(new.cursor..<(new.cursor + character.utf8.count))
      return buffer
    }
    guard let closer = closers[character], isOpening(character, old) else { return nil }
    var buffer = new
    buffer.insert(String(closer))
    buffer.move(to: new.cursor)
    return buffer
  }

  /// A bracket before a word would enclose it, and a quote after one ends a text.
  private static func isOpening(_ character: Character, _ old: EditBuffer) -> Bool {
    let next = old.afterCursor.first
    guard next.map({ $0.isWhitespace || ")]},".contains($0) }) ?? true else { return false }
    guard character == "\"" else { return true }
    let quotes = old.beforeCursor[old.index(old.lineStart)...].count { $0 == "\"" }
    return quotes.isMultiple(of: 2) && !(old.beforeCursor.last?.isWordPart ?? false)
  }

  private static func deleted(_ old: EditBuffer, _ new: EditBuffer) -> EditBuffer? {
    guard let character = old.beforeCursor.last, let closer = closers[character],
      old.afterCursor.first == closer, new.cursor == old.cursor - 1, new.count == old.count - 1
    else { return nil }
    var buffer = new
    buffer.remove(new.cursor..<(new.cursor + 1))
    return buffer
  }
}
