/// One text to be parsed: its UTF-8 bytes, valid or not, and where its lines begin.
public struct Source: Hashable, Sendable {
  public let bytes: [UInt8]
  public let lines: LineMap

  /// A program of more bytes than this is not read: its data belongs into a file of its own.
  public static let largest = 256 << 20

  /// Takes the bytes as they come from a file; complexity O(n).
  public init(bytes: [UInt8]) {
    self.bytes = bytes
    self.lines = LineMap(bytes)
  }

  public init(_ text: String) {
    self.init(bytes: Array(text.utf8))
  }

  /// The text within `span`, cut to the source and with invalid UTF-8 repaired.
  public func text(_ span: Span) -> String {
    String(decoding: bytes[clamped(span)], as: UTF8.self)
  }

  func clamped(_ span: Span) -> Range<Int> {
    let start = min(max(span.start, 0), bytes.count)
    return start..<min(max(span.end, start), bytes.count)
  }
}
