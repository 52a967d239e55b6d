import ArgumentParser
import TerminalOutput
import ThrFrontEnd

/// `thr FILE`, `thr -e CODE`, and `thr` alone, which is a prompt on a terminal and else runs what
/// standard input holds.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Runs a script, a line of code, or standard input.",
    usage: Thr.configuration.usage,
    shouldDisplay: false)

  @Flag(help: "Write values, errors and warnings as lines of JSON.")
  var json = false

  @Flag(help: "Treat data leakage between training, validation and test rows as an error.")
  var strict = false

  @Option(
    name: [.customLong("evaluate")],
    help: ArgumentHelp("Run this code (-e CODE).", valueName: "code"))
  var code: String?

  @Argument(help: "The script.")
  var file: String?

  func run() throws { try run(scriptArguments: []) }

  /// Runs what was asked for; the arguments are the script's own.
  func run(scriptArguments: [String]) throws {
    try Run(
      json: json, strict: strict, code: code, file: file, arguments: scriptArguments
    ).run()
  }
}

/// What to run, and how.
struct Run {
  var json = false
  var strict = false
  var code: String?
  var file: String?
  /// The script's own.
  var arguments: [String] = []

  func run() throws {
    if code == nil, file == nil, Terminal.isInteractive {
      throw ProgramExit(status: Conversation(isStrict: strict).run())
    }
    let runner = ScriptRunner(isStrict: strict, writesJSON: json, arguments: arguments)
    switch try runner.run(
      script(), interruption: InterruptSignal.interruption, starting: InterruptSignal.listen)
    {
    case .finished: return
    case .refused: throw ExitStatus.invalidScript
    case .failed: throw ExitStatus.failure
    case .exited(let status): throw ProgramExit(status: status)
    case .interrupted:
      Console.flush()
      InterruptSignal.report()
      throw ExitStatus.interrupted
    }
  }

  private func script() throws -> Script {
    if let code { return Script(code: code) }
    guard let file, file != "-" else { return try .standardInput(reportingJSON: json) }
    return try .opened(file, reportingJSON: json)
  }
}
