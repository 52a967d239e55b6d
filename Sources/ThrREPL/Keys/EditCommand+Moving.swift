import LibEdit

extension EditCommand {
  static let left = EditCommand(
    "left", .moving, .control("B"), .key(.left), .key(.shiftLeft),
    vi: [.key(.left), .key(.shiftLeft)], does: "a character to the left"
  ) { $0.buffer.move(to: $0.buffer.previousCharacter) }

  static let right = EditCommand(
    "right", .moving, .control("F"), .key(.right), .key(.shiftRight),
    vi: [.key(.right), .key(.shiftRight)],
    does: "a character to the right; at the end, accepts the suggestion"
  ) { $0.accept($0.ghost[...], orMoveTo: \.nextCharacter) }

  static let wordLeft = EditCommand(
    "word-left", .moving, .alt("b"), .key(.wordLeft), vi: [.key(.wordLeft)],
    does: "a word to the left"
  ) { $0.buffer.move(to: $0.buffer.previousWordStart) }

  static let wordRight = EditCommand(
    "word-right", .moving, .alt("f"), .key(.wordRight), vi: [.key(.wordRight)],
    does: "a word to the right; at the end, accepts a word of the suggestion"
  ) { $0.accept($0.ghost.firstWord, orMoveTo: \.nextWordEnd) }

  static let lineStart = EditCommand(
    "line-start", .moving, .control("A"), .key(.home), vi: [.key(.home)],
    does: "the start of the line"
  ) { $0.buffer.move(to: $0.buffer.lineStart) }

  static let lineEnd = EditCommand(
    "line-end", .moving, .control("E"), .key(.end), vi: [.key(.end)],
    does: "the end of the line; at the end, accepts the suggestion"
  ) { $0.accept($0.ghost[...], orMoveTo: \.lineEnd) }

  static let textStart = EditCommand(
    "text-start", .moving, .alt("<"), .key(.textStart),
    vi: [.key(.textStart), .sequence(.plain("g"), .plain("g"))], does: "the start of the input"
  ) { $0.buffer.move(to: 0) }

  static let textEnd = EditCommand(
    "text-end", .moving, .alt(">"), .key(.textEnd), vi: [.key(.textEnd), .plain("G")],
    does: "the end of the input"
  ) { $0.buffer.move(to: $0.buffer.count) }

  static let up = EditCommand(
    "up", .moving, .key(.up), vi: [.key(.up)], traits: [.keepsMenu, .walks, .movesVertically],
    does: "a line up; on the first, the previous entry with this start"
  ) { $0.goUp() }

  static let down = EditCommand(
    "down", .moving, .key(.down), vi: [.key(.down)],
    traits: [.keepsMenu, .walks, .movesVertically],
    does: "a line down; on the last, the next entry with this start"
  ) { $0.goDown() }

  static let viLeft = EditCommand(
    "vi-left", .moving, vi: [.plain("h"), .control("H"), .control("?")], does: ""
  ) { $0.buffer.move(to: max($0.buffer.previousCharacter, $0.buffer.lineStart)) }

  static let viRight = EditCommand(
    "vi-right", .moving, vi: [.plain("l"), .plain(" ")], does: ""
  ) { $0.buffer.moveRightInLine() }

  static let viUp = EditCommand(
    "vi-up", .moving, vi: [.plain("k"), .control("P")],
    traits: [.keepsMenu, .walks, .movesVertically], does: ""
  ) { $0.goUp() }

  static let viDown = EditCommand(
    "vi-down", .moving, vi: [.plain("j"), .control("N")],
    traits: [.keepsMenu, .walks, .movesVertically], does: ""
  ) { $0.goDown() }
}
