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

      A comment turns a warning off, by its code or its name: after the code of a line, or alone \
      on the line before, `# thr: ignore[W0601]`. Errors cannot be turned off.

      Exit status: 0 no errors, 65 errors (with --warnings-as-errors, also warnings), 2 a script \
      cannot be read or written.
      """)

  @Flag(help: "Apply the fix of each problem that has exactly one, and report the rest.")
  var fix = false

  @Flag(help: "End with status 65 where there are warnings, too.")
  var warningsAsErrors = false

  @Flag(help: "Treat data leakage between training, validation and test rows as an error.")
  var strict = false

  @Option(
    help: ArgumentHelp(
      "In folders, skip files and subfolders of this name or path, such as 'old' or 'a/*.thr'.",
      valueName: "pattern"))
  var exclude: [String] = []

  @Option(help: "Output format: text, json, github or sarif.")
  var format = CheckFormat.text

  @Argument(
    help: "The scripts, folders of them, or - for standard input.",
    completion: .file(extensions: ["thr"]))
  var files: [String]

  func run() throws {
    let checker = ScriptChecker(isStrict: strict)
    var findings: [CheckFinding] = []
    var fails = false
    // One after the other: of a script without findings nothing is kept.
    for name in Script.paths(named: files, excluding: exclude) {
      let script = try Script.named(name)
      let checked = try fix ? ScriptFixing(checker).fixed(script) : checker.check(script)
      let found = checked.findings
      fails = fails || checked.hasErrors || warningsAsErrors && !found.isEmpty
      if format != .text {
        findings += found
      } else if case let report = checked.report, !report.isEmpty {
        Console.message(report, from: .rendering)
      }
    }
    if format != .text { Console.bytes(Array(format.text(of: findings).utf8)) }
    if fails { throw ExitStatus.invalidScript }
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
