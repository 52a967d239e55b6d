/// The text under edit and the place of the cursor in it; a value, so that undo is a list of them.
///
/// Places are UTF-8 offsets, as everywhere in the analysis, and the cursor never stands inside a
/// character as a reader sees it.
struct EditBuffer: Hashable, Sendable {
  private(set) var text: String
  private(set) var cursor: Int

  init(_ text: String = "", cursor: Int? = nil) {
    self.text = text
    self.text.makeContiguousUTF8()
    self.cursor = 0
    move(to: cursor ?? self.text.utf8.count)
  }

  var count: Int { text.utf8.count }
  var isEmpty: Bool { text.isEmpty }
  var isAtEnd: Bool { cursor == count }
  var beforeCursor: Substring { text[..<index(cursor)] }
  var afterCursor: Substring { text[index(cursor)...] }

  func index(_ offset: Int) -> String.Index {
    text.utf8.index(text.startIndex, offsetBy: min(max(offset, 0), count))
  }

  func offset(_ index: String.Index) -> Int {
    text.utf8.distance(from: text.startIndex, to: index)
  }

  /// The start of the character that `offset` lies in.
  private func rounded(_ offset: Int) -> Int {
    let index = index(offset)
    guard index > text.startIndex, index < text.endIndex else { return self.offset(index) }
    return self.offset(text.index(before: text.index(after: index)))
  }

  // MARK: - Moving

  mutating func move(to offset: Int) { cursor = rounded(min(max(offset, 0), count)) }

  /// Where the next character ends.
  var nextCharacter: Int {
    isAtEnd ? count : offset(text.index(after: index(cursor)))
  }

  /// Where the character before the cursor begins.
  var previousCharacter: Int {
    cursor == 0 ? 0 : offset(text.index(before: index(cursor)))
  }

  // MARK: - Changing

  /// Replaces a part of the text; the cursor then stands after the replacement.
  mutating func replace(_ range: Range<Int>, with replacement: String) {
    text.replaceSubrange(index(range.lowerBound)..<index(range.upperBound), with: replacement)
    text.makeContiguousUTF8()
    // A combining mark may have joined the character before it, so that the end is no boundary.
    let end = range.lowerBound + replacement.utf8.count
    cursor = end == count ? end : roundedUp(end)
  }

  mutating func insert(_ addition: String) { replace(cursor..<cursor, with: addition) }

  /// Removes a part and gives it.
  @discardableResult
  mutating func remove(_ range: Range<Int>) -> String {
    let removed = String(text[index(range.lowerBound)..<index(range.upperBound)])
    replace(range, with: "")
    return removed
  }

  private func roundedUp(_ offset: Int) -> Int {
    let start = rounded(offset)
    return start == offset ? offset : self.offset(text.index(after: index(start)))
  }
}
