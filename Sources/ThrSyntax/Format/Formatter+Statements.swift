extension Formatter {
  /// The statements of a block or of one line; those that the author joined by `;` stay joined
  /// where they fit.
  func lines(of statements: [Statement]) {
    var first = 0
    while first < statements.count {
      var last = first
      while last + 1 < statements.count, areJoined(statements[last], statements[last + 1]) {
        last += 1
      }
      if first > 0 { hardLine(isBlank: blankFollows) }
      group { joined(statements[first...last]) }
      commentsAfter()
      first = last + 1
    }
  }

  /// Statements on one line, or one a line.
  private func joined(_ statements: ArraySlice<Statement>) {
    for (place, statement) in zip(statements.indices, statements) {
      if place > statements.startIndex { line(flat: .semicolon) }
      self.statement(statement)
    }
  }

  private func areJoined(_ one: Statement, _ other: Statement) -> Bool {
    !hasLineBreak(from: one.span.end, to: other.span.start)
  }

  func statement(_ statement: Statement) {
    switch statement {
    case .assignment(let assignment):
      token()
      space()
      token()
      spaced { expression(assignment.value) }
    case .function(let function): self.function(function)
    case .loop(let loop):
      token()
      spaced { token() }
      spaced { token() }
      spaced { head(loop.sequence) }
      space()
      group(isForced: isOpen(loop.body)) { block(loop.body) }
    case .use(let use):
      token()
      spaced { text(use.pathSpan) }
    case .expression(let value): expression(value)
    case .invalid(let span): text(span)
    }
  }

  private func function(_ function: Statement.FunctionDeclaration) {
    token()
    space()
    token()
    elements(of: function.parameters) { parameter in
      guard let value = parameter.defaultValue else { return token() }
      named(value)
    }
    space()
    switch function.body {
    case .expression(let value):
      token()
      spaced { expression(value) }
    case .block(let block): group(isForced: isOpen(block)) { self.block(block) }
    }
  }

  /// The expression between a keyword and a block, further in than the block where it breaks.
  func head(_ value: Expression) { indented { expression(value) } }

  // MARK: - Blocks

  /// Whether the author wrote the block over several lines.
  func isOpen(_ block: Block) -> Bool {
    if units.blocks[block.span.start] != nil { return true }
    var place = block.span.start + 1
    for statement in block.statements {
      if hasLineBreak(from: place, to: statement.span.start) { return true }
      place = statement.span.end
    }
    return !block.statements.isEmpty && hasLineBreak(from: place, to: block.span.end)
  }

  /// A block, in a group that breaks it.
  func block(_ block: Block) {
    token()
    let isEmpty = block.statements.isEmpty && units.blocks[block.span.start] == nil
    guard !isEmpty || commentFollows else {
      space()
      return token()
    }
    indented {
      line(flat: .space)
      if isOpen(block) { lines(of: block) } else { joined(block.statements[...]) }
      commentsAtEnd(isFirst: isEmpty)
    }
    line(flat: .space)
    token()
  }

  /// What stands in a block, on lines of its own.
  func lines(of block: Block) {
    guard let units = units.blocks[block.span.start] else { return lines(of: block.statements) }
    for (place, unit) in units.enumerated() {
      if place > 0 { hardLine(isBlank: blankFollows) }
      if unit.isKept { keep(unit, moves: true) } else { lines(of: unit.statements) }
    }
  }

  /// The comments before a closing bracket, which belong to what it closes.
  func commentsAtEnd(isFirst: Bool = false) {
    commentsAfter()
    guard commentFollows else { return }
    hardLine(isBlank: blankFollows && !isFirst)
    commentsAbove()
  }
}
