import LibEdit

/// Whole lines, which vi's operators take with `dd`, `cj`, `yG`.
extension EditBuffer {
  /// The lines that an operator means, from the start of the first to the end of the last, without
  /// its line break; `nil` where it means something else.
  func lines(of operation: ViOperation, _ first: Character) -> Range<Int>? {
    var top = self
    var bottom = self
    switch first {
    case operation.action.key: for _ in 1..<max(operation.count, 1) { bottom.goDown() }
    case "j":
      guard lineEnd < count else { return nil }
      for _ in 0..<operation.count { bottom.goDown() }
    case "k":
      guard lineStart > 0 else { return nil }
      for _ in 0..<operation.count { top.goUp() }
    case "G": bottom.move(to: count)
    case "g" where operation.object == "gg": top.move(to: 0)
    default: return nil
    }
    return top.lineStart..<bottom.lineEnd
  }

  private mutating func goDown() { if lineEnd < count { move(to: lineEnd + 1) } }

  private mutating func goUp() { if lineStart > 0 { move(to: lineStart - 1) } }

  /// What is to be taken so that the lines are gone, or empty where they are changed.
  func lineTarget(_ lines: Range<Int>, _ action: ViOperation.Action) -> ViTarget? {
    guard !isEmpty else { return nil }
    let content = text[index(lines.lowerBound)..<index(lines.upperBound)]
    var range = lines
    switch action {
    case .change:
      let indentation = content.prefix { $0 == " " }.utf8.count
      range = lines.lowerBound + indentation..<lines.upperBound
    case .delete where lines.upperBound < count:
      range = lines.lowerBound..<lines.upperBound + 1
    case .delete where lines.lowerBound > 0:
      range = lines.lowerBound - 1..<lines.upperBound
    default: break
    }
    let part = text[index(range.lowerBound)..<index(range.upperBound)]
    return ViTarget(range: range, scalars: part.unicodeScalars.count, lines: content + "\n")
  }

  /// Puts whole lines below or above the cursor's, and moves to the first of them.
  mutating func putLines(_ lines: String, after: Bool) {
    var place = lineStart
    if after {
      move(to: lineEnd)
      place = isAtEnd ? count + 1 : lineEnd + 1
    }
    if place > count {
      insert("\n" + lines.dropLast())
    } else {
      move(to: place)
      insert(lines)
    }
    move(to: place)
    move(to: place + indentationOfLine)
  }

  private var indentationOfLine: Int {
    text[index(lineStart)...].prefix { $0 == " " }.utf8.count
  }
}
