import TableIO

/// What the process was started with.
enum ProcessArguments {
  /// The arguments without the command's own name; a file name in them that is not UTF-8 can be
  /// opened all the same, unlike one in `CommandLine.arguments`.
  static var given: [String] {
    (1..<max(Int(CommandLine.argc), 1)).compactMap { position in
      CommandLine.unsafeArgv[position].map { PathText.text(of: UnsafePointer($0)) }
    }
  }
}
