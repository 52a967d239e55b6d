import Algorithms

/// Statements that share lines: what the formatter writes or keeps as one.
struct StatementUnit {
  var statements: [Statement]
  /// The indices of its tokens, and of line ends and semicolons beside them.
  var tokens: Range<Int>
  /// From the begin of its first line to the end of its last, comments between statements aside.
  var lines: Span
  /// Where the faults in or after it lie, in order.
  var faults: [Int] = []
  /// Whether it is broken, and stays as it is but for the insides of `holes`.
  var isKept = false
  /// The blocks on lines of their own in what is kept; what stands in them is formatted.
  var holes: [Block] = []
}

/// The statements of a program or of a block by the lines that they share.
struct StatementUnits {
  private(set) var all: [StatementUnit] = []
  private let parse: Parse
  private let tokens: Range<Int>

  /// - Parameter tokens: the indices of what stands in the program or block.
  /// - Complexity: O(k·log n) for k statements among n tokens, and O(n) for what belongs to none.
  init(_ statements: [Statement], tokens: Range<Int>, _ parse: Parse) {
    self.parse = parse
    self.tokens = tokens
    let starts = starts(of: statements)
    all.reserveCapacity(starts.count)
    for (index, start) in starts.enumerated() {
      let next = index + 1 < starts.count ? starts[index + 1].token : tokens.upperBound
      add(start.statements, start.token..<next)
    }
  }

  private typealias Start = (token: Int, statements: [Statement])

  /// The first token on the line of each unit, with its statements: a new one on a new line.
  private func starts(of statements: [Statement]) -> [Start] {
    var starts: [Start] = []
    starts.reserveCapacity(statements.count)
    var token = tokens.lowerBound
    var end = 0
    for statement in statements {
      let span = statement.span
      token = min(parse.tokenIndex(at: span.start, from: token), tokens.upperBound)
      let line = lineStart(around: token)
      if !starts.isEmpty, span.start <= end || !isNewline(before: line, after: end) {
        starts[starts.count - 1].statements.append(statement)
      } else {
        starts.append((starts.isEmpty ? tokens.lowerBound : line, [statement]))
      }
      end = max(end, span.end)
    }
    // Tokens that belong to no statement come with a fault.
    if !parse.diagnostics.isEmpty, let own = starts.first?.statements.first?.span.start,
      hasTokens(onLinesBefore: own)
    {
      starts[0].token = lineStart(around: parse.tokenIndex(at: own))
      starts.insert((tokens.lowerBound, []), at: 0)
    }
    if starts.isEmpty, hasTokens(onLinesBefore: .max) { starts = [(tokens.lowerBound, [])] }
    return starts
  }

  /// The first of the tokens on the line of one of them.
  private func lineStart(around token: Int) -> Int {
    var first = token
    while first > tokens.lowerBound, parse.tokens[first - 1].kind != .newline { first -= 1 }
    return first
  }

  private func isNewline(before token: Int, after end: Int) -> Bool {
    token > tokens.lowerBound && parse.tokens[token - 1].kind == .newline
      && parse.tokens[token - 1].start >= end
  }

  /// Whether tokens stand before `place` on a line of their own.
  private func hasTokens(onLinesBefore place: Int) -> Bool {
    guard let first = tokens.first(where: { !parse.tokens[$0].kind.separatesStatements }),
      parse.tokens[first].start < place
    else { return false }
    return place == .max || first < lineStart(around: parse.tokenIndex(at: place))
  }

  private mutating func add(_ statements: [Statement], _ tokens: Range<Int>) {
    guard !parse.diagnostics.isEmpty, let stray = strayLine(after: statements, tokens) else {
      return all.append(unit(statements, tokens))
    }
    all.append(unit(statements, tokens.lowerBound..<stray))
    all.append(unit([], stray..<tokens.upperBound))
  }

  /// The index of a closing bracket that closes nothing and begins a line after the statements.
  private func strayLine(after statements: [Statement], _ tokens: Range<Int>) -> Int? {
    guard let end = statements.last?.span.end else { return nil }
    let first = max(tokens.lowerBound, min(parse.tokenIndex(at: end), tokens.upperBound))
    let index = (first..<tokens.upperBound).first { !parse.tokens[$0].kind.separatesStatements }
    guard let index, parse.tokens[index].isStray, index > first,
      parse.tokens[index - 1].kind == .newline
    else { return nil }
    return index
  }

  private func unit(_ statements: [Statement], _ tokens: Range<Int>) -> StatementUnit {
    var first = tokens.lowerBound
    while first + 1 < tokens.upperBound, parse.tokens[first].kind.separatesStatements { first += 1 }
    var last = tokens.upperBound
    while last > first, parse.tokens[last - 1].kind == .newline { last -= 1 }
    // A comment may stand after the last token on its line.
    let end = parse.tokens[last]
    let lines = Span(
      first > 0 && parse.tokens[first - 1].kind == .newline
        ? parse.tokens[first - 1].end : parse.line(at: parse.tokens[first].start).start,
      end.kind == .newline
        ? end.start : parse.line(at: parse.tokens[max(last - 1, 0)].end).end)
    return StatementUnit(statements: statements, tokens: tokens, lines: lines)
  }

  /// Gives each fault to the unit in or after which it lies.
  mutating func take(_ faults: some Sequence<Int>) {
    guard !all.isEmpty else { return }
    for fault in faults {
      let next = all.indices.partitioningIndex { fault < all[$0].lines.start }
      all[max(next - 1, 0)].faults.append(fault)
    }
  }
}

extension Parse {
  var bytes: [UInt8] { source.bytes }

  /// The line around `place`, without its line end.
  ///
  /// - Complexity: O(log *n*) in the lines: a line may be long, and hold many units.
  func line(at place: Int) -> Span { source.lines.span(ofLine: source.lines.line(at: place)) }

  /// The index of the first token that starts at `place` or after it.
  func tokenIndex(at place: Int) -> Int {
    tokens.indices.partitioningIndex { place <= tokens[$0].start }
  }

  /// The same, where it is not far after the token at `first`.
  ///
  /// - Complexity: O(log d) for a distance of d tokens.
  func tokenIndex(at place: Int, from first: Int) -> Int {
    var low = first
    var step = 1
    while low + step < tokens.count, tokens[low + step].start < place {
      low += step
      step *= 2
    }
    return (low..<min(low + step, tokens.count)).partitioningIndex { place <= tokens[$0].start }
  }

  /// The index of the first comment that starts at `place` or after it.
  func commentIndex(at place: Int) -> Int {
    comments.indices.partitioningIndex { place <= comments[$0].start }
  }

  func hasLineBreak(from start: Int, to end: Int) -> Bool {
    start < end && bytes[start..<end].contains(where: \.isLineEnd)
  }
}

extension Token.Kind {
  var separatesStatements: Bool { self == .newline || self == .semicolon }
}
