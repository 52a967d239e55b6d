import Algorithms

/// A recursive-descent parser over the tokens of one text: a method for each production, named as
/// in `grammar/thr.ebnf`.
///
/// After a fault it goes on where the text makes sense again, and says nothing more about the
/// place in between: one mistake, one message.
///
/// A class, as every look at the current token would otherwise copy the whole state to the stack,
/// on which the methods call each other as deep as the text nests.
final class Parser {
  /// How many levels deep a tree may be, and therefore the text: every bracket, block, call,
  /// member, index, sign, power, text, and operator row counts one.
  ///
  /// Trees of this depth can be parsed, walked, compared and freed recursively on a stack of
  /// 512 KB in release builds and 8 MB in debug builds.
  static let maximumDepth = 250

  let bytes: [UInt8]
  let tokens: [Token]
  private let damaged: [Span]
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

  /// - Parameter start: where to begin, the end of a statement of the text.
  init(
    _ bytes: [UInt8], _ lexed: LexedText, from start: Int = 0, endsUnclosedBrackets: Bool = true
  ) {
    self.bytes = bytes
    self.tokens = lexed.tokens
    self.damaged = lexed.damaged
    self.endsUnclosedBrackets = endsUnclosedBrackets
    index = tokens.firstIndex(notBefore: start)
    previousEnd = start
    settle(after: nil)
  }

  var current: Token { tokens[index] }
  var kind: Token.Kind { tokens[index].kind }
  var isAtEnd: Bool { kind == .end }

  /// The kind of the token after the current one, which a line end may be among statements only.
  var nextKind: Token.Kind {
    guard !isAtEnd else { return .end }
    var next = index + 1
    if case .statements = layout { return tokens[next].kind }
    while tokens[next].kind == .newline { next += 1 }
    return tokens[next].kind
  }

  /// The token before the current one, line ends aside.
  var previous: Token? {
    var last = index - 1
    while last >= 0, tokens[last].kind == .newline { last -= 1 }
    return last >= 0 ? tokens[last] : nil
  }

  func text(_ span: Span) -> String {
    String(decoding: bytes[span.start..<span.end], as: UTF8.self)
  }

  /// From `start` to the end of the last token consumed.
  func span(from start: Int) -> Span { Span(start, max(start, previousEnd)) }
}

// MARK: - Moving on

extension Parser {
  func advance() {
    let token = current
    guard token.kind != .end else { return }
    previousEnd = token.end
    index += 1
    settle(after: token.kind)
  }

  func take(_ wanted: Token.Kind) -> Bool {
    guard kind == wanted else { return false }
    advance()
    return true
  }

  /// Passes over line ends that are spaces, given the token before them.
  private func settle(after previous: Token.Kind?) {
    guard kind == .newline else { return }
    var next = index
    var indent = lineIndent
    while tokens[next].kind == .newline {
      indent = tokens[next + 1].start - tokens[next].end
      next += 1
    }
    guard isSpace(before: next, after: previous, indent: indent) else { return }
    index = next
    lineIndent = indent
  }

  private func isSpace(before index: Int, after previous: Token.Kind?, indent: Int) -> Bool {
    let next = tokens[index].kind
    let continues =
      previous?.continuesLine == true && next != .end && !opensStatement(index)
      || next.continuesPreviousLine
    return switch layout {
    case .statements: continues
    case .brackets: true
    case .unclosed(let outer):
      indent > outer || next.isCloser || continues && previous != .comma
    }
  }

  /// Whether a line can only begin a statement: the value that the line above still wants is not
  /// written yet, and what stands here is not it.
  private func opensStatement(_ index: Int) -> Bool {
    switch tokens[index].kind {
    case .for, .use: true
    case .name: tokens[index + 1].kind == .assign
    case .fn: tokens[index + 1].kind == .assign || tokens[index + 1].kind.isName
    default: false
    }
  }

  /// Passes over line ends and semicolons between statements.
  func skipSeparators() {
    while kind == .newline || kind == .semicolon {
      if kind == .newline { lineIndent = tokens[index + 1].start - current.end }
      index += 1
    }
  }

  /// Passes over line ends, even those that end statements, if the wanted token follows them.
  func skipLineEnds(before wanted: Token.Kind) -> Bool {
    var next = index
    while tokens[next].kind == .newline { next += 1 }
    guard tokens[next].kind == wanted else { return false }
    index = next
    return true
  }

  /// Consumes an opening bracket and reads what it holds under its own layout.
  ///
  /// - Returns: the token of the opener.
  func open(_ inner: Layout) -> (opener: Token, outer: Layout) {
    let opener = current
    let outer = layout
    if case .brackets = inner, endsUnclosedBrackets, current.isUnclosed {
      layout = .unclosed(indent: lineIndent)
    } else {
      layout = inner
    }
    advance()
    return (opener, outer)
  }

  /// Consumes the closing bracket, after which line ends mean again what they meant outside.
  func close(_ outer: Layout) {
    layout = outer
    advance()
  }

  /// Leaves a bracket whose closer is missing.
  func leave(_ outer: Layout) {
    layout = outer
    // A line end that the bracket did not end at may be one that the outer layout skips.
    settle(after: nil)
  }

  /// Passes over whole bracket pairs up to a token that ends the statement, or that `stops` names.
  func skip(until stops: (Token.Kind) -> Bool = { _ in false }) {
    var open = 0
    while !isAtEnd {
      if open == 0, stops(kind) || endsStatement(kind) { return }
      if kind == .textStart || kind.isOpener && !current.isUnclosed {
        open += 1
      } else if open > 0, kind == .textEnd || kind.isCloser {
        open -= 1
      }
      if kind == .newline { lineIndent = tokens[index + 1].start - current.end }
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
  @inline(never)
  func report(_ fault: Fault) {
    // What is passed over of too deep a statement leaves other things missing.
    guard index != lastFault, !isTooDeep else { return }
    lastFault = index
    if current.isFaulty || index > 0 && tokens[index - 1].isFaulty { return }
    if isDamaged(fault.diagnostic.span.start) { return }
    if !isAtEnd { onlyMissesEnd = false }
    append(fault)
  }

  /// Keeps a diagnostic, and gives up the rest of a text that has nothing but faults.
  private func append(_ fault: Fault) {
    diagnostics.append(fault.diagnostic)
    if diagnostics.isFull { index = tokens.count - 1 }
  }

  /// Reports a fault of something parsed already, unless one was found inside it.
  @inline(never)
  func reportAfter(_ fault: Fault) {
    let start = fault.diagnostic.span.start
    if isTooDeep { return }
    if let last = diagnostics.all.last, last.span.start >= start { return }
    if isDamaged(start) { return }
    onlyMissesEnd = false
    append(fault)
  }

  private func isDamaged(_ place: Int) -> Bool {
    let next = damaged.partitioningIndex { $0.end >= place }
    return next < damaged.count && damaged[next].start <= place
  }

  /// The place of what is missing: right after the last token.
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
