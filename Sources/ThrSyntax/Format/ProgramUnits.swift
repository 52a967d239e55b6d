/// The statements of a program by the lines that they share; what is broken is kept whole.
struct ProgramUnits {
  struct Unit {
    var statements: [Statement]
    /// From the begin of its first line to the end of its last, comments between statements aside.
    var lines: Span
    /// Whether a fault lies in it.
    var isBroken: Bool
  }

  private(set) var all: [Unit] = []

  init(_ parse: Parse) {
    let bytes = parse.source.bytes
    let starts = Self.starts(parse)
    var token = 0
    for (index, start) in starts.enumerated() {
      let next = index + 1 < starts.count ? starts[index + 1].offset : bytes.count + 1
      // A semicolon may begin the line of the next unit.
      let nextLine = SourceLine.start(at: min(next, bytes.count), in: bytes)
      var lastEnd = start.offset
      while parse.tokens[token].kind != .end, parse.tokens[token].start < next {
        let last = parse.tokens[token]
        if last.kind != .newline, last.start < nextLine || next > bytes.count { lastEnd = last.end }
        token += 1
      }
      all.append(unit(start.statements, from: start.offset, to: lastEnd, parse))
    }
    markBroken(parse)
  }

  /// Where units begin, with the statements of each: a new one on a new line.
  private static func starts(_ parse: Parse) -> [(offset: Int, statements: [Statement])] {
    let bytes = parse.source.bytes
    var starts: [(offset: Int, statements: [Statement])] = []
    var end = 0
    for statement in parse.program.statements {
      let start = statement.span.start
      if !starts.isEmpty, end >= start || !bytes[end..<start].contains(where: \.isLineEnd) {
        starts[starts.count - 1].statements.append(statement)
      } else {
        starts.append((start, [statement]))
      }
      end = max(end, statement.span.end)
    }
    // Tokens that belong to no statement come with a fault.
    let first = parse.tokens.first { $0.kind != .newline && $0.kind != .semicolon }
    guard let first, first.kind != .end, first.start < starts.first?.offset ?? .max else {
      return starts
    }
    if let next = starts.first, !bytes[first.start..<next.offset].contains(where: \.isLineEnd) {
      starts[0].offset = first.start
    } else {
      starts.insert((first.start, []), at: 0)
    }
    return starts
  }

  private func unit(
    _ statements: [Statement], from start: Int, to end: Int, _ parse: Parse
  ) -> Unit {
    let bytes = parse.source.bytes
    let lines = Span(
      SourceLine.start(at: start, in: bytes), SourceLine.end(at: end, in: bytes, passing: false))
    return Unit(statements: statements, lines: lines, isBroken: statements.isEmpty)
  }

  /// Gives each fault to the unit in or behind which it lies.
  private mutating func markBroken(_ parse: Parse) {
    for diagnostic in parse.diagnostics {
      if diagnostic.kind == .tooManyErrors || diagnostic.kind == .tooLarge {
        for index in all.indices { all[index].isBroken = true }
      }
      var low = 0
      var high = all.count
      while low < high {
        let middle = (low + high) / 2
        if all[middle].lines.start <= diagnostic.span.start {
          low = middle + 1
        } else {
          high = middle
        }
      }
      let index = max(low - 1, 0)
      guard index < all.count, !isWithinComment(diagnostic, behind: all[index], parse) else {
        continue
      }
      all[index].isBroken = true
    }
  }

  /// Whether a fault lies in a comment between statements, which stays as it is anyway.
  private func isWithinComment(_ diagnostic: Diagnostic, behind unit: Unit, _ parse: Parse) -> Bool
  {
    let place = diagnostic.span.start
    guard place > unit.lines.end || place < unit.lines.start else { return false }
    return parse.comments.contains { $0.start <= place && place < $0.end }
  }
}
