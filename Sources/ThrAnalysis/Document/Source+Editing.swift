import ThrSyntax

extension Source {
  /// The text with other bytes in the places of spans, which are in order and do not overlap.
  func replacing(_ edits: [(span: Span, bytes: [UInt8])]) -> Source {
    var changed: [UInt8] = []
    changed.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.bytes.count })
    var offset = 0
    for edit in edits {
      changed += bytes[offset..<edit.span.start]
      changed += edit.bytes
      offset = edit.span.end
    }
    return Source(bytes: changed + bytes[offset...])
  }
}
