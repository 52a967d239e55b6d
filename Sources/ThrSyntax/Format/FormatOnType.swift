import Algorithms

/// The changes to make after a character that was just typed and ends at `offset`.
///
/// After `}` the statement that it ends is formatted; after a line end the statement above, and the
/// new line is indented by the brackets that are open there.
public func formatEdits(_ parse: Parse, afterTyping character: Character, at offset: Int)
  -> [Edit]
{
  let units = ProgramUnits(parse)
  switch character {
  case "}": return statementEdits(parse, units, endingAt: offset)
  case "\n", "\r\n", "\r":
    let lineStart = SourceLine.start(at: offset, in: parse.bytes)
    let above = statementEdits(parse, units, endingAt: max(lineStart - 1, 0))
      .filter { $0.span.end < lineStart }
    return above + [indentEdit(parse, units, lineStart)].compactMap { $0 }
  default: return []
  }
}

/// The changes of the statement that ends on the line of `offset`, if it is sound.
private func statementEdits(
  _ parse: Parse, _ units: ProgramUnits, endingAt offset: Int
) -> [Edit] {
  let lineEnd = SourceLine.end(at: offset, in: parse.bytes, passing: false)
  guard
    let unit = units.unit(fromOrBefore: offset), unit.lines.end == lineEnd, !unit.isKept
  else { return [] }
  return FormattedProgram(parse, units, touching: unit.lines)
    .edits(of: parse.source, in: unit.lines)
    .filter { unit.lines.start <= $0.span.start && $0.span.start < unit.lines.end }
}

/// The change of the spaces at the begin of a line, if they are not what the style wants.
private func indentEdit(_ parse: Parse, _ units: ProgramUnits, _ lineStart: Int) -> Edit? {
  let end = SourceLine.text(from: lineStart, in: parse.bytes)
  let wanted = String(repeating: " ", count: indent(parse, units, lineStart))
  return parse.source.text(Span(lineStart, end)) == wanted
    ? nil : Edit(Span(lineStart, end), wanted)
}

private func indent(_ parse: Parse, _ units: ProgramUnits, _ lineStart: Int) -> Int {
  var open: [Token] = []
  var previous: Token?
  // No bracket of one outermost statement reaches into another.
  var tokens = parse.tokens[(units.unit(fromOrBefore: lineStart)?.tokens.lowerBound ?? 0)...]
    .lazy.filter { $0.kind != .newline }[...]
  while let token = tokens.first, token.start < lineStart, token.kind != .end {
    if token.kind.isOpener { open.append(token) }
    if token.kind.isCloser { _ = open.popLast() }
    previous = token
    tokens.removeFirst()
  }
  let lineEnd = SourceLine.end(at: lineStart, in: parse.bytes, passing: false)
  let first = tokens.first.flatMap { $0.kind != .end && $0.start < lineEnd ? $0.kind : nil }
  if first?.isCloser == true { _ = open.popLast() }
  // Brackets opened on one line indent once.
  let lines = Set(open.map { parse.source.lines.position(at: $0.start).line })
  let goesOn =
    first == .pipe || first == .dot
    || previous?.kind.continuesLine == true && previous?.kind != .comma
  return 2 * (lines.count + (goesOn ? 1 : 0))
}

extension ProgramUnits {
  /// The last unit that begins at a place or before it.
  fileprivate func unit(fromOrBefore place: Int) -> StatementUnit? {
    let next = all.indices.partitioningIndex { place < all[$0].lines.start }
    return next > 0 ? all[next - 1] : nil
  }
}
