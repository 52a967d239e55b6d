/// Lays out the tree of a program, taking its tokens and comments in their order.
///
/// Every token is written as it stands in the source; the style decides what stands between them.
/// The tree and its tokens go side by side, so that nothing is lost: what the tree does not keep,
/// such as how a number was written, comes from the token.
///
/// A class, as its methods call each other as deep as the text nests. Its state is touched by one
/// method at a time, for a moment each; to have that checked at run time would take a third of the
/// time of formatting.
final class Formatter {
  private let parse: Parse
  let bytes: [UInt8]
  let tokens: [Token]
  let comments: [Token]
  let units: ProgramUnits
  @exclusivity(unchecked)
  var layout = Layout()
  /// The tokens and comments that are not yet written.
  @exclusivity(unchecked)
  private(set) var nextToken = 0
  @exclusivity(unchecked)
  private(set) var nextComment = 0
  /// Where the token or comment written last ends in the source.
  @exclusivity(unchecked)
  private(set) var writtenEnd = 0
  /// Whether that was a comment, after which nothing stands on its line.
  @exclusivity(unchecked)
  private var wroteComment = false
  @exclusivity(unchecked)
  private var closings = ClosingCommas()

  init(_ parse: Parse, _ units: ProgramUnits) {
    self.parse = parse
    bytes = parse.source.bytes
    tokens = parse.tokens
    comments = parse.comments
    self.units = units
  }

  /// Begins a new layout with one of the program's units.
  func begin(_ unit: StatementUnit) {
    layout.removeAll()
    nextToken = unit.tokens.lowerBound
    nextComment = parse.commentIndex(at: unit.lines.start)
    writtenEnd = unit.lines.start
    wroteComment = false
    if !unit.isKept || !unit.holes.isEmpty { closings.note(tokens, unit.tokens) }
  }

  // MARK: - What comes next

  /// The token to write next; line ends and semicolons are the style's to write.
  var upcoming: Token {
    skipSeparators()
    return tokens[nextToken]
  }

  private func skipSeparators() {
    while tokens[nextToken].kind == .newline || tokens[nextToken].kind == .semicolon {
      nextToken += 1
    }
  }

  /// Whether a comment stands before the next token.
  var commentFollows: Bool {
    nextComment < comments.count && comments[nextComment].start < upcoming.start
  }

  /// Whether a comma stands before the closer of the bracket that comes next.
  var endsInComma: Bool {
    skipSeparators()
    return closings.contains(opener: nextToken)
  }

  func hasLineBreak(from start: Int, to end: Int) -> Bool {
    parse.hasLineBreak(from: start, to: end)
  }

  /// Whether comments stand anywhere within the span.
  func hasComments(within span: Span) -> Bool {
    let first = parse.commentIndex(at: span.start)
    return first < comments.count && comments[first].start < span.end
  }

  /// Passes over tokens and comments before `place`, which are written by other means.
  func skip(to place: Int) {
    // A text that is not closed ends in an empty token.
    while tokens[nextToken].kind != .end, tokens[nextToken].start <= place { nextToken += 1 }
    while nextComment < comments.count, comments[nextComment].start < place { nextComment += 1 }
    writtenEnd = max(writtenEnd, place)
    wroteComment = false
  }

  /// Whether an empty line stands between what was written last and the next token or comment.
  var blankFollows: Bool {
    let start = commentFollows ? comments[nextComment].start : upcoming.start
    guard writtenEnd < start else { return false }
    return LineEnds(bytes[writtenEnd..<start]).count > 1
  }

  // MARK: - Tokens

  /// Writes the next token, with the comments before it.
  func token() { text(upcoming.span) }

  /// Writes the tokens of the span as they stand: a literal.
  func text(_ span: Span) {
    skipSeparators()
    if nextComment < comments.count { commentsAbove() }
    layout.append(.source(span, width: SourceLine.width(bytes[span.start..<span.end])))
    while tokens[nextToken].kind != .end, tokens[nextToken].start < span.end { nextToken += 1 }
    writtenEnd = span.end
    wroteComment = false
  }

  /// Writes the next token, a comma or an operator, before the comments that stand in front of it.
  func jump() {
    let span = upcoming.span
    layout.append(.source(span, width: span.count))
    writtenEnd = span.end
    wroteComment = false
    nextToken += 1
  }

