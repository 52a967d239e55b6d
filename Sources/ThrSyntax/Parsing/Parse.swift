/// Result of parsing: always a tree, and the diagnostics of the text.
public struct Parse: Sendable {
  public let source: Source
  /// The tree; where the text is wrong it holds `.missing` and `.invalid`.
  public let program: Program
  /// All faults of the text, in the order of their places; empty if and only if the text is a
  /// sentence of the grammar.
  public let diagnostics: [Diagnostic]
  /// Whether more text after the end could complete the program.
  ///
  /// A bracket or block is open, or an operator waits for its operand: a prompt asks for another
  /// line.
  ///
  /// - Complexity: O(n) where the text has faults.
  public var isIncomplete: Bool { !diagnostics.isEmpty && ThrSyntax.isIncomplete(source, lexed) }
  let lexed: LexedText

  /// - Parameter known: the first statements, where they are known.
  init(_ source: Source, _ lexed: LexedText, after known: ArraySlice<Statement> = []) {
    let parser = Parser(source.bytes, lexed, from: known.last?.span.end ?? 0)
    program = parser.program(after: known)
    diagnostics = (lexed.diagnostics.all + parser.diagnostics.all).enumerated()
      .sorted { ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset) }
      .map(\.element)
    self.source = source
    self.lexed = lexed
  }

  /// All tokens but comments, in order, the last of kind `.end`.
  public var tokens: [Token] { lexed.tokens }
  /// The comments, in order, each from its `#` to the end of its line.
  public var comments: [Token] { lexed.comments }
}

/// Parses a program; takes any bytes, never fails, and takes time in proportion to their number.
public func parse(_ source: Source) -> Parse {
  Parse(source, Lexer.lex(source.bytes))
}

/// Parses a program given as a string; see ``parse(_:)-(Source)``.
public func parse(_ text: String) -> Parse {
  parse(Source(text))
}

/// Parses a program given as bytes, which need not be valid UTF-8.
public func parse(_ bytes: [UInt8]) -> Parse {
  parse(Source(bytes: bytes))
}

/// Whether the text is a whole program, right or wrong: nothing that could follow on another line
/// would complete it.
public func isComplete(_ text: String) -> Bool {
  !parse(text).isIncomplete
}

/// Every token of a text with its comments in their places; what lies between two is spaces.
public func tokens(of source: Source) -> [Token] {
  let lexed = Lexer.lex(source.bytes)
  return (lexed.tokens + lexed.comments).sorted { ($0.start, $0.end) < ($1.start, $1.end) }
}

private func isIncomplete(_ source: Source, _ lexed: LexedText) -> Bool {
  guard lexed.diagnostics.all.isEmpty else { return false }
  let last = lexed.tokens.last { $0.kind != .newline && $0.kind != .end }
  guard lexed.brackets.isOpenAtEnd || last?.kind.continuesLine == true else { return false }
  // Read as if the brackets were going to be closed: faults before the end are real ones.
  let parser = Parser(source.bytes, lexed, endsUnclosedBrackets: false)
  _ = parser.program()
  return parser.onlyMissesEnd
}
