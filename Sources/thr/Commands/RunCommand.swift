import ArgumentParser
import TerminalOutput
import ThrFrontEnd
import ThrSyntax

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

  @Flag(help: "Show the first queries that the script would send to a database, and send none.")
  var dryRun = false

  @Option(
    name: [.customLong("evaluate")],
    help: ArgumentHelp("Run this code (-e CODE).", valueName: "code"))
  var code: String?

  @Flag(name: .customShort("i"), help: "Open the prompt after the script, with its values.")
  var interactive = false

  @Argument(help: "The script.", completion: .file(extensions: ["thr"]))
  var file: String?

  func run() throws { try run(scriptArguments: []) }

  /// Runs what was asked for; the arguments are the script's own.
  func run(scriptArguments: [String]) throws {
    try Run(
      json: json, strict: strict, dryRun: dryRun, code: code, file: file,
      arguments: scriptArguments,
      isInteractive: interactive
    ).run()
  }
}

/// What to run, and how.
struct Run {
  var json = false
  var strict = false
  /// Whether queries are shown instead of asked.
  var dryRun = false
  var code: String?
  var file: String?
  /// The script's own.
  var arguments: [String] = []
  /// Whether the prompt opens after the script.
  var isInteractive = false

  func run() throws {
    if code == nil, file == nil, Terminal.isInteractive {
      throw ProgramExit(status: Conversation(isStrict: strict).run())
    }
    if isInteractive { throw ProgramExit(status: try converse()) }
    let runner = ScriptRunner(
      isStrict: strict, writesJSON: json, isDryRun: dryRun, arguments: arguments)
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

  /// Runs the script at the prompt, and goes on there.
  private func converse() throws(ExitStatus) -> Int {
    guard Terminal.isInteractive, !json else {
      Console.message("thr: `-i` opens a prompt, which needs a terminal, and no `--json`")
      throw .usage
    }
    let conversation = Conversation(isStrict: strict)
    if let code { return conversation.run(after: ("-e", code), arguments: arguments) }
    guard let file else { return conversation.run(arguments: arguments) }
    let script = try Script.opened(file)
    let text = String(decoding: script.parse.source.bytes, as: UTF8.self)
    return conversation.run(after: (file, text), arguments: arguments)
  }

  private func script() throws -> Script {
    if let code { return Script(code: code) }
    guard let file, file != "-" else { return try .standardInput(reportingJSON: json) }
    return try .opened(file, reportingJSON: json)
  }
}
