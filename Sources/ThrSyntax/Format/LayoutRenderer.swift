/// Writes layouts as lines of at most ``columns`` columns, where their words allow it.
struct LayoutRenderer {
  static let columns = 100

  /// One line: its code, and the comment after it.
  struct Line {
    var indent = 0
    /// Where its code stands in the renderer's.
    var code: Range<Int>
    var width = 0
    var comment: Span?
    /// Whether an empty line stands above.
    var isBlankBefore = false

    /// Whether it is kept as it is, with the spaces at its end.
    var isKept = false

    var isFresh: Bool { code.isEmpty && comment == nil }
    /// Where the code ends.
    var column: Int { indent + width }
  }

  private enum Mode { case flat, broken, fill }

  /// The code of all lines, one after the other.
  private(set) var code: [UInt8] = []
  private(set) var lines: [Line] = []
  private let bytes: [UInt8]
  private var line = Line(code: 0..<0)
  private var indent = 0
  private var modes: [Mode] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Appends the lines of one layout; complexity O(n) in its instructions, by the width of a line.
  ///
  /// - Parameter isBlankBefore: whether an empty line stands above the first.
  mutating func render(_ layout: Layout, isBlankBefore: Bool) {
    begin(isBlankBefore)
    let instructions = layout.instructions
    bytes.withUnsafeBufferPointer { source in
      for place in instructions.indices { write(place, instructions, source) }
    }
    if !line.isFresh { lines.append(line) }
  }

  /// Appends a line with nothing but a comment.
  mutating func render(comment span: Span, isBlankBefore: Bool) {
    begin(isBlankBefore)
    line.comment = span
    lines.append(line)
  }

  private mutating func begin(_ isBlankBefore: Bool) {
    indent = 0
    modes.removeAll(keepingCapacity: true)
    line = Line(code: code.count..<code.count, isBlankBefore: isBlankBefore)
  }

  private mutating func write(
    _ place: Int, _ instructions: [Layout.Instruction], _ source: UnsafeBufferPointer<UInt8>
  ) {
    switch instructions[place] {
    case .source(let span, let width): write(source[span.start..<span.end], width)
    case .space: write(" ")
    case .line(let flat, let isBlank): breakable(flat, isBlank, place, instructions)
    case .hardLine(let isBlank): newLine(isBlank: isBlank)
    case .comment(let span, let isTrailing): write(comment: span, isTrailing)
    case .begin(let group): modes.append(mode(of: group, place, instructions))
    case .end: modes.removeLast()
    case .indent(let change): indent += change
    case .lastComma: if modes.last == .broken { write(",") }
    case .kept(let span, let base): keep(span, base)
    }
  }

  private mutating func write(_ piece: Slice<UnsafeBufferPointer<UInt8>>, _ width: Int) {
    // Nothing follows a comment on its line.
    if line.comment != nil { newLine(isBlank: false, further: 2) }
    code.append(contentsOf: UnsafeBufferPointer(rebasing: piece))
    line.code = line.code.lowerBound..<code.count
    line.width += width
  }

  private mutating func write(_ word: StaticString) {
    if line.comment != nil { newLine(isBlank: false, further: 2) }
    word.withUTF8Buffer { code += $0 }
    line.code = line.code.lowerBound..<code.count
    line.width += word.utf8CodeUnitCount
  }

  private mutating func write(comment span: Span, _ isTrailing: Bool) {
    if line.comment != nil || !isTrailing && !line.isFresh { newLine(isBlank: false, further: 2) }
    line.comment = span
  }

  private mutating func newLine(isBlank: Bool, further: Int = 0) {
    if line.isFresh {
      line.isBlankBefore = line.isBlankBefore || isBlank
    } else {
      // A space before the break, such as after an operator, is no part of the line.
      while !line.isKept, !line.code.isEmpty, code.last == .space {
        code.removeLast()
        line.code = line.code.lowerBound..<code.count
        line.width -= 1
      }
      lines.append(line)
      line = Line(code: code.count..<code.count, isBlankBefore: isBlank)
    }
    line.indent = indent + further
  }

  /// Writes lines as they are, moved from `base` to here if there is one.
  private mutating func keep(_ span: Span, _ base: Int?) {
    var start = SourceLine.start(at: span.start, in: bytes)
    while true {
      let end = min(SourceLine.end(at: start, in: bytes, passing: false), span.end)
      let text = min(SourceLine.text(from: start, in: bytes), end)
      line.isKept = true
      if let base {
        let own = SourceLine.indent(bytes[start..<text])
        line.indent = text < end ? max(0, indent + own - base) : 0
        start = text
      } else {
        line.indent = 0
      }
      code += bytes[start..<end]
      line.code = line.code.lowerBound..<code.count
      line.width = SourceLine.width(bytes[start..<end])
      start = SourceLine.end(at: end, in: bytes, passing: true)
      guard end < span.end, start < span.end else { break }
      lines.append(line)
      line = Line(code: code.count..<code.count)
    }
  }

  private mutating func breakable(
    _ flat: Layout.Flat, _ isBlank: Bool, _ place: Int, _ instructions: [Layout.Instruction]
  ) {
    let breaks =
      switch modes.last ?? .broken {
      case .flat: false
      case .broken: true
      case .fill: !fits(from: place, depth: 0, in: instructions)
      }
    if breaks || line.comment != nil {
      newLine(isBlank: isBlank)
    } else {
      write(flat.text)
    }
  }

  private func mode(
    of group: Layout.Group, _ place: Int, _ instructions: [Layout.Instruction]
  ) -> Mode {
    if modes.last == .flat { return .flat }
    if !group.isForced, fits(from: place, depth: 1, in: instructions) { return .flat }
    return group.style == .fill ? .fill : .broken
  }

  /// Whether what follows stands on this line, up to the next place where it may break.
  ///
  /// - Parameter depth: 1 at the begin of a group, which then is looked at whole; 0 at a line.
  private func fits(from place: Int, depth: Int, in instructions: [Layout.Instruction]) -> Bool {
    var depth = depth
    var column = line.isFresh ? indent : line.column
    var isFirst = true
    for instruction in instructions[place...] {
      defer { isFirst = false }
      switch instruction {
      case .source(_, let width): column += width
      case .space: column += 1
      case .line(let flat, _):
        if depth == 0, !isFirst { return true }
        column += flat.text.utf8CodeUnitCount
      case .hardLine, .kept: return depth == 0
      case .comment(_, let isTrailing): return depth == 0 && isTrailing
      case .begin: if depth > 0, !isFirst { depth += 1 }
      case .end: if depth > 0 { depth -= 1 }
      case .lastComma: if depth == 0 { column += 1 }
      case .indent: break
      }
      if column > Self.columns { return false }
    }
    return true
  }
}
