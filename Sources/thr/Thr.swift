import ArgumentParser
import Glibc
import TerminalOutput
import ThrFrontEnd

/// The command: reads flags, wires the parts, and maps what happened to an exit status.
struct Thr: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "thr",
    abstract: "Chooses the threshold from which a classifier's scores count as positive.",
    usage: """
      thr
      thr [--json] [--strict] [--dry-run] FILE.thr [ARGUMENT ...]
      thr [--json] [--strict] -e CODE [ARGUMENT ...]
      thr [--strict] -i [FILE.thr [ARGUMENT ...]]
      thr check [--format text|json|github|sarif] FILE.thr ...
      thr format [--check] [--diff] FILE.thr ...
      thr help [NAME]
      thr explain [CODE]
      thr report FILE.thr -o OUTPUT
      thr verify [--format text|json|github|sarif|junit] CONTRACT ROWS
      thr classify CONTRACT ROWS -o OUTPUT
      thr monitor CONTRACT ROWS --state FILE
      thr diff OLD NEW
      thr tutorial [CHAPTER]
      thr lsp
      """,
    discussion: """
      Without arguments, thr opens a prompt at a terminal; otherwise it reads statements from \
      standard input.

      Exit status: 0 success, 1 the run failed, 2 wrong usage, 65 the script has errors, \
      130 interrupted; `exit(status)` in a script ends with its own.

      With --dry-run, the script runs up to its first queries to a database: these are shown, \
      numbered, not sent, and the script ends there. Without such queries it runs as always.

      With --json, every line of standard output is a JSON value: a shown value, or a line that \
      `print` writes, as a text. Errors and warnings are lines of JSON on standard error, with \
      the fields of `thr check --format json`.
      """,
    version: "thr \(ThrVersion.current)",
    subcommands: [
      RunCommand.self, CheckCommand.self, FormatCommand.self, HelpCommand.self,
      ExplainCommand.self, TutorialCommand.self, ReportCommand.self, VerifyCommand.self,
      ClassifyCommand.self, MonitorCommand.self, DiffCommand.self, LanguageServerCommand.self,
      ManualCommand.self,
    ],
    defaultSubcommand: RunCommand.self)

  /// Runs the command that the process was started with, and exits.
  static func launch() -> Never {
    do {
      let arguments = ProcessArguments.given
      // A prompt is to be there at once, and the parser takes its time even over nothing.
      if arguments.isEmpty {
        try Run().run()
        finish(.success)
      }
      if let run = ScriptArguments.plainRun(arguments) {
        try run.run()
        finish(.success)
      }
      let (own, script) = try ScriptArguments.split(arguments)
      var command = try parseAsRoot(own)
      if let run = command as? RunCommand {
        try run.run(scriptArguments: script)
      } else {
        try command.run()
      }
      finish(.success)
    } catch let status as ExitStatus {
      finish(status)
    } catch let exit as ProgramExit {
      finish(Int32(exit.status))
    } catch {
      write(fullMessage(for: error), isHelp: exitCode(for: error) == .success)
      finish(exitCode(for: error) == .success ? .success : .usage)
    }
  }

  private static func write(_ message: String, isHelp: Bool) {
    if isHelp { Console.value(message) } else { Console.message(message) }
  }

  private static func finish(_ status: ExitStatus) -> Never { finish(status.rawValue) }

  private static func finish(_ status: Int32) -> Never {
    Console.flush()
    Glibc.exit(status)
  }
}
