/// The lines of a broken unit that are kept as they are: all but those inside its holes.
struct KeptLines {
  /// What lies between the holes, each from the first word of its first line.
  private(set) var stretches: [Span] = []
  /// How far in the lines with tokens on them stand: to the parser, and to the style.
  private var indents: [(counted: Int, written: Int)] = []

  init(_ unit: StatementUnit, _ bytes: [UInt8]) {
    var start = unit.lines.start
    for hole in unit.holes {
      add(Span(start, hole.span.start + 1), bytes)
      start = hole.span.end - 1
    }
    add(Span(start, unit.lines.end), bytes)
  }

  /// Whether the lines may stand further in or out, all by the same.
  ///
  /// A bracket that is not closed ends before a line that is no further in than its own, which the
  /// next statement must stay, and the lines among themselves.
  var canMove: Bool {
    guard let first = indents.first, indents.allSatisfy({ $0.written >= first.written }) else {
      return false
    }
    let ordered = indents.sorted { $0.counted < $1.counted }
    return zip(ordered, ordered.dropFirst()).allSatisfy {
      $0.counted == $1.counted ? $0.written == $1.written : $0.written < $1.written
    }
  }

  private mutating func add(_ span: Span, _ bytes: [UInt8]) {
    var start = span.start
    while start < span.end, bytes[start] == .space || bytes[start] == .tab { start += 1 }
    stretches.append(Span(start, span.end))
    var line = SourceLine.start(at: start, in: bytes)
    while line < span.end {
      let text = SourceLine.text(from: line, in: bytes)
      if text < span.end, !bytes[text].isLineEnd, bytes[text] != UInt8(ascii: "#") {
        indents.append((text - line, SourceLine.indent(bytes[line..<text])))
      }
      line = max(SourceLine.end(at: text, in: bytes, passing: true), line + 1)
    }
  }
}

/// The lines of a source by their bytes.
enum SourceLine {
  /// Where the line around `place` begins.
  static func start(at place: Int, in bytes: [UInt8]) -> Int {
    var start = min(place, bytes.count)
    while start > 0, !bytes[start - 1].isLineEnd { start -= 1 }
    return start
  }

  /// Where the line around `place` ends, before or after its line end.
  static func end(at place: Int, in bytes: [UInt8], passing: Bool) -> Int {
    var end = min(place, bytes.count)
    while end < bytes.count, !bytes[end].isLineEnd { end += 1 }
    guard passing, end < bytes.count else { return end }
    let isPair =
      bytes[end] == .carriageReturn && end + 1 < bytes.count && bytes[end + 1] == .lineFeed
    return end + (isPair ? 2 : 1)
  }

  /// What ends the lines of a formatted source: what ends its first one, CR LF or LF.
  static func lineEnd(of bytes: [UInt8]) -> [UInt8] {
    guard let first = bytes.firstIndex(where: \.isLineEnd), bytes[first] == .carriageReturn,
      first + 1 < bytes.count, bytes[first + 1] == .lineFeed
    else { return [.lineFeed] }
    return [.carriageReturn, .lineFeed]
  }

  /// The mark with which some editors begin a text in UTF-8; empty where there is none.
  static func byteOrderMark(of bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.prefix(3) : []
  }

  /// Where the spaces end with which a line begins.
  static func text(from start: Int, in bytes: [UInt8]) -> Int {
    var text = start
    while text < bytes.count, bytes[text] == .space || bytes[text] == .tab { text += 1 }
    return text
  }

  /// The columns that some bytes of one line fill.
  static func width(_ bytes: ArraySlice<UInt8>) -> Int {
    if bytes.allSatisfy({ $0 < 0x80 }) { return bytes.count }
    return columnWidth(String(decoding: bytes, as: UTF8.self))
  }

  /// The indentation of a line with these spaces.
  ///
  /// Where tabs alone stand, each is one level of the style; else characters count, as they do to
  /// the parser.
  static func indent(_ spaces: ArraySlice<UInt8>) -> Int {
    spaces.allSatisfy { $0 == .tab } ? 2 * spaces.count : spaces.count
  }
}
