/// A recursive-descent parser over the tokens of one text: a method for each production, named as
/// in `grammar/thr.ebnf`.
///
/// After a fault it goes on where the text makes sense again, and says nothing more about the
/// place in between: one mistake, one message.
struct Parser {
  /// How many levels deep a tree may be, and therefore the text: every bracket, block, call,
  /// member, index, sign, power, text, and operator row counts one.
  ///
  /// Trees of this depth can be parsed, walked, compared and freed recursively on a stack of
  /// 512 KB in release builds and 8 MB in debug builds.
  static let maximumDepth = 250

  let bytes: [UInt8]
  let lexed: LexedText
  let endsUnclosedBrackets: Bool

  /// The index of the current token; never at a line end that is a mere space.
  private(set) var index = 0
  private(set) var previousEnd = 0
  /// What a line end means here.
  var layout = Layout.statements
  /// The spaces before the first token of the current line.
  private(set) var lineIndent = 0

  /// Levels around the current token.
  var depth = 0
  /// Levels within the expression, statement or block parsed last.
  var height = 0
  /// Whether the outermost statement was found to nest too deep.
  var isTooDeep = false

  var diagnostics = DiagnosticList()
  private var lastFault = -1
  private(set) var onlyMissesEnd = true

  /// What a line end means inside the innermost open bracket.
  enum Layout {
    /// It ends a statement.
    case statements
    /// It is a space.
    case brackets
    /// The bracket is never closed: it ends before a line indented no more than its own.
    case unclosed(indent: Int)
  }

  init(_ bytes: [UInt8], _ lexed: LexedText, endsUnclosedBrackets: Bool = true) {
    self.bytes = bytes
    self.lexed = lexed
    self.endsUnclosedBrackets = endsUnclosedBrackets
    settle(after: nil)
  }

  var current: Token { lexed.tokens[index] }
  var kind: Token.Kind { lexed.tokens[index].kind }
  var isAtEnd: Bool { kind == .end }

  /// The kind of the token after the current one, which a line end may be among statements only.
  var nextKind: Token.Kind {
    guard !isAtEnd else { return .end }
    var next = index + 1
    if case .statements = layout { return lexed.tokens[next].kind }
    while lexed.tokens[next].kind == .newline { next += 1 }
    return lexed.tokens[next].kind
  }

  /// The token before the current one, line ends aside.
  var previous: Token? {
    var last = index - 1
    while last >= 0, lexed.tokens[last].kind == .newline { last -= 1 }
    return last >= 0 ? lexed.tokens[last] : nil
  }

  func text(_ span: Span) -> String {
    String(decoding: bytes[span.start..<span.end], as: UTF8.self)
  }

  /// From `start` to the end of the last token consumed.
  func span(from start: Int) -> Span { Span(start, max(start, previousEnd)) }
}

// MARK: - Moving on

extension Parser {
  mutating func advance() {
    let token = current
    guard token.kind != .end else { return }
    previousEnd = token.end
    index += 1
    settle(after: token.kind)
  }

  mutating func take(_ wanted: Token.Kind) -> Bool {
    guard kind == wanted else { return false }
    advance()
    return true
  }

  /// Passes over line ends that are spaces, given the token before them.
  private mutating func settle(after previous: Token.Kind?) {
    guard kind == .newline else { return }
    var next = index
    var indent = lineIndent
    while lexed.tokens[next].kind == .newline {
      indent = lexed.tokens[next + 1].start - lexed.tokens[next].end
      next += 1
    }
    guard isSpace(before: lexed.tokens[next].kind, after: previous, indent: indent) else { return }
    index = next
    lineIndent = indent
  }

  private func isSpace(before next: Token.Kind, after previous: Token.Kind?, indent: Int) -> Bool {
    let continues = previous?.continuesLine == true && next != .end || next.continuesPreviousLine
    return switch layout {
    case .statements: continues
    case .brackets: true
    case .unclosed(let outer):
      indent > outer || next.isCloser || continues && previous != .comma
    }
  }

  /// Passes over line ends and semicolons between statements.
  mutating func skipSeparators() {
    while kind == .newline || kind == .semicolon {
      if kind == .newline { lineIndent = lexed.tokens[index + 1].start - current.end }
      index += 1
    }
  }

  /// Passes over line ends, whatever they mean, if the wanted token follows them.
  mutating func skipLineEnds(before wanted: Token.Kind) -> Bool {
    var next = index
    while lexed.tokens[next].kind == .newline { next += 1 }
    guard lexed.tokens[next].kind == wanted else { return false }
    index = next
    return true
  }

  /// Consumes an opening bracket and reads what it holds under its own layout.
  ///
  /// - Returns: the token of the opener.
  mutating func open(_ inner: Layout) -> (opener: Token, outer: Layout) {
    let opener = current
    let outer = layout
    if case .brackets = inner, endsUnclosedBrackets, lexed.brackets.unclosed.contains(index) {
      layout = .unclosed(indent: lineIndent)
    } else {
      layout = inner
    }
    advance()
    return (opener, outer)
  }

