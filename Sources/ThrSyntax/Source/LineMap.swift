import Algorithms

/// A place for people: both parts count from 1, the column in characters.
public struct Position: Hashable, Sendable {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// Where the lines of a text begin: from byte offsets to lines and columns and back.
///
/// A line ends at LF, CR LF or a lone CR, as for the lexer.
public struct LineMap: Hashable, Sendable {
  /// The offset of each line's first byte, ascending, the first 0.
  public let starts: [Int]
  private let bytes: [UInt8]

  /// Complexity: O(n).
  public init(_ bytes: [UInt8]) {
    var starts = [0]
    for (offset, byte) in bytes.enumerated() {
      if byte == .lineFeed {
        starts.append(offset + 1)
      } else if byte == .carriageReturn,
        offset + 1 == bytes.count || bytes[offset + 1] != .lineFeed
      {
        starts.append(offset + 1)
      }
    }
    self.starts = starts
    self.bytes = bytes
  }

  public var count: Int { starts.count }

  /// The line, from 1, that holds `offset`; an offset beyond the text is on the last line.
  public func line(at offset: Int) -> Int {
    max(starts.partitioningIndex { $0 > offset }, 1)
  }

  /// Where the line after a line begins, from 1, or the text ends.
  func end(ofLine line: Int) -> Int { line < count ? starts[line] : bytes.count }

  /// The bytes of a line, counted from 1, without its line end; empty beyond the text.
  public func span(ofLine line: Int) -> Span {
    guard line >= 1, line <= starts.count else { return Span(bytes.count, bytes.count) }
    let start = starts[line - 1]
    var end = line < starts.count ? starts[line] : bytes.count
    while end > start, bytes[end - 1].isLineEnd { end -= 1 }
    return Span(start, end)
  }

  /// The line and column of `offset`; complexity O(length of the line).
  public func position(at offset: Int) -> Position {
    let line = line(at: offset)
    let start = starts[line - 1]
    let end = min(max(offset, start), bytes.count)
    return Position(line: line, column: characters(in: start..<end) + 1)
  }

  /// The line from 1 and the column from 1 in UTF-16 code units, as editors' protocols count.
  public func utf16Position(at offset: Int) -> Position {
    let line = line(at: offset)
    let start = starts[line - 1]
    let end = min(max(offset, start), bytes.count)
    let units =
      isASCII(start..<end)
      ? end - start : String(decoding: bytes[start..<end], as: UTF8.self).utf16.count
    return Position(line: line, column: units + 1)
  }

  /// The offset of a line and a column counted in UTF-16 code units, both from 1.
  ///
  /// A place beyond its line is the line's end, one inside a character that character's start.
  public func offset(atUTF16 position: Position) -> Int {
    let span = span(ofLine: position.line)
    var offset = span.start
    var units = position.column - 1
    for scalar in String(decoding: bytes[span.start..<span.end], as: UTF8.self).unicodeScalars {
      let width = UTF16.width(scalar)
      if units < width { break }
      units -= width
      offset += UTF8.width(scalar)
    }
    return min(offset, span.end)
  }

  func characters(in range: Range<Int>) -> Int {
    isASCII(range) ? range.count : String(decoding: bytes[range], as: UTF8.self).count
  }

  private func isASCII(_ range: Range<Int>) -> Bool {
    bytes[range].allSatisfy { $0 < 0x80 }
  }
}
