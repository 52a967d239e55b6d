/// A change of a text: what stands within `span` becomes `replacement`.
///
/// Several edits of one text speak of the text as it was before any of them, and do not overlap.
public struct Edit: Hashable, Sendable {
  public var span: Span
  public var replacement: String

  public init(_ span: Span, _ replacement: String) {
    self.span = span
    self.replacement = replacement
  }
}

extension Source {
  /// The text after the edits, in any order.
  public func applying(_ edits: [Edit]) -> [UInt8] {
    var result: [UInt8] = []
    var offset = 0
    for edit in edits.sorted(by: { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }) {
      let range = clamped(edit.span)
      result += bytes[offset..<max(offset, range.lowerBound)]
      result += edit.replacement.utf8
      offset = max(offset, range.upperBound)
    }
    return result + bytes[offset...]
  }
}
