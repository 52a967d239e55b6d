/// Writes layouts as lines of at most ``columns`` columns, where their words allow it.
struct LayoutRenderer {
  static let columns = 100

  /// One line: its code, and the comment behind it.
  struct Line {
    var indent = 0
    var code: [UInt8] = []
    var width = 0
    var comment: Span?
    /// Whether an empty line stands above.
    var isBlankBefore = false

    var isFresh: Bool { code.isEmpty && comment == nil }
    /// Where the code ends.
    var column: Int { indent + width }
  }

  private enum Mode { case flat, broken, fill }

  private let bytes: [UInt8]
  private var lines: [Line] = []
  private var line = Line()
  private var indent = 0
  private var modes: [Mode] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The lines of one layout; complexity O(n) in its instructions, by the width of a line.
  mutating func render(_ layout: Layout) -> [Line] {
    (lines, line, indent, modes) = ([], Line(), 0, [])
    let instructions = layout.instructions
    for place in instructions.indices { write(place, instructions) }
    if !line.isFresh { lines.append(line) }
    return lines
  }

  private mutating func write(_ place: Int, _ instructions: [Layout.Instruction]) {
    switch instructions[place] {
    case .source(let span, let width): write(bytes[span.start..<span.end], width)
    case .word(let word): write(Array(word.utf8)[...], word.utf8.count)
    case .line(let flat, let isBlank): breakable(flat, isBlank, place, instructions)
    case .hardLine(let isBlank): newLine(isBlank: isBlank)
    case .comment(let span, let isTrailing): write(comment: span, isTrailing)
    case .begin(let group): modes.append(mode(of: group, place, instructions))
    case .end: modes.removeLast()
    case .indent(let change): indent += change
    case .lastComma: if modes.last == .broken { write([UInt8(ascii: ",")], 1) }
    }
  }

  private mutating func write(_ piece: ArraySlice<UInt8>, _ width: Int) {
    // Nothing follows a comment on its line.
    if line.comment != nil { newLine(isBlank: false, further: 2) }
    line.code += piece
    line.width += width
  }

  private mutating func write(comment span: Span, _ isTrailing: Bool) {
    if line.comment != nil || !isTrailing && !line.isFresh { newLine(isBlank: false, further: 2) }
    line.comment = span
  }

  private mutating func newLine(isBlank: Bool, further: Int = 0) {
    if line.isFresh {
      line.isBlankBefore = line.isBlankBefore || isBlank
    } else {
      // A space before the break, such as behind an operator, is no part of the line.
      while line.code.last == .space {
        line.code.removeLast()
        line.width -= 1
      }
      lines.append(line)
      line = Line()
      line.isBlankBefore = isBlank
    }
    line.indent = indent + further
  }

  private mutating func breakable(
    _ flat: String, _ isBlank: Bool, _ place: Int, _ instructions: [Layout.Instruction]
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
      write(Array(flat.utf8)[...], flat.utf8.count)
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
      case .word(let word): column += word.utf8.count
      case .line(let flat, _):
        if depth == 0, !isFirst { return true }
        column += flat.utf8.count
      case .hardLine: return depth == 0
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
