import LibEdit

/// What an operator of vi's acts on.
struct ViTarget: Equatable {
  var range: Range<Int>
  /// How many scalars the range holds.
  var scalars: Int
  /// The lines that are meant, each with a line break; `nil` for a part of lines.
  var lines: String?
}

extension EditBuffer {
  /// The part of the text that an operator means; `nil` where there is none.
  func target(of operation: ViOperation) -> ViTarget? {
    let object = operation.object
    guard let first = object.first else { return nil }
    if let lines = lines(of: operation, first) {
      return lineTarget(lines, operation.action)
    }
    guard let range = range(of: object, operation.count) else { return nil }
    return target(range)
  }

  private func target(_ range: Range<Int>, lines: String? = nil) -> ViTarget {
    let part = text[index(range.lowerBound)..<index(range.upperBound)]
    return ViTarget(range: range, scalars: part.unicodeScalars.count, lines: lines)
  }

  private func range(of object: String, _ count: Int) -> Range<Int>? {
    switch (object.first, object.last) {
    case ("h", _): moved(by: -count)
    case ("l", _), (" ", _): moved(by: count)
    case (let side?, let kind?) where side == "i" || side == "a":
      range(of: kind, around: side == "a", count)
    default: nil
    }
  }

  private func range(of kind: Character, around: Bool, _ count: Int) -> Range<Int>? {
    switch kind {
    case "w", "W": word(count, isBlankDelimited: kind == "W", around: around)
    case "(", ")", "b": bracketed("(", ")", count, around: around)
    case "[", "]": bracketed("[", "]", count, around: around)
    case "{", "}", "B": bracketed("{", "}", count, around: around)
    case "\"", "'", "`": quoted(kind, around: around)
    default: nil
    }
  }

  /// Characters beside the cursor, on its line.
  private func moved(by count: Int) -> Range<Int>? {
    var other = self
    for _ in 0..<abs(count) {
      if count < 0 { other.move(to: max(other.previousCharacter, lineStart)) }
      if count > 0 { other.move(to: min(other.nextCharacter, lineEnd)) }
    }
    return min(cursor, other.cursor)..<max(cursor, other.cursor)
  }

  // MARK: - Words

  private enum Class { case blank, word, sign }

  private func word(_ count: Int, isBlankDelimited: Bool, around: Bool) -> Range<Int>? {
    func kind(_ character: Character) -> Class? {
      if character.isNewline { return nil }
      if character.isWhitespace { return .blank }
      return isBlankDelimited || character.isWordPart ? .word : .sign
    }
    guard !isEmpty, cursor < lineEnd else { return nil }
    var start = index(cursor)
    let here = kind(text[start])
    while start > text.startIndex, kind(text[text.index(before: start)]) == here {
      start = text.index(before: start)
    }
    var end = index(cursor)
    func passRun() -> Class? {
      guard end < text.endIndex, let run = kind(text[end]) else { return nil }
      while end < text.endIndex, kind(text[end]) == run { end = text.index(after: end) }
      return run
    }
    for _ in 0..<count {
      let run = passRun()
      // A word brings the spaces after it; spaces bring the word after them.
      guard around, let run else { continue }
      let endsLine = end == text.endIndex || kind(text[end]) == nil
      if run == .blank || (!endsLine && kind(text[end]) == .blank) { _ = passRun() }
    }
    let endsInBlank = kind(text[text.index(before: end)]) == .blank
    if around, here != .blank, !endsInBlank {
      while start > text.startIndex, kind(text[text.index(before: start)]) == .blank {
        start = text.index(before: start)
      }
    }
    return offset(start)..<offset(end)
  }

  // MARK: - Brackets and quotes

  private func bracketed(
    _ opener: Character, _ closer: Character, _ count: Int, around: Bool
  ) -> Range<Int>? {
    guard let open = unmatched(opener, closer, count), let close = partner(open, opener, closer)
    else { return nil }
    let inner = text.index(after: open)
    return around ? offset(open)..<offset(text.index(after: close)) : offset(inner)..<offset(close)
  }

  /// The opening bracket that is so many pairs out; the one under the cursor counts.
  private func unmatched(
    _ opener: Character, _ closer: Character, _ count: Int
  ) -> String.Index? {
    var wanted = count
    var place = index(cursor)
    if place < text.endIndex, text[place] == opener { wanted -= 1 }
    if wanted == 0 { return place }
    while place > text.startIndex {
      place = text.index(before: place)
      if text[place] == closer { wanted += 1 }
      if text[place] == opener { wanted -= 1 }
      if wanted == 0 { return place }
    }
    return nil
  }

  private func partner(
    _ open: String.Index, _ opener: Character, _ closer: Character
  ) -> String.Index? {
    var depth = 0
    for place in text[open...].indices {
      if text[place] == opener { depth += 1 }
      if text[place] == closer { depth -= 1 }
      if depth == 0 { return place }
    }
    return nil
  }

  /// The quoted part of the line that the cursor is in, or else the next one.
  private func quoted(_ quote: Character, around: Bool) -> Range<Int>? {
    let line = text[index(lineStart)..<index(lineEnd)]
    var open: String.Index?
    var isEscaped = false
    for place in line.indices {
      defer { isEscaped = !isEscaped && line[place] == "\\" }
      guard line[place] == quote, !isEscaped else { continue }
      guard let start = open else {
        open = place
        continue
      }
      open = nil
      guard offset(place) >= cursor else { continue }
      let end = around ? line.index(after: place) : place
      return offset(around ? start : line.index(after: start))..<offset(end)
    }
    return nil
  }
}
