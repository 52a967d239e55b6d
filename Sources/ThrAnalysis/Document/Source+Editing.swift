import ThrSyntax

extension Source {
  /// The text with `replacement` in the place of `span`, which is cut to the text.
  func replacing(_ span: Span, with replacement: [UInt8]) -> Source {
    let start = min(max(span.start, 0), bytes.count)
    let end = min(max(span.end, start), bytes.count)
    var changed: [UInt8] = []
    changed.reserveCapacity(bytes.count - (end - start) + replacement.count)
    changed += bytes[..<start]
    changed += replacement
    changed += bytes[end...]
    return Source(bytes: changed)
  }
}
