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

  /// Replacement that gives the other text: all between the first and the last byte that
  /// differ.
  ///
  /// Whole lines that are added or taken away are so from the beginning of a line.
  public func difference(to other: Source) -> (Span, [UInt8]) {
    let common = min(bytes.count, other.bytes.count)
    var start = 0
    while start < common, bytes[start] == other.bytes[start] { start += 1 }
    var tail = 0
    while tail < common - start,
      bytes[bytes.count - 1 - tail] == other.bytes[other.bytes.count - 1 - tail]
    {
      tail += 1
    }
    var (end, otherEnd) = (bytes.count - tail, other.bytes.count - tail)
    let distance =
      start == end
      ? other.distanceToLine(start, otherEnd) : start == otherEnd ? distanceToLine(start, end) : 0
    start -= distance
    end -= distance
    otherEnd -= distance
    return (Span(start, end), Array(other.bytes[start..<otherEnd]))
  }

  /// How far back a stretch can be moved to the beginning of its line so that the text without it
  /// is the same; 0 where it cannot be.
  private func distanceToLine(_ start: Int, _ end: Int) -> Int {
    guard start < end else { return 0 }
    var distance = 0
    while start > distance, bytes[start - distance - 1] != UInt8(ascii: "\n") {
      guard bytes[start - distance - 1] == bytes[end - distance - 1] else { return 0 }
      distance += 1
    }
    return distance
  }
}