  /// Passes over a comma that the style leaves out or writes itself.
  func skipComma() {
    guard upcoming.kind == .comma else { return }
    writtenEnd = upcoming.end
    nextToken += 1
  }

  func space() { layout.append(.space) }

  // MARK: - Comments

  /// Writes the comment that stands after the last token on its line.
  func commentsAfter() {
    guard commentFollows, !wroteComment, standsAfterCode(comments[nextComment]) else { return }
    comment(isTrailing: true)
  }

  /// Writes the comments before the next token, each on a line of its own.
  func commentsAbove() {
    commentsAfter()
    while commentFollows {
      comment(isTrailing: false)
      layout.append(.hardLine(isBlank: blankFollows && !upcoming.kind.isCloser))
    }
  }

  /// Writes the comments that stand between a statement and a semicolon further down.
  func comments(before end: Int) {
    while nextComment < comments.count, comments[nextComment].start < end {
      hardLine(isBlank: false)
      comment(isTrailing: false)
    }
  }

  private func comment(isTrailing: Bool) {
    let comment = comments[nextComment]
    nextComment += 1
    writtenEnd = max(writtenEnd, comment.end)
    wroteComment = true
    layout.append(.comment(trimmed(comment.span), isTrailing: isTrailing))
  }

  func trimmed(_ span: Span) -> Span {
    var end = span.end
    while end > span.start, bytes[end - 1] == .space || bytes[end - 1] == .tab { end -= 1 }
    return Span(span.start, end)
  }

  /// Whether a comment stands on the line of the token before it.
  private func standsAfterCode(_ comment: Token) -> Bool {
    var place = comment.start
    while place > 0, bytes[place - 1] == .space || bytes[place - 1] == .tab { place -= 1 }
    // A byte order mark is no code.
    return place > 0 && !bytes[place - 1].isLineEnd && !(place == 3 && bytes[0] == 0xEF)
  }

  // MARK: - Lines

  func group(_ style: Layout.Group.Style = .together, isForced: Bool = false, _ body: () -> Void) {
    layout.append(.begin(.init(style: style, isForced: isForced)))
    body()
    layout.append(.end)
  }

  func indented(_ body: () -> Void) {
    layout.append(.indent(2))
    body()
    layout.append(.indent(-2))
  }

  /// A place where a line may break, after the comments of its line.
  func line(flat: Layout.Flat = .nothing, isBlank: Bool = false) {
    commentsAfter()
    layout.append(.line(flat: flat, isBlank: isBlank))
  }

  func hardLine(isBlank: Bool) {
    commentsAfter()
    layout.append(.hardLine(isBlank: isBlank))
  }

  /// What stands after a space, or on lines of its own where a comment stands in between.
  func spaced(_ body: () -> Void) {
    guard commentFollows else {
      space()
      return body()
    }
    indented {
      hardLine(isBlank: false)
      body()
    }
  }
}

/// The brackets whose last element has a comma after it.
private struct ClosingCommas {
  private var first = 0
  private var isOpener: [Bool] = []
  private var open: [Int] = []

  /// Takes the brackets among these tokens in place of others.
  mutating func note(_ tokens: [Token], _ range: Range<Int>) {
    first = range.lowerBound
    isOpener.removeAll(keepingCapacity: true)
    open.removeAll(keepingCapacity: true)
    var previous = Token.Kind.newline
    for token in tokens[range] {
      isOpener.append(false)
      guard token.kind != .newline else { continue }
      // What is broken may hold brackets without a partner.
      if token.kind.isOpener, !token.isUnclosed { open.append(isOpener.count - 1) }
      if token.kind.isCloser, !token.isStray, let opener = open.popLast() {
        isOpener[opener] = previous == .comma
      }
      previous = token.kind
    }
  }

  /// - Parameter index: of the opener among all tokens.
  func contains(opener index: Int) -> Bool {
    isOpener.indices.contains(index - first) && isOpener[index - first]
  }
}

/// How many lines end in some bytes; a CR and an LF are one.
struct LineEnds {
  let count: Int

  init(_ bytes: ArraySlice<UInt8>) {
    var count = 0
    var previous: UInt8 = 0
    for byte in bytes {
      if byte == .lineFeed ? previous != .carriageReturn : byte == .carriageReturn { count += 1 }
      previous = byte
    }
    self.count = count
  }
}
