import ArgumentParser
import TableIO

/// `thr check FILES`: finds the errors of scripts without running them.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Finds the errors of scripts without running them.")

  @Flag(help: "Treat rows that leak between fitting, choosing and judging as an error.")
  var strict = false

  @Argument(help: "The scripts.")
  var files: [String]

  func run() throws {
    let checker = ScriptChecker(isStrict: strict)
    var hasErrors = false
    for path in files {
      let checked = checker.check(try Script.opened(path))
      if !checked.report.isEmpty { Output.message(checked.report) }
      hasErrors = hasErrors || checked.hasErrors
    }
    if hasErrors { throw ExitStatus.invalidScript }
  }
}
