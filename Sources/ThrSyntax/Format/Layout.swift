/// How a piece of a program may be written: its words, and where lines may break between them.
///
/// A flat list of instructions, so that no tree is walked recursively to write or to free it. The
/// words are places in the source: what is written as it stands costs nothing to keep.
struct Layout {
  enum Instruction {
    /// Bytes of the source, and the columns that they fill.
    case source(Span, width: Int)
    case space
    /// What stands there in a group on one line; a line break in a broken one.
    case line(flat: Flat, isBlank: Bool)
    /// Always a line break, with an empty line where wanted.
    case hardLine(isBlank: Bool)
    /// A comment after what stands on its line, or on a line of its own.
    case comment(Span, isTrailing: Bool)
    case begin(Group)
    case end
    case indent(Int)
    /// The comma after the last element of a broken group.
    case lastComma
    /// Lines of the source as they are, the first without the spaces before it.
    ///
    /// They stand as far in from here as they stood in from `base`; without it, just where they
    /// stood.
    case kept(Span, base: Int?)
  }

  /// What stands on one line where another layout has a line break.
  enum Flat {
    case nothing, space, semicolon

    var text: StaticString {
      switch self {
      case .nothing: ""
      case .space: " "
      case .semicolon: "; "
      }
    }
  }

  struct Group {
    enum Style {
      /// All its lines break, or none does.
      case together
      /// Each line breaks only where what follows does not fit.
      case fill
    }

    var style: Style
    /// Whether it cannot stand on one line.
    var isForced: Bool
  }

  private(set) var instructions: [Instruction] = []
  private var openGroups: [Int] = []

  /// Begins another layout.
  mutating func removeAll() {
    instructions.removeAll(keepingCapacity: true)
    openGroups.removeAll(keepingCapacity: true)
  }

  mutating func append(_ instruction: Instruction) {
    switch instruction {
    case .begin(let group):
      openGroups.append(instructions.count)
      instructions.append(instruction)
      if group.isForced { forceGroups() }
    case .end:
      openGroups.removeLast()
      instructions.append(instruction)
    case .hardLine, .comment, .kept:
      forceGroups()
      instructions.append(instruction)
    default: instructions.append(instruction)
    }
  }

  /// What holds a line break cannot stand on one line.
  private mutating func forceGroups() {
    for place in openGroups.reversed() {
      guard case .begin(var group) = instructions[place] else { continue }
      // Those around it were forced with it, unless it was forced just now.
      if group.isForced, place != openGroups.last { return }
      group.isForced = true
      instructions[place] = .begin(group)
    }
  }
}
