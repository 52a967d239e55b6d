/// Lays out the tree of a sound piece of a program, taking its tokens and comments in their order.
///
/// Every token is written as it stands in the source; the style decides what stands between them.
/// The tree and its tokens go side by side, so that nothing is lost: what the tree does not keep,
/// such as how a number was written, comes from the token.
///
/// A class, as its methods call each other as deep as the text nests.
final class Formatter {
  let bytes: [UInt8]
  let tokens: [Token]
  let comments: [Token]
  var layout = Layout()
  /// The tokens and comments that are not yet written.
  private(set) var nextToken = 0
  private(set) var nextComment = 0
  /// Where the token or comment written last ends in the source.
  private(set) var writtenEnd = 0
  /// Whether that was a comment, behind which nothing stands on its line.
  private var wroteComment = false
  private let closings: ClosingCommas

  init(_ parse: Parse) {
    bytes = parse.source.bytes
    tokens = parse.tokens
    comments = parse.comments
    closings = ClosingCommas(tokens)
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
    let opener = upcoming
    return closings.openers.contains(opener.start)
  }

  /// Whether the author began a new line between the token written last and the next one.
  var lineBreakFollows: Bool { hasLineBreak(from: writtenEnd, to: upcoming.start) }

  func hasLineBreak(from start: Int, to end: Int) -> Bool {
    start < end && bytes[start..<end].contains(where: \.isLineEnd)
  }

  /// Whether comments stand anywhere within the span.
  func hasComments(within span: Span) -> Bool {
    var low = 0
    var high = comments.count
    while low < high {
      let middle = (low + high) / 2
      if comments[middle].start < span.start { low = middle + 1 } else { high = middle }
    }
    return low < comments.count && comments[low].start < span.end
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
    commentsAbove()
    layout.append(.source(span, width: width(of: span)))
    while tokens[nextToken].kind != .end, tokens[nextToken].start < span.end { nextToken += 1 }
    writtenEnd = span.end
    wroteComment = false
  }

  /// Passes over the next token, a comma or an operator, and writes it before the comments that
  /// stand in front of it.
  func jump(writing word: String) {
    writtenEnd = upcoming.end
    wroteComment = false
    nextToken += 1
    layout.append(.word(word))
  }

  /// Passes over a comma that the style leaves out or writes itself.
  func skipComma() {
    guard upcoming.kind == .comma else { return }
    writtenEnd = upcoming.end
    nextToken += 1
  }

  func word(_ word: String) { layout.append(.word(word)) }

  private func width(of span: Span) -> Int {
    let piece = bytes[span.start..<span.end]
    if piece.allSatisfy({ $0 < 0x80 }) { return span.count }
    return String(decoding: piece, as: UTF8.self).reduce(0) { $0 + columnWidth(String($1)) }
  }

  // MARK: - Comments

  /// Writes the comment that stands behind the last token on its line.
  func commentsBehind() {
    guard commentFollows, !wroteComment, standsBehindCode(comments[nextComment]) else { return }
    comment(isTrailing: true)
  }

  /// Writes the comments before the next token, each on a line of its own.
  func commentsAbove() {
    commentsBehind()
    while commentFollows {
      comment(isTrailing: false)
      layout.append(.hardLine(isBlank: blankFollows && !upcoming.kind.isCloser))
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
  private func standsBehindCode(_ comment: Token) -> Bool {
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

  /// A place where a line may break, behind the comments of its line.
  func line(flat: String = "", isBlank: Bool = false) {
    commentsBehind()
    layout.append(.line(flat: flat, isBlank: isBlank))
  }

  func hardLine(isBlank: Bool) {
    commentsBehind()
    layout.append(.hardLine(isBlank: isBlank))
  }

  /// What stands behind a space, or on lines of its own where a comment stands in between.
  func spaced(_ body: () -> Void) {
    guard commentFollows else {
      word(" ")
      return body()
    }
    indented {
      hardLine(isBlank: false)
      body()
    }
  }
}

/// The brackets whose last element has a comma behind it.
private struct ClosingCommas {
  /// Where their openers stand.
  private(set) var openers: Set<Int> = []

  init(_ tokens: [Token]) {
    var open: [Int] = []
    var previous = Token.Kind.newline
    for token in tokens where token.kind != .newline {
      if token.kind.isOpener { open.append(token.start) }
      if token.kind.isCloser, let opener = open.popLast(), previous == .comma {
        openers.insert(opener)
      }
      previous = token.kind
    }
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
