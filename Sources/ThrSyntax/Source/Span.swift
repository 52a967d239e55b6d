/// A half-open range of UTF-8 offsets into one source text.
public struct Span: Hashable, Sendable {
  public var start: Int
  public var end: Int

  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  public var isEmpty: Bool { start == end }
  public var count: Int { end - start }

  /// Whether a cursor at `offset` touches the span; both ends count.
  public func touches(_ offset: Int) -> Bool { start <= offset && offset <= end }

  /// The smallest span that covers both.
  public func union(_ other: Span) -> Span {
    Span(min(start, other.start), max(end, other.end))
  }
}
