import ThrSyntax

/// What stands at a place of the text, by its tokens alone.
enum LexicalPlace {
  /// Where an expression, a name or an operator may stand.
  case code
  case comment
  case number
  /// Within the characters of a text, not its interpolations.
  case text
  /// After the colon of an interpolation; the place where the format begins.
  case format(start: Int)
}

extension Parse {
  /// The index of the last token that begins before `offset`; `nil` if none does.
  func tokenIndex(before offset: Int) -> Int? {
    let index = tokens.firstIndex(notBefore: offset) - 1
    return index >= 0 ? index : nil
  }

  /// The word that a cursor at `offset` touches, with the one on its right rather than its left.
  func word(at offset: Int) -> Token? {
    let index = tokens.firstIndex(notBefore: offset)
    if index < tokens.count, tokens[index].start == offset, tokens[index].kind.isWord {
      return tokens[index]
    }
    guard index > 0, tokens[index - 1].kind.isWord, tokens[index - 1].end >= offset else {
      return nil
    }
    return tokens[index - 1]
  }

  /// The token that holds `offset`, or ends there.
  func token(at offset: Int) -> Token? {
    let index = tokens.firstIndex(notBefore: offset + 1) - 1
    guard index >= 0 else { return nil }
    if tokens[index].start == offset, index > 0, tokens[index - 1].end == offset,
      !tokens[index].kind.isWord, tokens[index - 1].kind.isWord
    {
      return tokens[index - 1]
    }
    return tokens[index].span.touches(offset) ? tokens[index] : nil
  }

  func comment(at offset: Int) -> Token? {
    let index = comments.firstIndex(notBefore: offset) - 1
    guard index >= 0, comments[index].end >= offset else { return nil }
    return comments[index]
  }

  func lexicalPlace(at offset: Int) -> LexicalPlace {
    if comment(at: offset) != nil { return .comment }
    guard let index = tokenIndex(before: offset) else { return .code }
    let token = tokens[index]
    switch token.kind {
    case .number, .percent: return offset <= token.end ? .number : .code
    case .textStart: return offset <= token.end || !isTextEnd(index + 1) ? .text : .code
    case .textPiece: return .text
    case .interpolationEnd: return token.start == token.end ? .code : .text
    case .format: return offset <= token.end ? .format(start: token.start + 1) : .code
    default: return .code
    }
  }

  private func isTextEnd(_ index: Int) -> Bool {
    index < tokens.count && tokens[index].kind == .textEnd
  }
}
