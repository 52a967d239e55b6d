import ArgumentParser
import TableIO
import ThrLibrary
import ThrModel

/// `thr check FILES`: finds the errors of scripts without running them.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Finds the errors of scripts without running them.")

  @Flag(help: "Treat rows that leak between fitting, choosing and judging as an error.")
  var strict = false

  @ArgumentParser.Argument(help: "The scripts.")
  var files: [String]

  func run() throws {
    let disk = LocalFileSystem()
    let checker = ScriptChecker(
      vocabulary: Library.standard.vocabulary, files: disk, isStrict: strict)
    var hasErrors = false
    for path in files {
      let checked = checker.check(try script(path, disk))
      if !checked.report.isEmpty { Output.message(checked.report) }
      hasErrors = hasErrors || checked.hasErrors
    }
    if hasErrors { throw ExitStatus.invalidScript }
  }

  private func script(_ path: String, _ disk: LocalFileSystem) throws(ExitStatus) -> Script {
    do throws(FileError) {
      return try Script(path: path, in: disk)
    } catch {
      Output.message("thr: \(error)")
      throw .usage
    }
  }
}
