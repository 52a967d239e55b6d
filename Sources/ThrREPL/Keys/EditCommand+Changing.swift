import LibEdit

extension EditCommand {
  static let deleteBackwards = EditCommand(
    "delete-backwards", .changing, .control("?"), .control("H"),
    does: "deletes the character to the left"
  ) { $0.deleteBackwards() }

  static let delete = EditCommand(
    "delete", .changing, .key(.delete), vi: [.key(.delete)], does: "deletes the character"
  ) { $0.delete(to: $0.buffer.nextCharacter) }

  static let deleteBlankWordBackwards = EditCommand(
    "delete-blank-word-backwards", .changing, .control("W"), traits: [.cuts],
    does: "cuts back to the last space"
  ) { $0.cut($0.buffer.previousBlankDelimitedStart..<$0.buffer.cursor, .backward) }

  static let deleteWordBackwards = EditCommand(
    "delete-word-backwards", .changing, .alt("\u{7F}"), .alt("\u{8}"), traits: [.cuts],
    does: "cuts the word to the left"
  ) { $0.cut($0.buffer.previousWordStart..<$0.buffer.cursor, .backward) }

  static let deleteWord = EditCommand(
    "delete-word", .changing, .alt("d"), .key(.deleteWord), traits: [.cuts],
    does: "cuts the word to the right"
  ) { $0.cut($0.buffer.cursor..<$0.buffer.nextWordEnd, .forward) }

  static let deleteToLineEnd = EditCommand(
    "delete-to-line-end", .changing, .control("K"), traits: [.cuts],
    does: "cuts to the end of the line"
  ) { $0.cutToLineEnd() }

  static let deleteToLineStart = EditCommand(
    "delete-to-line-start", .changing, .control("U"), traits: [.cuts],
    does: "cuts to the start of the line"
  ) { $0.cut($0.buffer.lineStart..<$0.buffer.cursor, .backward) }

  static let yank = EditCommand(
    "yank", .changing, .control("Y"), traits: [.yanks], does: "pastes what was cut last"
  ) { $0.yank() }

  static let yankEarlier = EditCommand(
    "yank-earlier", .changing, .alt("y"), traits: [.yanks],
    does: "after a paste, replaces it with an earlier cut"
  ) { $0.yankEarlier() }

  static let undo = EditCommand(
    "undo", .changing, .control("_"), .sequence(.control("X"), .control("U")),
    vi: [.plain("u"), .control("_")], traits: [.undoes], does: "undoes the last change"
  ) { $0.undo() }

  static let redo = EditCommand(
    "redo", .changing, .alt("_"), .alt("/"), vi: [.control("R")], traits: [.undoes],
    does: "redoes the last undone change"
  ) { $0.redo() }

  static let transpose = EditCommand(
    "transpose", .changing, .control("T"), does: "swaps two characters"
  ) { $0.buffer.transposeCharacters() }

  static let upperCase = EditCommand(
    "upper-case", .changing, .alt("u"), does: "writes the word in upper case"
  ) { $0.buffer.changeWord { $0.uppercased() } }

  static let lowerCase = EditCommand(
    "lower-case", .changing, .alt("l"), does: "writes the word in lower case"
  ) { $0.buffer.changeWord { $0.lowercased() } }

  static let capitalize = EditCommand(
    "capitalize", .changing, .alt("c"), does: "capitalises the word"
  ) { $0.buffer.changeWord { $0.capitalizedWord } }

  static let editExternally = EditCommand(
    "edit-externally", .changing, .sequence(.control("X"), .control("E")), vi: [.plain("v")],
    reaction: .editExternally, does: "opens the input in $EDITOR")
}
