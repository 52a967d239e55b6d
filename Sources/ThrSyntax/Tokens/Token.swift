import Algorithms

/// The smallest meaningful piece of a source text.
public struct Token: Hashable, Sendable {
  public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    case name, number
    /// A number with `%` touching it, `99%`.
    case percent
    /// The quote that opens a text.
    case textStart
    /// Characters of a text, escapes as written.
    case textPiece
    case interpolationStart
    case interpolationEnd
    /// A colon and what follows it up to the `}` of an interpolation, `:.3f`.
    case format
    /// The quote that closes a text; empty where it is missing.
    case textEnd

    case `if`, `else`, `for`, `in`, fn, use, and, or, not, `true`, `false`, none, undefined

    case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
    case comma, semicolon, colon, dot, assign
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    case plus, minus, times, divide, remainder, power, pipe

    case newline
    case comment
    /// Bytes that are no token; always comes with a diagnostic.
    case invalid
    case end
  }

  public let kind: Kind
  /// Mark of the lexer on the token, beside its kind.
  var mark = Mark.sound
  // A source is far smaller than 4 GiB, and a line of 10 MB makes millions of tokens.
  private let lower: UInt32
  private let upper: UInt32

  enum Mark: UInt8, Hashable, Sendable {
    case sound
    /// A diagnostic of the lexer speaks of the token.
    case faulty
    /// An opening bracket without a closer.
    case unclosed
    /// A closing bracket of another kind than its opener, `(1, 2]`.
    case mismatched
    /// A closing bracket for which nothing is open.
    case stray
  }

  init(_ kind: Kind, _ start: Int, _ end: Int) {
    self.kind = kind
    self.lower = UInt32(truncatingIfNeeded: start)
    self.upper = UInt32(truncatingIfNeeded: end)
  }

  public var start: Int { Int(lower) }
  public var end: Int { Int(upper) }
  public var span: Span { Span(start, end) }

  func moved(by distance: Int) -> Token { Token(kind, start + distance, end + distance) }

  /// Whether the other is this token so many bytes further on.
  public func isSame(as other: Token, movedBy distance: Int) -> Bool {
    kind == other.kind && mark == other.mark && start + distance == other.start
      && end + distance == other.end
  }

  var isFaulty: Bool { mark == .faulty }
  var isUnclosed: Bool { mark == .unclosed }
  var isMismatched: Bool { mark == .mismatched }
  var isStray: Bool { mark == .stray }
}

extension Token.Kind {
  /// The words that are no names, with their kinds; `fn` is one only before a function's name.
  public static let keywords: [String: Token.Kind] = [
    "if": .if, "else": .else, "for": .for, "in": .in, "fn": .fn, "use": .use, "and": .and,
    "or": .or, "not": .not, "true": .true, "false": .false, "none": .none,
    "undefined": .undefined,
  ]

  /// Whether the token is spelt as a word, and so may stand after `.` and name a field.
  public var isWord: Bool {
    self == .name || (Token.Kind.if.rawValue...Token.Kind.undefined.rawValue).contains(rawValue)
  }

  /// `fn` is an ordinary name, the count of false negatives, but where it declares a function.
  var isName: Bool { self == .name || self == .fn }

  /// Whether a line may not end after the token: the statement goes on.
  var continuesLine: Bool {
    switch self {
    case .and, .or, .not, .in, .comma, .assign, .equal, .notEqual, .less, .lessOrEqual, .greater,
      .greaterOrEqual, .plus, .minus, .times, .divide, .remainder, .power, .pipe:
      true
    default: false
    }
  }

  /// Whether a line that begins with the token goes on with the statement before it.
  var continuesPreviousLine: Bool { self == .pipe || self == .dot || self == .else }

  /// Whether the token may be the last of an expression.
  public var endsExpression: Bool {
    switch self {
    case .name, .number, .percent, .textEnd, .fn, .true, .false, .none, .undefined,
      .rightParenthesis, .rightBracket, .rightBrace:
      true
    default: false
    }
  }

  /// Whether the token may be the first of an expression.
  var startsExpression: Bool {
    switch self {
    case .name, .number, .percent, .textStart, .fn, .true, .false, .none, .undefined,
      .leftParenthesis, .leftBracket, .leftBrace, .if, .not, .minus:
      true
    default: false
    }
  }

  var isOpener: Bool { self == .leftParenthesis || self == .leftBracket || self == .leftBrace }

  var isCloser: Bool { self == .rightParenthesis || self == .rightBracket || self == .rightBrace }

  /// The bracket that closes this one.
  var closer: Token.Kind {
    switch self {
    case .leftParenthesis: .rightParenthesis
    case .leftBracket: .rightBracket
    default: .rightBrace
    }
  }

  /// How a bracket is written.
  var bracketText: String {
    switch self {
    case .leftParenthesis: "("
    case .rightParenthesis: ")"
    case .leftBracket: "["
    case .rightBracket: "]"
    case .leftBrace, .interpolationStart: "{"
    default: "}"
    }
  }
}

extension [Token] {
  /// The index of the first token that begins at or after `offset`; complexity O(log n).
  public func firstIndex(notBefore offset: Int) -> Int {
    partitioningIndex { $0.start >= offset }
  }
}
