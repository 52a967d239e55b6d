public import ThrSyntax

extension Document {
  /// The bracket that a cursor at `offset` touches, rather the one on its right, and its partner;
  /// the opener first.
  public func matchingBracket(at offset: Int) -> (Span, Span)? {
    let pairs = parse.bracketPairs
    let pair =
      pairs.first { $0.open.start == offset || $0.close.start == offset }
      ?? pairs.first { $0.open.end == offset || $0.close.end == offset }
    return pair.map { ($0.open.span, $0.close.span) }
  }
}

extension Parse {
  /// Every opening bracket that has a closer, those of interpolations included, by the closers'
  /// order; complexity O(n).
  var bracketPairs: [(open: Token, close: Token)] {
    var pairs: [(open: Token, close: Token)] = []
    var open: [Token] = []
    for token in tokens {
      switch token.kind {
      case .leftParenthesis, .leftBracket, .leftBrace, .interpolationStart: open.append(token)
      case .rightParenthesis, .rightBracket, .rightBrace, .interpolationEnd:
        guard !token.span.isEmpty, let opener = open.lastIndex(where: token.closes) else { break }
        pairs.append((open[opener], token))
        open.removeSubrange(opener...)
      default: break
      }
    }
    return pairs
  }
}

extension Token {
  fileprivate func closes(_ opener: Token) -> Bool {
    switch kind {
    case .rightParenthesis: opener.kind == .leftParenthesis
    case .rightBracket: opener.kind == .leftBracket
    case .rightBrace: opener.kind == .leftBrace
    default: opener.kind == .interpolationStart
    }
  }
}
