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

  /// What to replace by what to get the other text: all between the first and the last byte that
  /// differ.
  func difference(to other: Source) -> (Span, [UInt8]) {
    let common = min(bytes.count, other.bytes.count)
    var start = 0
    while start < common, bytes[start] == other.bytes[start] { start += 1 }
    var tail = 0
    while tail < common - start,
      bytes[bytes.count - 1 - tail] == other.bytes[other.bytes.count - 1 - tail]
    {
      tail += 1
    }
    return (
      Span(start, bytes.count - tail), Array(other.bytes[start..<(other.bytes.count - tail)])
    )
  }
}
