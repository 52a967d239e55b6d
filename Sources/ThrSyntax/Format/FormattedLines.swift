/// The lines of a formatted program by the stretches of source that they come from.
struct FormattedLines {
  struct Piece {
    var lines: [LayoutRenderer.Line]
    /// Where the lines of the source end that it stands for.
    var end: Int
  }

  private(set) var pieces: [Piece] = []
  private let parse: Parse
  private var renderer: LayoutRenderer
  private var end = 0

  init(_ parse: Parse) {
    self.parse = parse
    renderer = LayoutRenderer(parse.source.bytes)
    let formatter = Formatter(parse)
    let units = ProgramUnits(parse).all
    for unit in units {
      comments(formatter, before: unit.lines.start)
      if unit.isBroken {
        verbatim(unit)
        formatter.skip(to: unit.lines.end)
      } else {
        formatted(unit, formatter)
      }
    }
    comments(formatter, before: parse.source.bytes.count + 1)
  }

  /// The comments between statements.
  private mutating func comments(_ formatter: Formatter, before place: Int) {
    while formatter.nextComment < parse.comments.count,
      parse.comments[formatter.nextComment].start < place
    {
      let comment = parse.comments[formatter.nextComment]
      var line = LayoutRenderer.Line()
      line.comment = formatter.trimmed(comment.span)
      add([line], from: comment.start, to: comment.end)
      formatter.skip(to: comment.end)
    }
  }

  private mutating func formatted(_ unit: ProgramUnits.Unit, _ formatter: Formatter) {
    formatter.layout = Layout()
    formatter.lines(of: unit.statements)
    add(renderer.render(formatter.layout), from: unit.lines.start, to: unit.lines.end)
  }

  private mutating func verbatim(_ unit: ProgramUnits.Unit) {
    var line = LayoutRenderer.Line()
    line.code = Array(parse.source.bytes[unit.lines.start..<unit.lines.end])
    // Of several lines, nothing lines up with it.
    line.width = LayoutRenderer.columns
    add([line], from: unit.lines.start, to: unit.lines.end)
  }

  private mutating func add(_ lines: [LayoutRenderer.Line], from start: Int, to last: Int) {
    var lines = lines
    let bytes = parse.source.bytes
    let gap = bytes[end..<max(start, end)]
    if let first = lines.indices.first {
      // The line before ends in what its piece covers already.
      lines[first].isBlankBefore = !pieces.isEmpty && LineEnds(gap).count > 0
    }
    end = SourceLine.end(at: last, in: bytes, passing: true)
    pieces.append(Piece(lines: lines, end: end))
  }
}

/// The lines of a source by their bytes.
enum SourceLine {
  /// Where the line around `place` begins.
  static func start(at place: Int, in bytes: [UInt8]) -> Int {
    var start = place
    while start > 0, !bytes[start - 1].isLineEnd { start -= 1 }
    return start
  }

  /// Where the line around `place` ends, before or behind its line end.
  static func end(at place: Int, in bytes: [UInt8], passing: Bool) -> Int {
    var end = min(place, bytes.count)
    while end < bytes.count, !bytes[end].isLineEnd { end += 1 }
    guard passing, end < bytes.count else { return end }
    let isPair =
      bytes[end] == .carriageReturn && end + 1 < bytes.count && bytes[end + 1] == .lineFeed
    return end + (isPair ? 2 : 1)
  }
}
