/// Every state of the text that can be gone back to, and forward again.
struct UndoHistory: Sendable {
  private var past: [EditBuffer] = []
  private var future: [EditBuffer] = []
  private var isTypingWord = false

  /// Notes that the text changed; a word typed letter by letter is one change.
  mutating func note(_ old: EditBuffer, became new: EditBuffer) {
    guard old.text != new.text else { return }
    let continuesWord = old.typedWordPart(toReach: new)
    if !(continuesWord && isTypingWord) { past.append(old) }
    isTypingWord = continuesWord
    future = []
  }

  /// Any next change begins a new step.
  mutating func endStep() { isTypingWord = false }

  mutating func undo(_ current: EditBuffer) -> EditBuffer? {
    guard let last = past.popLast() else { return nil }
    future.append(current)
    isTypingWord = false
    return last
  }

  mutating func redo(_ current: EditBuffer) -> EditBuffer? {
    guard let next = future.popLast() else { return nil }
    past.append(current)
    isTypingWord = false
    return next
  }
}

extension EditBuffer {
  /// Whether the other text is this one with a part of a word typed at the cursor.
  fileprivate func typedWordPart(toReach other: EditBuffer) -> Bool {
    let added = other.count - count
    guard added > 0, other.cursor == cursor + added else { return false }
    let typed = other.text[other.index(cursor)..<other.index(other.cursor)]
    return typed.allSatisfy(\.isWordPart)
      && other.beforeCursor.dropLast(typed.count) == beforeCursor
      && other.afterCursor == afterCursor
  }
}
