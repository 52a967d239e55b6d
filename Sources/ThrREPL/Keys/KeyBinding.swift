import LibEdit

/// What keys a command has when nothing else is said; declared once, for libedit and for
/// `.help shortcuts`.
struct KeyBinding: Sendable {
  enum Group: String, Sendable, CaseIterable {
    case input = "Input"
    case moving = "Moving"
    case changing = "Changing"
    case history = "History"
    case other = "Other"
  }

  let command: EditCommand
  let group: Group
  /// In emacs' keys, and while inserting in vi's.
  let chords: [Chord]
  /// In vi's command mode.
  let viChords: [Chord]
  /// Whether `~/.editrc` cannot take the keys away.
  let isEssential: Bool
  let summary: String

  init(
    _ command: EditCommand, _ group: Group, _ chords: Chord..., vi viChords: [Chord] = [],
    essential isEssential: Bool = false, does summary: String
  ) {
    self.command = command
    self.group = group
    self.chords = chords
    self.viChords = viChords
    self.isEssential = isEssential
    self.summary = summary
  }

  static let all: [KeyBinding] = [
    // MARK: Input
    KeyBinding(
      .submit, .input, .control("M"), .control("J"), vi: [.control("M"), .control("J")],
      essential: true, does: "runs the input; adds a line while it is incomplete"),
    KeyBinding(
      .newline, .input, .key(.newline), .alt("\r"), .alt("\n"), vi: [.key(.newline)],
      essential: true, does: "applies the offered fix, or adds a line"),
    KeyBinding(
      .complete, .input, .control("I"), vi: [.control("I")], essential: true,
      does: "completes the word before the cursor; again, the next choice"),
    KeyBinding(
      .completeBackwards, .input, .key(.backTab), vi: [.key(.backTab)], essential: true,
      does: "the previous choice"),
    KeyBinding(
      .paste, .input, .key(.paste), vi: [.key(.paste)], essential: true,
      does: "pastes text as one change"),
    KeyBinding(
      .cancel, .input, .control("C"), vi: [.control("C")], essential: true,
      does: "discards the input; stops a running statement"),
    KeyBinding(
      .endOrDelete, .input, .control("D"), vi: [.control("D")], essential: true,
      does: "leaves if the input is empty; otherwise deletes the character"),
    KeyBinding(
      .help, .input, .key(.help), .alt("h"), vi: [.key(.help)],
      does: "shows the help of the name under the cursor"),

    // MARK: Moving
    KeyBinding(
      .left, .moving, .control("B"), .key(.left), .key(.shiftLeft),
      vi: [.key(.left), .key(.shiftLeft)], does: "a character to the left"
    ),
    KeyBinding(
      .right, .moving, .control("F"), .key(.right), .key(.shiftRight),
      vi: [.key(.right), .key(.shiftRight)],
      does: "a character to the right; at the end, accepts the suggestion"),
    KeyBinding(
      .wordLeft, .moving, .alt("b"), .key(.wordLeft), vi: [.key(.wordLeft)],
      does: "a word to the left"),
    KeyBinding(
      .wordRight, .moving, .alt("f"), .key(.wordRight), vi: [.key(.wordRight)],
      does: "a word to the right; at the end, accepts a word of the suggestion"),
    KeyBinding(
      .lineStart, .moving, .control("A"), .key(.home), vi: [.key(.home)],
      does: "the start of the line"),
    KeyBinding(
      .lineEnd, .moving, .control("E"), .key(.end), vi: [.key(.end)],
      does: "the end of the line; at the end, accepts the suggestion"),
    KeyBinding(
      .textStart, .moving, .alt("<"), .key(.textStart), vi: [.key(.textStart)],
      does: "the start of the input"),
    KeyBinding(
      .textEnd, .moving, .alt(">"), .key(.textEnd), vi: [.key(.textEnd)],
      does: "the end of the input"),
    KeyBinding(
      .up, .moving, .key(.up), vi: [.key(.up)],
      does: "a line up; on the first, the previous entry with this start"),
    KeyBinding(
      .down, .moving, .key(.down), vi: [.key(.down)],
      does: "a line down; on the last, the next entry with this start"),
    KeyBinding(.viLeft, .moving, vi: [.plain("h"), .control("H"), .control("?")], does: ""),
    KeyBinding(.viRight, .moving, vi: [.plain("l"), .plain(" ")], does: ""),
    KeyBinding(.viUp, .moving, vi: [.plain("k"), .control("P")], does: ""),
    KeyBinding(.viDown, .moving, vi: [.plain("j"), .control("N")], does: ""),

    // MARK: Changing
    KeyBinding(
      .deleteBackwards, .changing, .control("?"), .control("H"),
      does: "deletes the character to the left"),
    KeyBinding(
      .delete, .changing, .key(.delete), vi: [.key(.delete)], does: "deletes the character"),
    KeyBinding(
      .deleteBlankWordBackwards, .changing, .control("W"), does: "cuts back to the last space"),
    KeyBinding(
      .deleteWordBackwards, .changing, .alt("\u{7F}"), .alt("\u{8}"),
      does: "cuts the word to the left"),
    KeyBinding(
      .deleteWord, .changing, .alt("d"), .key(.deleteWord), does: "cuts the word to the right"),
    KeyBinding(.deleteToLineEnd, .changing, .control("K"), does: "cuts to the end of the line"),
    KeyBinding(.deleteToLineStart, .changing, .control("U"), does: "cuts to the start of the line"),
    KeyBinding(.yank, .changing, .control("Y"), does: "pastes what was cut last"),
    KeyBinding(
      .yankEarlier, .changing, .alt("y"), does: "after a paste, replaces it with an earlier cut"),
    KeyBinding(
      .undo, .changing, .control("_"), .sequence(.control("X"), .control("U")),
      vi: [.plain("u"), .control("_")], does: "undoes the last change"),
    KeyBinding(
      .redo, .changing, .alt("_"), .alt("/"), vi: [.control("R")],
      does: "redoes the last undone change"),
    KeyBinding(.transpose, .changing, .control("T"), does: "swaps two characters"),
    KeyBinding(.upperCase, .changing, .alt("u"), does: "writes the word in upper case"),
    KeyBinding(.lowerCase, .changing, .alt("l"), does: "writes the word in lower case"),
    KeyBinding(.capitalize, .changing, .alt("c"), does: "capitalises the word"),
    KeyBinding(
      .editExternally, .changing, .sequence(.control("X"), .control("E")), vi: [.plain("v")],
      does: "opens the input in $EDITOR"),

    // MARK: History
    KeyBinding(
      .olderEntry, .history, .control("P"), .key(.pageUp), vi: [.key(.pageUp)],
      does: "the previous entry with this start"),
    KeyBinding(
      .newerEntry, .history, .control("N"), .key(.pageDown), vi: [.key(.pageDown)],
      does: "the next entry with this start"),
    KeyBinding(
      .search, .history, .control("R"), .control("S"), vi: [.plain("/"), .plain("?")],
      does: "searches the history; again, an older match"),

    KeyBinding(
      .browseHistory, .history, .alt("r"), .sequence(.control("X"), .control("R")),
      does: "searches the history over the whole screen, with a preview"),

    // MARK: Other
    KeyBinding(.clearScreen, .other, .control("L"), vi: [.control("L")], does: "clears the screen"),
    KeyBinding(
      .suspend, .other, .control("Z"), vi: [.control("Z")], essential: true,
      does: "suspends thr; `fg` resumes it"),
    // Commands of libedit's that draw on the screen themselves, or call what is not there.
    KeyBinding(
      .nothing, .other, .alt("x"), .control("G"),
      vi: [
        .plain(":"), .plain("_"), .plain("@"), .plain("#"), .plain("G"), .plain("n"), .plain("N"),
      ], does: ""),
  ]
}
