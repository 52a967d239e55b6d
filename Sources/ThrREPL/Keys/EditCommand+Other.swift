import LibEdit

extension EditCommand {
  static let clearScreen = EditCommand(
    "clear-screen", .other, .control("L"), vi: [.control("L")], reaction: .clearScreen,
    does: "clears the screen")

  static let suspend = EditCommand(
    "suspend", .other, .control("Z"), vi: [.control("Z")], essential: true, reaction: .suspend,
    does: "suspends thr; `fg` resumes it")

  static let nothing = EditCommand(
    "nothing", .other, .alt("x"), .control("G"),
    vi: [.plain(":"), .plain("_"), .plain("@"), .plain("#"), .plain("n"), .plain("N")], does: ""
  ) { _ in }
}
