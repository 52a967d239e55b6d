/// How the statements of a program can be written: which are sound, and which are kept as they are.
///
/// A statement in which a fault lies is broken, but of a statement whose faults all lie in its
/// blocks only the broken ones in there, if they stand on lines of their own. What a broken
/// statement holds in other blocks is sound.
struct ProgramUnits {
  private(set) var all: [StatementUnit]
  /// The units of the blocks in which something is kept, by where the blocks begin.
  private(set) var blocks: [Int: [StatementUnit]] = [:]
  /// Whether the text is plainly no program, of which everything stays as it is.
  private(set) var isGivenUp = false
  private let parse: Parse

  init(_ parse: Parse) {
    self.parse = parse
    var units = StatementUnits(
      parse.program.statements, tokens: 0..<parse.tokens.count - 1, parse)
    units.take(Self.faults(of: parse))
    all = units.all
    // Where no fault is every token belongs to a statement.
    guard !parse.diagnostics.isEmpty else { return }
    isGivenUp =
      parse.bytes.beginAsUTF16
      || parse.diagnostics.contains { $0.kind == .tooManyErrors || $0.kind == .tooLarge }
    guard !isGivenUp else { return }
    let tooDeep = parse.diagnostics.filter { $0.kind == .tooDeep }.map(\.span.start)
    for index in all.indices {
      // Of too deep a statement the parser has not named all faults.
      if !tooDeep.isEmpty, all[index].faults.contains(where: tooDeep.contains) {
        all[index].isKept = true
      } else if isSuspect(index) {
        all[index] = examined(all[index])
      }
    }
    keepSeparators(&all)
  }

  /// Where faults lie that make statements broken: comments stay as they are anyway.
  private static func faults(of parse: Parse) -> [Int] {
    var comments = parse.comments[...]
    return parse.diagnostics.map(\.span.start).filter { place in
      comments = comments.drop { $0.end <= place }
      return comments.first.map { place <= $0.start } ?? true
    }
  }

  // MARK: - What is broken of a statement

  /// Whether something may be broken in a unit, or be missing at its end.
  private func isSuspect(_ index: Int) -> Bool {
    let next = index + 1 < all.count ? all[index + 1].faults : []
    return !all[index].faults.isEmpty || !next.isEmpty || !isCovered(all[index])
  }

  private mutating func examined(_ unit: StatementUnit) -> StatementUnit {
    var unit = unit
    let parts = StatementParts(unit.statements)
    var sound: [Block] = []
    var outside = unit.faults
    for block in parts.blocks {
      let inside = outside.filter { block.span.start < $0 && $0 < block.span.end }
      guard isSeparable(block, faults: inside) else { continue }
      sound.append(block)
      outside.removeAll { block.span.start < $0 && $0 < block.span.end }
    }
    unit.isKept =
      !outside.isEmpty || sound.count < parts.blocks.count || !parts.isWhole
      || !isCovered(unit)
    if unit.isKept { unit.holes = sound.filter(standsOnLinesOfItsOwn) }
    return unit
  }

  /// Whether no token of the unit's lines belongs to something else.
  private func isCovered(_ unit: StatementUnit) -> Bool {
    let tokens = parse.tokens[unit.tokens].lazy.filter { !$0.kind.separatesStatements }
    return tokens.first?.start == unit.statements.first?.span.start
      && parse.tokens[unit.tokens].last { !$0.kind.separatesStatements }?.end
        == unit.statements.last?.span.end
  }

  /// Finds what is broken in a block, and whether the rest of it can be written without that.
  private mutating func isSeparable(_ block: Block, faults: [Int]) -> Bool {
    guard let tokens = insides(of: block) else { return false }
    var units = StatementUnits(block.statements, tokens: tokens, parse)
    units.take(faults)
    var inner = units.all
    guard !inner.isEmpty || faults.isEmpty else { return false }
    for index in inner.indices { inner[index] = examined(inner[index]) }
    keepSeparators(&inner)
    guard inner.allSatisfy({ !$0.isKept || canMove($0, in: block) }) else { return false }
    if inner.contains(where: \.isKept) { blocks[block.span.start] = inner }
    return true
  }

  /// Keeps the semicolons that part broken lines from what they would go on with.
  private func keepSeparators(_ units: inout [StatementUnit]) {
    for index in units.indices.dropFirst() {
      let tokens = parse.tokens[units[index].tokens]
      if units[index - 1].isKept, tokens.first(where: { $0.kind != .newline })?.kind == .semicolon {
        units[index].isKept = true
      }
      let first = tokens.first { !$0.kind.separatesStatements }
      if units[index].isKept, first?.kind.continuesPreviousLine == true {
        units[index - 1].isKept = true
      }
    }
  }

  /// The indices of the tokens between a block's braces, if it has both.
  private func insides(of block: Block) -> Range<Int>? {
    let open = parse.tokenIndex(at: block.span.start)
    let close = parse.tokenIndex(at: block.span.end - 1)
    guard open < close, close < parse.tokens.count,
      parse.tokens[open].kind == .leftBrace, parse.tokens[open].mark == .sound,
      parse.tokens[close].kind == .rightBrace, parse.tokens[close].mark == .sound,
      parse.tokens[close].end == block.span.end
    else { return nil }
    return open + 1..<close
  }

  // MARK: - Lines

  /// Whether the braces stand at the end of a line and at the begin of one.
  private func standsOnLinesOfItsOwn(_ block: Block) -> Bool {
    guard !block.statements.isEmpty, let tokens = insides(of: block) else { return false }
    return parse.tokens[tokens].first?.kind == .newline
      && parse.tokens[tokens].last?.kind == .newline
  }

  /// Whether a broken unit has its lines for itself, and they can move with the block.
  private func canMove(_ unit: StatementUnit, in block: Block) -> Bool {
    block.span.start < unit.lines.start && unit.lines.end < block.span.end
      && KeptLines(unit, parse.bytes).canMove
  }
}

/// What stands in statements beside the blocks, and the outermost blocks.
private struct StatementParts {
  private(set) var blocks: [Block] = []
  /// Whether nothing is missing in them, blocks aside.
  private(set) var isWhole = true

  init(_ statements: [Statement]) {
    for statement in statements { visit(statement) }
    blocks.sort { $0.span.start < $1.span.start }
  }

  private mutating func visit(_ statement: Statement) {
    switch statement {
    case .assignment(let assignment):
      visit(assignment.name)
      visit(assignment.value)
    case .function(let function):
      visit(function.name)
      for parameter in function.parameters {
        visit(parameter.name)
        if let value = parameter.defaultValue { visit(value) }
      }
      switch function.body {
      case .expression(let value): visit(value)
      case .block(let block): blocks.append(block)
      }
    case .loop(let loop):
      visit(loop.variable)
      visit(loop.sequence)
      blocks.append(loop.body)
    case .use: break
    case .expression(let value): visit(value)
    case .invalid: isWhole = false
    }
  }

  private mutating func visit(_ name: Name) {
    if name.text.isEmpty { isWhole = false }
  }

  private mutating func visit(_ expression: Expression) {
    switch expression {
    case .missing: isWhole = false
    // What stands in a text stays as it is.
    case .text: return
    case .member(let member): visit(member.name)
    case .comprehension(let comprehension): comprehension.turns.forEach { visit($0.variable) }
    default: break
    }
    blocks += expression.blocks
    for part in expression.parts { visit(part) }
  }
}
