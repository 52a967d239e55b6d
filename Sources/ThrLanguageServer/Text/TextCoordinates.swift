import Algorithms
import ThrSyntax

/// A place as the protocol writes it: both parts count from 0.
struct LinePosition: Hashable, Sendable {
  var line: Int
  /// In units of the position encoding.
  var character: Int
}

/// Turns byte offsets of one text into the protocol's positions and back.
///
/// - Complexity: O(n) to make, O(log n) a question.
struct TextCoordinates: Sendable {
  let source: Source
  let encoding: PositionEncoding
  /// The units before each block of bytes, so that a line of megabytes costs no more than a short
  /// one; `nil` where every byte is a unit.
  private let unitsBefore: [Int]?

  private static let blockSize = 256

  init(_ source: Source, _ encoding: PositionEncoding) {
    self.source = source
    self.encoding = encoding
    let isPlain = encoding == .utf8 || source.bytes.allSatisfy { $0 < 0x80 }
    unitsBefore = isPlain ? nil : Self.blocks(source.bytes, encoding)
  }

  private static func blocks(_ bytes: [UInt8], _ encoding: PositionEncoding) -> [Int] {
    var sums = [0]
    sums.reserveCapacity(bytes.count / blockSize + 2)
    var units = 0
    for (index, byte) in bytes.enumerated() {
      units += encoding.units(byte)
      if (index + 1) % blockSize == 0 { sums.append(units) }
    }
    return sums
  }

  // MARK: - Both ways

  /// The position of an offset; one beyond the text is the text's end.
  func position(at offset: Int) -> LinePosition {
    let offset = min(max(offset, 0), source.bytes.count)
    let line = source.lines.line(at: offset) - 1
    let start = source.lines.starts[line]
    // Within a line end, the position is the line's last.
    let end = min(offset, source.lines.span(ofLine: line + 1).end)
    return LinePosition(line: line, character: units(before: end) - units(before: start))
  }

  /// The offset of a position.
  ///
  /// A character beyond its line is the line's end, a line beyond the text the text's end, and a
  /// position inside a character that character's start.
  func offset(of position: LinePosition) -> Int {
    guard position.line < source.lines.count else { return source.bytes.count }
    let line = source.lines.span(ofLine: position.line + 1)
    // Lines are shorter than this, and sums with it do not overflow.
    let character = min(position.character, source.bytes.count)
    return min(offset(ofUnits: units(before: line.start) + character), line.end)
  }

  /// The offset of the last character with at most that many units before it.
  private func offset(ofUnits units: Int) -> Int {
    guard let unitsBefore else { return characterStart(min(units, source.bytes.count)) }
    let block = max(unitsBefore.partitioningIndex { $0 > units } - 1, 0)
    var offset = block * Self.blockSize
    var rest = units - unitsBefore[block]
    while offset < source.bytes.count {
      let width = encoding.units(source.bytes[offset])
      if width > rest { break }
      rest -= width
      offset += 1
    }
    return offset
  }

  /// Moves an offset within a character to its start.
  private func characterStart(_ offset: Int) -> Int {
    var offset = offset
    while offset > 0, offset < source.bytes.count, source.bytes[offset].isContinuation {
      offset -= 1
    }
    return offset
  }

  /// The units of the text before an offset.
  func units(before offset: Int) -> Int {
    guard let unitsBefore else { return offset }
    let block = offset / Self.blockSize
    return source.bytes[(block * Self.blockSize)..<offset]
      .reduce(unitsBefore[block]) { $0 + encoding.units($1) }
  }
}
