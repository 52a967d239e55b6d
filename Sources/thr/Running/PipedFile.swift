import ArgumentParser

/// The name of the file whose text an editor pipes in, for `-`.
struct PipedFile: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The file whose text standard input (-) is: messages name it, `use` and thr.json are looked "
        + "up from its folder, and it is neither read nor written.", valueName: "file"),
    completion: .file(extensions: ["thr"]))
  var stdinFilename: String?

  func validate(for files: [String]) throws {
    guard stdinFilename == nil || files == ["-"] else {
      throw ValidationError("--stdin-filename needs `-`, and no other script")
    }
  }
}
