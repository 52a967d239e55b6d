/// Statements that share lines: what the formatter writes or keeps as one.
struct StatementUnit {
  var statements: [Statement]
  /// The indices of its tokens, and of line ends and semicolons beside them.
  var tokens: Range<Int>
  /// From the begin of its first line to the end of its last, comments between statements aside.
  var lines: Span
  /// Where the faults in or behind it lie, in order.
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

  /// - Parameter tokens: the indices of what stands in the program or block.
  /// - Complexity: O(k·log n) for k statements among n tokens.
  init(_ statements: [Statement], tokens: Range<Int>, _ parse: Parse) {
    self.parse = parse
    let starts = starts(of: statements, tokens)
    var first = tokens.lowerBound
    for (index, start) in starts.enumerated() {
      // A semicolon may begin the line of the next unit.
      let end =
        index + 1 < starts.count
        ? parse.tokenIndex(at: SourceLine.start(at: starts[index + 1].offset, in: parse.bytes))
        : tokens.upperBound
      let own = first..<max(first, end)
      first = own.upperBound
      let stray = parse.diagnostics.isEmpty ? nil : strayLine(behind: start.statements, own)
      all.append(unit(start, own.lowerBound..<(stray ?? own.upperBound)))
      if let stray { all.append(unit((parse.tokens[stray].start, []), stray..<own.upperBound)) }
    }
  }

  /// The index of a closing bracket that closes nothing and begins a line behind the statements.
  private func strayLine(behind statements: [Statement], _ tokens: Range<Int>) -> Int? {
    guard let end = statements.last?.span.end else { return nil }
    let first = max(tokens.lowerBound, min(parse.tokenIndex(at: end), tokens.upperBound))
    let index = (first..<tokens.upperBound).first { !parse.tokens[$0].kind.separatesStatements }
    guard let index, parse.tokens[index].isStray else { return nil }
    let line = SourceLine.start(at: parse.tokens[index].start, in: parse.bytes)
    return line >= end && SourceLine.text(from: line, in: parse.bytes) == parse.tokens[index].start
      ? index : nil
  }

  private typealias Start = (offset: Int, statements: [Statement])

  /// Where units begin, with the statements of each: a new one on a new line.
  private func starts(of statements: [Statement], _ tokens: Range<Int>) -> [Start] {
    var starts: [Start] = []
    var end = 0
    for statement in statements {
      let span = statement.span
      if !starts.isEmpty, !parse.hasLineBreak(from: end, to: span.start) {
        starts[starts.count - 1].statements.append(statement)
      } else {
        starts.append((span.start, [statement]))
      }
      end = max(end, span.end)
    }
    // Tokens that belong to no statement come with a fault.
    guard let first = parse.tokens[tokens].first(where: { !$0.kind.separatesStatements }),
      first.start < starts.first?.offset ?? .max
    else { return starts }
    if let next = starts.first, !parse.hasLineBreak(from: first.start, to: next.offset) {
      starts[0].offset = first.start
    } else {
      starts.insert((first.start, []), at: 0)
    }
    return starts
  }

  private func unit(_ start: Start, _ tokens: Range<Int>) -> StatementUnit {
    let last = parse.tokens[tokens].last { $0.kind != .newline }
    let lines = Span(
      SourceLine.start(at: start.offset, in: parse.bytes),
      SourceLine.end(at: max(start.offset, last?.end ?? 0), in: parse.bytes, passing: false))
    return StatementUnit(statements: start.statements, tokens: tokens, lines: lines)
  }

  /// Gives each fault to the unit in or behind which it lies.
  mutating func take(_ faults: some Sequence<Int>) {
    guard !all.isEmpty else { return }
    for fault in faults {
      var low = 0
      var high = all.count
      while low < high {
        let middle = (low + high) / 2
        if all[middle].lines.start <= fault { low = middle + 1 } else { high = middle }
      }
      all[max(low - 1, 0)].faults.append(fault)
    }
  }
}

extension Parse {
  var bytes: [UInt8] { source.bytes }

  /// The index of the first token that starts at `place` or behind it.
  func tokenIndex(at place: Int) -> Int {
    var low = 0
    var high = tokens.count
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].start < place { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The index of the first comment that starts at `place` or behind it.
  func commentIndex(at place: Int) -> Int {
    var low = 0
    var high = comments.count
    while low < high {
      let middle = (low + high) / 2
      if comments[middle].start < place { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func hasLineBreak(from start: Int, to end: Int) -> Bool {
    start < end && bytes[start..<end].contains(where: \.isLineEnd)
  }
}

extension Token.Kind {
  var separatesStatements: Bool { self == .newline || self == .semicolon }
}
