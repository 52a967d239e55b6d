extension Parse {
  /// The parse of the text after an edit; equal to that of the new text alone.
  ///
  /// The lines that the edit touches are lexed, and what stands after it is parsed, again: a caller
  /// that types at the end of a long text waits for the end alone.
  ///
  /// - Parameters:
  ///   - span: what was replaced, in this text.
  ///   - count: the bytes that stand there now.
  ///   - source: the new text.
  func edited(_ span: Span, toBytes count: Int, giving source: Source) -> Parse {
    let edit = LineEdit(span, toBytes: count, in: self.source.lines)
    guard let lexed = LexedText(lexed, edited: edit, giving: source.bytes) else {
      return parse(source)
    }
    return Parse(source, lexed, after: program.statements[..<knownStatements(before: edit.start)])
  }

  /// How many of the first statements mean the same regardless of the text from a place on.
  private func knownStatements(before place: Int) -> Int {
    let end = min(place, diagnostics.first?.span.start ?? place)
    let statements = program.statements
    // The parser looks one statement ahead: a line that begins with `|>` goes on with the last one.
    var known = statements.firstIndex { $0.span.end >= end } ?? statements.count
    known -= 1
    // A bracket that is never closed ends by the indent of its line, which begins the statement.
    while known > 0, !startsLine(statements[known]) { known -= 1 }
    return max(known, 0)
  }

  private func startsLine(_ statement: Statement) -> Bool {
    let index = tokens.firstIndex(notBefore: statement.span.start)
    return index > 0 && tokens[index - 1].kind == .newline
  }
}

/// An edit, rounded to whole lines: tokens depend on their own line alone.
struct LineEdit {
  /// Where the first line begins that it touches, before and after.
  let start: Int
  /// Where the line begins that follows the last one, before it.
  let oldEnd: Int
  let newEnd: Int

  var distance: Int { newEnd - oldEnd }

  init(_ span: Span, toBytes count: Int, in lines: LineMap) {
    // A line feed put after a carriage return is one line end with it.
    start = lines.starts[lines.line(at: max(span.start - 1, 0)) - 1]
    oldEnd = lines.end(ofLine: lines.line(at: span.end))
    newEnd = oldEnd + count - span.count
  }
}

extension LexedText {
  /// What lexing the text after an edit finds; `nil` if there are faults, which may reach further
  /// than their lines.
  fileprivate init?(_ old: LexedText, edited edit: LineEdit, giving bytes: [UInt8]) {
    guard old.isFaultless else { return nil }
    var lexer = Lexer(bytes, at: edit.start)
    lexer.result.tokens += old.tokens[..<old.tokens.firstIndex(notBefore: edit.start)]
    lexer.result.comments += old.comments[..<old.comments.firstIndex(notBefore: edit.start)]
    lexer.run(to: edit.newEnd)
    guard lexer.result.isFaultless, lexer.offset == edit.newEnd, lexer.modes.isEmpty else {
      return nil
    }
    self = lexer.result
    let rest = old.tokens[old.tokens.firstIndex(notBefore: edit.oldEnd)...]
    tokens += rest.lazy.map { $0.moved(by: edit.distance) }
    let comments = old.comments[old.comments.firstIndex(notBefore: edit.oldEnd)...]
    self.comments += comments.lazy.map { $0.moved(by: edit.distance) }
    brackets = BracketPairing(of: &tokens)
  }

  private var isFaultless: Bool { diagnostics.all.isEmpty && damaged.isEmpty }
}
