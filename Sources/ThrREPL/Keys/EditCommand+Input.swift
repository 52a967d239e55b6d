import LibEdit

extension EditCommand {
  static let submit = EditCommand(
    "submit", .input, .control("M"), .control("J"), vi: [.control("M"), .control("J")],
    essential: true, traits: [.keepsMenu],
    does: "runs the input; adds a line while it is incomplete", reacting: { $0.submit() })

  static let newline = EditCommand(
    "newline", .input, .key(.newline), .alt("\r"), .alt("\n"), vi: [.key(.newline)],
    essential: true, does: "applies the offered fix, or adds a line"
  ) { $0.applyFixOrBreakLine() }

  static let complete = EditCommand(
    "complete", .input, .control("I"), vi: [.control("I")], essential: true, traits: [.keepsMenu],
    does: "completes the word before the cursor; again, the next choice"
  ) { $0.complete() }

  static let completeBackwards = EditCommand(
    "complete-backwards", .input, .key(.backTab), vi: [.key(.backTab)], essential: true,
    traits: [.keepsMenu], does: "the previous choice"
  ) { $0.step(-1) }

  static let paste = EditCommand(
    "paste", .input, .key(.paste), vi: [.key(.paste)], essential: true, reaction: .paste,
    does: "pastes text as one change")

  static let cancel = EditCommand(
    "cancel", .input, .control("C"), vi: [.control("C")], essential: true, reaction: .cancel,
    does: "discards the input; stops a running statement")

  static let endOrDelete = EditCommand(
    "end-or-delete", .input, .control("D"), vi: [.control("D")], essential: true,
    does: "leaves if the input is empty; otherwise deletes the character",
    reacting: { $0.endOrDelete() })

  static let help = EditCommand(
    "help", .input, .key(.help), .alt("h"), vi: [.key(.help)], reaction: .help,
    does: "shows the help of the name under the cursor")
}
