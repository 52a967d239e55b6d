import LibEdit

extension EditCommand {
  static let olderEntry = EditCommand(
    "older-entry", .history, .control("P"), .key(.pageUp), vi: [.key(.pageUp)], traits: [.walks],
    does: "the previous entry with this start"
  ) { $0.older() }

  static let newerEntry = EditCommand(
    "newer-entry", .history, .control("N"), .key(.pageDown), vi: [.key(.pageDown)],
    traits: [.walks], does: "the next entry with this start"
  ) { $0.newer() }

  static let search = EditCommand(
    "search", .history, .control("R"), .control("S"), vi: [.plain("/"), .plain("?")],
    reaction: .search, does: "searches the history; again, an older match")

  static let browseHistory = EditCommand(
    "browse-history", .history, .alt("r"), .sequence(.control("X"), .control("R")),
    reaction: .browseHistory, does: "searches the history over the whole screen, with a preview")
}
