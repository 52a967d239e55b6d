extension Formatter {
  /// A broken unit as it is, but for what stands in its holes.
  ///
  /// - Parameter moves: whether its lines move with the block that they stand in.
  func keep(_ unit: StatementUnit, moves: Bool) {
    if moves { commentsAbove() }
    let stretches = KeptLines(unit, bytes).stretches
    let base = moves ? indent(at: stretches[0].start) : nil
    for (stretch, hole) in zip(stretches, unit.holes) {
      keep(stretch, base)
      fill(hole, further: 2 + indent(at: hole.span.start) - (base ?? 0))
    }
    keep(stretches[stretches.count - 1], base)
  }

  private func keep(_ stretch: Span, _ base: Int?) {
    layout.append(.kept(stretch, base: base))
    skip(to: stretch.end)
  }

  /// What stands in a hole, which begins after a brace and ends before the line of the other.
  private func fill(_ hole: Block, further: Int) {
    layout.append(.indent(further))
    hardLine(isBlank: false)
    lines(of: hole)
    commentsAtEnd()
    layout.append(.indent(-further))
    hardLine(isBlank: false)
  }

  /// How far in the line around `place` stands.
  private func indent(at place: Int) -> Int {
    let start = SourceLine.start(at: place, in: bytes)
    return SourceLine.indent(bytes[start..<SourceLine.text(from: start, in: bytes)])
  }
}
