public import ThrSyntax

extension Document {
  /// Selections around a place, as an editor widens them, the innermost first: the word, the
  /// expressions and statements around it, the whole text.
  public func selections(at offset: Int) -> [Span] {
    let offset = clamped(offset)
    var spans: [Span] = []
    if let token = parse.token(at: offset), token.kind != .newline, token.kind != .end {
      spans.append(token.span)
    } else if let comment = parse.comment(at: offset) {
      spans.append(comment.span)
    }
    for node in SyntaxPath(to: offset, in: parse.program).nodes.reversed() {
      if case .expression(.call(let call)) = node, call.argumentsSpan.touches(offset) {
        spans.append(call.argumentsSpan)
      }
      spans.append(node.span)
    }
    spans.append(Span(0, source.bytes.count))
    return spans.reduce(into: []) { kept, span in
      guard !span.isEmpty || source.bytes.isEmpty else { return }
      if let last = kept.last, span == last || !span.contains(last) { return }
      kept.append(span)
    }
  }
}

extension Span {
  func contains(_ other: Span) -> Bool { start <= other.start && other.end <= end }
}
