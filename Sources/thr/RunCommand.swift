import ArgumentParser
import TableIO
import ThrLibrary
import ThrModel

/// `thr FILE`, `thr -e CODE`, and `thr` alone, which reads standard input.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Runs a script, a line of code, or standard input.",
    shouldDisplay: false)

  @Flag(help: "Write each shown value as one line of JSON.")
  var json = false

  @Flag(help: "Treat rows that leak between fitting, choosing and judging as an error.")
  var strict = false

  @Option(
    name: [.customLong("evaluate")],
    help: ArgumentHelp("Run this code (-e CODE).", valueName: "code"))
  var code: String?

  @ArgumentParser.Argument(help: "The script.")
  var file: String?

  /// What stands behind the script's file, or behind the code: the script's own.
  var scriptArguments: [String] = []

  private enum CodingKeys: String, CodingKey { case json, strict, code, file }

  func run() throws {
    let files = LocalFileSystem()
    let runner = ScriptRunner(
      library: .standard, files: files, isStrict: strict, writesJSON: json, arguments: scriptArguments)
    try runner.run(script(files))
  }

  private func script(_ files: LocalFileSystem) throws(ExitStatus) -> Script {
    do throws(FileError) {
      if let code { return Script(code: code) }
      guard let file, file != "-" else { return try .standardInput(files) }
      return try Script(path: file, in: files)
    } catch {
      Output.message("thr: \(error)")
      throw .usage
    }
  }
}
