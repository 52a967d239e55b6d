/// The lines of a formatted program by the stretches of source that they come from.
///
/// A program has as many parts as units, each with the comments above it, and one more with the
/// comments at its end. Parts are laid out one by one, each without the others.
struct FormattedLines {
  struct Piece {
    /// Whole lines of the source.
    var source: Span
    /// Indices of lines.
    var lines: Range<Int>
  }

  private(set) var renderer: LayoutRenderer
  private let parse: Parse
  private let formatter: Formatter
  let units: [StatementUnit]
  private var pieces: [Piece] = []
  private var end = 0

  init(_ parse: Parse, _ units: ProgramUnits) {
    self.parse = parse
    renderer = LayoutRenderer(parse.source.bytes)
    formatter = Formatter(parse, units)
    self.units = units.all
  }

  /// Where a part begins in the source: after the lines of the unit before it.
  func start(ofPart index: Int) -> Int {
    index == 0 ? 0 : lineEnd(after: units[index - 1].lines.end)
  }

  /// Lays out one part.
  mutating func part(_ index: Int) -> [Piece] { parts(index...index) }

  /// Lays out parts that follow each other.
  mutating func parts(_ indices: ClosedRange<Int>) -> [Piece] {
    pieces.removeAll()
    end = start(ofPart: indices.lowerBound)
    for index in indices { add(part: index) }
    return pieces
  }

  private mutating func add(part index: Int) {
    let isLast = index == units.count
    comments(before: isLast ? parse.bytes.count + 1 : units[index].lines.start, isFirst: index == 0)
    if !isLast { statements(units[index], isFirst: index == 0) }
  }

  /// Whether the comments at the end of one piece and at the begin of the next stand in a column.
  func areAligned(_ piece: Piece, _ next: Piece) -> Bool {
    guard let last = piece.lines.last, let first = next.lines.first else { return false }
    return CommentAlignment.areAligned(renderer.lines[last], renderer.lines[first])
  }

  /// The comments between statements.
  private mutating func comments(before place: Int, isFirst: Bool) {
    var next = parse.commentIndex(at: end)
    while next < parse.comments.count, parse.comments[next].start < place {
      let comment = parse.comments[next].span
      renderer.render(
        comment: formatter.trimmed(comment), isBlankBefore: isBlank(before: comment.start, isFirst))
      add(Span(comment.start, comment.end), lines: renderer.lines.count - 1..<renderer.lines.count)
      next += 1
    }
  }

  private mutating func statements(_ unit: StatementUnit, isFirst: Bool) {
    formatter.begin(unit)
    if unit.isKept {
      formatter.keep(unit, moves: false)
    } else {
      formatter.lines(of: unit.statements)
      formatter.comments(before: unit.lines.end)
    }
    let first = renderer.lines.count
    renderer.render(
      formatter.layout, isBlankBefore: isBlank(before: unit.lines.start, isFirst))
    add(unit.lines, lines: first..<renderer.lines.count)
  }

  /// Whether an empty line stands above; above the first line of a program none does.
  private func isBlank(before start: Int, _ isFirst: Bool) -> Bool {
    guard end < start, !isFirst || !pieces.isEmpty else { return false }
    return parse.hasLineBreak(from: end, to: start)
  }

  private mutating func add(_ span: Span, lines: Range<Int>) {
    let last = lineEnd(after: span.end)
    pieces.append(Piece(source: Span(end, last), lines: lines))
    end = last
  }

  private func lineEnd(after place: Int) -> Int {
    SourceLine.end(at: place, in: parse.bytes, passing: true)
  }
}
