/// A program in the one style of the language, piece by piece.
///
/// The pieces' places cover the source, in order, and their texts are the formatted program.
public struct FormattedProgram: Sendable {
  public struct Piece: Hashable, Sendable {
    /// Whole lines of the source.
    public var source: Span
    /// Where in the program it stands in the style, with the end of its last line.
    public var text: Range<Int>
  }

  public private(set) var pieces: [Piece] = []
  /// The text of all pieces, which may not be valid UTF-8 where the source is not.
  public private(set) var bytes: [UInt8] = []

  /// - Complexity: O(n) in the length of the text.
  public init(_ parse: Parse) {
    let units = ProgramUnits(parse)
    guard !units.isGivenUp else {
      keepAll(parse)
      return
    }
    var lines = FormattedLines(parse, units)
    write(lines.parts(0...lines.units.count), lines, parse)
    writeEnd(lines, parse)
  }

  /// The pieces that the span touches, and perhaps some around them.
  ///
  /// - Complexity: O(n) in their length, and O(k) in the statements of the program.
  public init(_ parse: Parse, touching span: Span) {
    self.init(parse, ProgramUnits(parse), touching: span)
  }

  init(_ parse: Parse, _ units: ProgramUnits, touching span: Span) {
    guard !units.isGivenUp else {
      keepAll(parse)
      return
    }
    var lines = FormattedLines(parse, units)
    let units = units.all
    var first = units.firstIndex { span.start <= $0.lines.end + 2 } ?? units.count
    var last = units[first...].firstIndex { span.end < $0.lines.start } ?? units.count
    var selected = lines.parts(first...last)
    // Comments below each other stand in one column, whichever statements they belong to.
    var above: [[FormattedLines.Piece]] = []
    while first > 0, let top = above.last?.first ?? selected.first {
      let part = lines.part(first - 1)
      guard let bottom = part.last, lines.areAligned(bottom, top) else { break }
      first -= 1
      above.append(part)
    }
    while last < units.count, let bottom = selected.last {
      let part = lines.part(last + 1)
      guard let top = part.first, lines.areAligned(bottom, top) else { break }
      last += 1
      selected += part
    }
    // The end of the text belongs to the last statement.
    if last + 1 == units.count {
      last += 1
      selected += lines.part(last)
    }
    write(above.reversed().flatMap(\.self) + selected, lines, parse)
    if last == units.count { writeEnd(lines, parse) }
  }

  private mutating func keepAll(_ parse: Parse) {
    bytes = parse.bytes
    pieces = [Piece(source: Span(0, bytes.count), text: 0..<bytes.count)]
  }

  private mutating func write(
    _ selected: [FormattedLines.Piece], _ written: FormattedLines, _ parse: Parse
  ) {
    let renderer = written.renderer
    let lines = selected.flatMap { renderer.lines[$0.lines] }
    let columns = CommentAlignment(lines).columns
    let lineEnd = SourceLine.lineEnd(of: parse.bytes)
    var next = 0
    pieces.reserveCapacity(selected.count + 1)
    bytes.reserveCapacity(renderer.code.count * 5 / 4)
    for piece in selected {
      let start = bytes.count
      if piece.source.start == 0 { bytes += SourceLine.byteOrderMark(of: parse.bytes) }
      for _ in piece.lines {
        lines[next].append(
          to: &bytes, commentAt: columns[next], renderer.code, parse.bytes, endedBy: lineEnd)
        next += 1
      }
      pieces.append(Piece(source: piece.source, text: start..<bytes.count))
    }
  }

  /// Writes what is left below the last line.
  ///
  /// A broken statement at the end stays as it is: without a line end, or before spaces, which show
  /// whether a bracket goes on.
  private mutating func writeEnd(_ written: FormattedLines, _ parse: Parse) {
    let isKept = written.units.last?.isKept == true
    let start = pieces.last?.source.end ?? written.start(ofPart: written.units.count)
    let end = parse.bytes.count
    let line = SourceLine.start(at: end, in: parse.bytes)
    if isKept, line < start, let last = pieces.last?.text {
      let lineEnd = SourceLine.lineEnd(of: parse.bytes).count
      bytes.removeLast(lineEnd)
      pieces[pieces.count - 1].text = last.lowerBound..<last.upperBound - lineEnd
    }
    guard start < end else { return }
    let first = bytes.count
    if isKept { bytes += parse.bytes[max(start, line)..<end] }
    pieces.append(Piece(source: Span(start, end), text: first..<bytes.count))
  }
}

extension LayoutRenderer.Line {
  fileprivate func append(
    to text: inout [UInt8], commentAt column: Int, _ code: [UInt8], _ source: [UInt8],
    endedBy lineEnd: [UInt8]
  ) {
    if isBlankBefore { text += lineEnd }
    text += repeatElement(.space, count: indent)
    text += code[self.code]
    if let comment {
      if !self.code.isEmpty { text += repeatElement(.space, count: column - self.column) }
      text += source[comment.start..<comment.end]
    }
    text += lineEnd
  }
}

/// Where the comments after code stand: below each other on lines that follow each other.
struct CommentAlignment {
  /// For each line, the column of its comment.
  private(set) var columns: [Int] = []

  init(_ lines: [LayoutRenderer.Line]) {
    var first = 0
    while first < lines.count {
      var last = first
      while last + 1 < lines.count, Self.areAligned(lines[last], lines[last + 1]) { last += 1 }
      align(lines[first...last])
      first = last + 1
    }
  }

  static func areAligned(_ line: LayoutRenderer.Line, _ next: LayoutRenderer.Line) -> Bool {
    line.hasCommentAfter && next.hasCommentAfter && !next.isBlankBefore
      && line.indent == next.indent
  }

  private mutating func align(_ lines: ArraySlice<LayoutRenderer.Line>) {
    let common = (lines.lazy.map(\.column).max() ?? 0) + 2
    for line in lines {
      // One long line does not push the comments of short ones out of sight.
      columns.append(common <= LayoutRenderer.columns * 3 / 4 ? common : line.column + 2)
    }
  }
}

extension LayoutRenderer.Line {
  fileprivate var hasCommentAfter: Bool { comment != nil && !code.isEmpty }
}
