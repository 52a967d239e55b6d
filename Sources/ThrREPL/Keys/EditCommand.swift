/// What a key can do at the prompt.
enum EditCommand: String, Hashable, Sendable, CaseIterable {
  case submit, newline, cancel, endOrDelete = "end-or-delete", suspend
  case complete, completeBackwards = "complete-backwards", paste, help
  case left, right, up, down, lineStart = "line-start", lineEnd = "line-end"
  case textStart = "text-start", textEnd = "text-end"
  case wordLeft = "word-left", wordRight = "word-right"
  case deleteBackwards = "delete-backwards", delete
  case deleteWord = "delete-word", deleteWordBackwards = "delete-word-backwards"
  case deleteBlankWordBackwards = "delete-blank-word-backwards"
  case deleteToLineEnd = "delete-to-line-end", deleteToLineStart = "delete-to-line-start"
  case yank, yankEarlier = "yank-earlier"
  case undo, redo
  case transpose, upperCase = "upper-case", lowerCase = "lower-case", capitalize
  case olderEntry = "older-entry", newerEntry = "newer-entry", search
  case browseHistory = "browse-history"
  case clearScreen = "clear-screen", editExternally = "edit-externally"
  case viLeft = "vi-left", viRight = "vi-right", viUp = "vi-up", viDown = "vi-down"
  case nothing

  /// The name that `~/.editrc` may bind.
  var name: String { "thr-" + rawValue }
}
