import ArgumentParser
import JSONText
import TerminalOutput
import ThrFrontEnd

/// `thr check FILES`: finds the errors of scripts without running them.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Reports errors in scripts without running them.",
    discussion: """
      If you name a folder, all scripts in it and its subfolders are checked. --format text writes \
      readable text to standard error; json, github (workflow annotations) and sarif (2.1.0) write \
      to standard output.
      """)

  @Flag(help: "Treat data leakage between training, validation and test rows as an error.")
  var strict = false

  @Option(help: "Output format: text, json, github or sarif.")
  var format = CheckFormat.text

  @Argument(help: "The scripts, folders of them, or - for standard input.")
  var files: [String]

  func run() throws {
    let checker = ScriptChecker(isStrict: strict)
    let checked = try Script.paths(named: files).map { checker.check(try Script.named($0)) }
    if format == .text {
      for script in checked where !script.report.isEmpty {
        Console.message(script.report, from: .rendering)
      }
    } else {
      Console.bytes(Array(format.text(of: checked.flatMap(\.findings)).utf8))
    }
    if checked.contains(where: \.hasErrors) { throw ExitStatus.invalidScript }
  }
}

/// How `thr check` writes what it finds.
enum CheckFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, github, sarif

  /// What was found, as a whole, with its last line's end.
  func text(of findings: [CheckFinding]) -> String {
    switch self {
    case .text: ""
    case .json: findings.json.description + "\n"
    case .github: findings.map { $0.annotation + "\n" }.joined()
    case .sarif: SARIFReport(findings).json.description + "\n"
    }
  }
}
