import ThrModel
import ThrSyntax

extension Document {
  /// The kinds of all tokens and comments of the text, in order, none overlapping another; what
  /// lies between two is space.
  ///
  /// - Complexity: O(n).
  public var colours: [Colour] {
    var names = NameColours(self)
    var colours: [Colour] = []
    colours.reserveCapacity(parse.tokens.count + parse.comments.count)
    var comments = parse.comments[...]
    for token in parse.tokens {
      while let comment = comments.first, comment.start < token.start {
        colours.append(Colour(comment.span, .comment))
        comments.removeFirst()
      }
      if token.span.isEmpty { continue }
      switch token.kind {
      case .newline, .end: continue
      case .textPiece: colours += pieces(of: token)
      default:
        let (kind, modifiers) = names.colour(of: token) ?? (token.kind.colour, [])
        colours.append(Colour(token.span, kind, modifiers))
      }
    }
    return colours + comments.map { Colour($0.span, .comment) }
  }

  /// Characters and escapes apart.
  private func pieces(of token: Token) -> [Colour] {
    parse.stretches(of: token).reduce(into: [Colour]()) { colours, piece in
      colours.append(
        Colour(piece.span, !piece.isEscape ? .text : piece.isKnown ? .escape : .invalid))
    }
  }
}

extension Token.Kind {
  fileprivate var colour: Colour.Kind {
    switch self {
    case .name: .variable
    case .number, .percent: .number
    case .textStart, .textPiece, .textEnd: .text
    case .interpolationStart, .interpolationEnd, .format: .interpolation
    case .if, .else, .for, .in, .fn, .use, .and, .or, .not, .true, .false, .none, .undefined:
      .keyword
    case .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket, .leftBrace, .rightBrace:
      .bracket
    case .comma, .semicolon, .colon, .dot: .punctuation
    case .assign, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .plus, .minus,
      .times, .divide, .remainder, .power, .pipe:
      .operator
    case .comment: .comment
    case .invalid, .newline, .end: .invalid
    }
  }
}
