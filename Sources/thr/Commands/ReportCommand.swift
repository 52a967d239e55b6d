import ArgumentParser
import TerminalOutput
import ThrFrontEnd
import ThrLibrary

/// `thr report FILE -o OUTPUT`: a page of what a script shows.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Writes what a script shows as one page.",
    discussion: """
      Runs the script, and writes the values that it shows and the lines that it prints to one HTML \
      file, to A4 pages by the ending `.pdf`, or to Markdown by `.md`: texts that begin with `#` are \
      headings, a decision gives the sentence at the top and, in HTML, a slider over all labellings. \
      The page needs no network. It is written completely or not at all, and only if the script ends \
      well.

      Exit status: that of the script; 2 a file is at fault, or the script shows nothing.
      """)

  @Flag(help: "Treat data leakage between training, validation and test rows as an error.")
  var strict = false

  @Option(
    name: .shortAndLong, help: "The file to write, such as report.html or report.pdf.",
    completion: .file())
  var output: String

  @Argument(help: "The script.", completion: .file(extensions: ["thr"]))
  var file: String

  @Argument(help: "The script's own arguments.")
  var arguments: [String] = []

  func run() throws {
    let collected = CollectedReport()
    let runner = ScriptRunner(
      isStrict: strict, writesJSON: false, arguments: arguments, collect: collected.take)
    switch runner.run(
      try Script.opened(file), interruption: InterruptSignal.interruption,
      starting: InterruptSignal.listen)
    {
    case .finished: try write(collected)
    case .refused: throw ExitStatus.invalidScript
    case .failed: throw ExitStatus.failure
    case .exited(0): try write(collected)
    case .exited(let status): throw ProgramExit(status: status)
    case .interrupted:
      InterruptSignal.report()
      throw ExitStatus.interrupted
    }
  }

  private func write(_ collected: CollectedReport) throws {
    guard !collected.isEmpty else {
      Console.message("thr: `\(file)` shows nothing, so there is nothing to report")
      throw ExitStatus.usage
    }
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let title = name.hasSuffix(".thr") ? String(name.dropLast(4)) : name
    try ContractFiles.run { context in
      try collected.write(to: output, title: title, context)
    }
  }
}