  /// Consumes the closing bracket, after which line ends mean again what they meant outside.
  mutating func close(_ outer: Layout) {
    layout = outer
    advance()
  }

  /// Leaves a bracket whose closer is missing.
  mutating func leave(_ outer: Layout) {
    layout = outer
    // A line end that the bracket did not end at may be one that the outer layout skips.
    settle(after: nil)
  }

  /// Passes over whole bracket pairs up to a token that ends the statement, or that `stops` names.
  mutating func skip(until stops: (Token.Kind) -> Bool = { _ in false }) {
    var open = 0
    while !isAtEnd {
      if open == 0, stops(kind) || endsStatement(kind) { return }
      if kind == .textStart || kind.isOpener && !lexed.brackets.unclosed.contains(index) {
        open += 1
      } else if open > 0, kind == .textEnd || kind.isCloser {
        open -= 1
      }
      if kind == .newline { lineIndent = lexed.tokens[index + 1].start - current.end }
      previousEnd = current.end
      index += 1
      if open == 0, kind == .newline { settle(after: nil) }
    }
  }

  private func endsStatement(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .newline, .semicolon, .end, .rightBrace, .interpolationEnd, .textEnd, .format: true
    default: false
    }
  }
}

// MARK: - Faults

extension Parser {
  /// Reports a fault at the current token, unless the place is spoken of already.
  mutating func report(_ diagnostic: Diagnostic) {
    guard index != lastFault else { return }
    lastFault = index
    if lexed.faulty.contains(index) || lexed.faulty.contains(index - 1) { return }
    if isDamaged(diagnostic.span.start) { return }
    if !isAtEnd { onlyMissesEnd = false }
    append(diagnostic)
  }

  /// Keeps a diagnostic, and gives up the rest of a text that has nothing but faults.
  private mutating func append(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
    if diagnostics.isFull { index = lexed.tokens.count - 1 }
  }

  /// Reports a fault of something parsed already, unless one was found inside it.
  mutating func reportBehind(_ diagnostic: Diagnostic) {
    if let last = diagnostics.all.last, last.span.start >= diagnostic.span.start { return }
    if isDamaged(diagnostic.span.start) { return }
    onlyMissesEnd = false
    append(diagnostic)
  }

  private func isDamaged(_ place: Int) -> Bool {
    var low = 0
    var high = lexed.damaged.count
    while low < high {
      let middle = (low + high) / 2
      if lexed.damaged[middle].end < place { low = middle + 1 } else { high = middle }
    }
    return low < lexed.damaged.count && lexed.damaged[low].start <= place
  }

  /// The place of what is missing: right behind the last token.
  var gap: Span { Span(previousEnd, previousEnd) }

  /// How a message names the current token.
  var found: String {
    switch kind {
    case .end: "the end"
    case .newline: "the end of the line"
    case .textStart: "a text"
    case .textEnd, .interpolationEnd, .format: "the end of the value"
    default: "`\(text(current.span).prefix(40))`"
    }
  }
}

// MARK: - Depth

extension Parser {
  /// Parses one level further down, or refuses at the limit.
  mutating func nested(_ parse: (inout Parser) -> Expression) -> Expression {
    guard depth < Self.maximumDepth else { return tooDeep() }
    depth += 1
    defer { depth -= 1 }
    return parse(&self)
  }

  /// Reports too deep a text, and passes over it.
  mutating func tooDeep() -> Expression {
    let start = current.start
    reportTooDeep(at: current.span)
    skip { $0 == .comma || $0.isCloser }
    height = 1
    return .missing(span(from: start))
  }

  /// Puts a node above children of the given height; one too many is refused.
  mutating func raise(_ expression: Expression, over children: Int) -> Expression {
    height = children + 1
    guard height > Self.maximumDepth else { return expression }
    reportTooDeep(at: expression.span)
    height = 1
    return .missing(expression.span)
  }

  /// Puts a statement above children of the given height; one too many is refused.
  mutating func raise(_ statement: Statement, over children: Int) -> Statement {
    height = children + 1
    guard height > Self.maximumDepth else { return statement }
    reportTooDeep(at: statement.span)
    height = 1
    return .invalid(statement.span)
  }

  /// Says it once for a statement: it is too deep in many places if it is in one.
  private mutating func reportTooDeep(at span: Span) {
    guard !isTooDeep else { return }
    isTooDeep = true
    report(.tooDeep(at: span))
  }
}

extension Diagnostic.Kind {
  public static let tooDeep = Self(
    "E0127", "too-deep",
    explanation: .init(
      """
      Brackets, blocks, calls, members and signs nest at most \(Parser.maximumDepth) levels deep. \
      Rows of operators, pipes and `else if` may be of any length.
      """,
      wrong: "x = ((((… 1 …))))", right: "y = (1 + 2) * 3\nx = (y + 4) * 5"))
}

extension Diagnostic {
  fileprivate static func tooDeep(at span: Span) -> Diagnostic {
    Diagnostic(
      .tooDeep, at: span, "this is nested more than \(Parser.maximumDepth) levels deep",
      remedy: "give the inner parts names, in statements of their own")
  }
}
