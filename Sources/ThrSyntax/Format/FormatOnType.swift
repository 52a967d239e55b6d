/// The changes to make behind a character that was just typed and ends at `offset`.
///
/// After `}` the statement that it ends is formatted; after a line end the statement above, and the
/// new line is indented by the brackets that are open there.
public func formatEdits(_ parse: Parse, afterTyping character: Character, at offset: Int)
  -> [Edit]
{
  switch character {
  case "}": return statementEdits(parse, endingAt: offset)
  case "\n", "\r\n", "\r":
    let lineStart = SourceLine.start(at: offset, in: parse.source.bytes)
    let above = statementEdits(parse, endingAt: max(lineStart - 1, 0))
      .filter { $0.span.end < lineStart }
    return above + [indentEdit(parse, lineStart)].compactMap { $0 }
  default: return []
  }
}

/// The changes of the statement that ends on the line of `offset`, if it is sound.
private func statementEdits(_ parse: Parse, endingAt offset: Int) -> [Edit] {
  let bytes = parse.source.bytes
  let lineEnd = SourceLine.end(at: offset, in: bytes, passing: false)
  guard
    let unit = ProgramUnits(parse).all.first(where: { $0.lines.end == lineEnd && !$0.isKept })
  else { return [] }
  return formatEdits(parse, in: unit.lines)
    .filter { unit.lines.start <= $0.span.start && $0.span.start < unit.lines.end }
}

/// The change of the spaces at the begin of a line, if they are not what the style wants.
private func indentEdit(_ parse: Parse, _ lineStart: Int) -> Edit? {
  let bytes = parse.source.bytes
  var end = lineStart
  while end < bytes.count, bytes[end] == .space || bytes[end] == .tab { end += 1 }
  let wanted = String(repeating: " ", count: indent(parse, lineStart))
  return parse.source.text(Span(lineStart, end)) == wanted
    ? nil : Edit(Span(lineStart, end), wanted)
}

private func indent(_ parse: Parse, _ lineStart: Int) -> Int {
  var open: [Token] = []
  var previous: Token?
  var tokens = parse.tokens.filter { $0.kind != .newline }[...]
  while let token = tokens.first, token.start < lineStart, token.kind != .end {
    if token.kind.isOpener { open.append(token) }
    if token.kind.isCloser { _ = open.popLast() }
    previous = token
    tokens.removeFirst()
  }
  let lineEnd = SourceLine.end(at: lineStart, in: parse.source.bytes, passing: false)
  let first = tokens.first.flatMap { $0.kind != .end && $0.start < lineEnd ? $0.kind : nil }
  if first?.isCloser == true { _ = open.popLast() }
  // Brackets opened on one line indent once.
  let lines = Set(open.map { parse.source.lines.position(at: $0.start).line })
  let goesOn =
    first == .pipe || first == .dot
    || previous?.kind.continuesLine == true && previous?.kind != .comma
  return 2 * (lines.count + (goesOn ? 1 : 0))
}
