import ArgumentParser
import JSONText
import TableIO
import TerminalOutput
import ThrAnalysis
import ThrFrontEnd
import ThrSyntax

/// `thr check FILES`: finds the errors of scripts without running them.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Reports errors in scripts without running them.",
    discussion: """
      If you name a folder, all scripts in it and its subfolders are checked. --format text writes \
      readable text to standard error; json, github (workflow annotations) and sarif (2.1.0) write \
      to standard output.

      A comment turns a warning off, by its code or its name: after the code of a line, or alone \
      on the line before, `# thr: ignore[W0601]`. A file `thr.json` in the folder of the scripts, \
      or above it, sets rules for all of them, here and in editors: \
      {"check": {"select": ["W06"], "ignore": ["W0601"], "exclude": ["old"], "strict": true, \
      "warnings-as-errors": true}}. Errors cannot be turned off.

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
      "Report only these warnings, instead of those that thr.json selects: codes or their "
        + "beginnings, such as W0601 or W06, or names.", valueName: "warnings"))
  var select: [String] = []

  @Option(
    help: ArgumentHelp("Do not report these warnings, either.", valueName: "warnings"))
  var ignore: [String] = []

  @Option(
    help: ArgumentHelp(
      "In folders, skip files and subfolders of this name or path, such as 'old' or 'a/*.thr'.",
      valueName: "pattern"))
  var exclude: [String] = []

  @OptionGroup var piped: PipedFile

  @Option(help: "Output format: text, json, github or sarif.")
  var format = CheckFormat.text

  @Argument(
    help: "The scripts, folders of them, or - for standard input.",
    completion: .file(extensions: ["thr"]))
  var files: [String]

  func validate() throws { try piped.validate(for: files) }

  func run() throws {
    do {
      try report()
    } catch let failure as ProjectRules.Failure {
      Console.message("thr: \(failure)")
      throw ExitStatus.usage
    }
  }

  private func report() throws {
    var projects = try ProjectRules(
      files: LocalFileSystem(), selecting: Self.parts(select), ignoring: Self.parts(ignore))
    var findings: [CheckFinding] = []
    var reported = ReportedFindings()
    var fails = false
    // One after the other: of a script without findings nothing is kept.
    for name in try scripts(&projects) {
      let script = try Script.named(name, standingFor: piped.stdinFilename)
      let rules = try projects.rules(of: script.path)
      let checker = ScriptChecker(isStrict: strict || rules.isStrict)
      let checked =
        try fix ? ScriptFixing(checker, rules).fixed(script) : checker.check(script)
      let found = try reported.newFindings(of: checked).filter { finding in
        let isOwn = finding.file == script.name
        return try projects.rules(of: isOwn ? script.path : finding.file)
          .reports(finding.diagnostic.kind)
      }
      let failsByWarnings = warningsAsErrors || rules.warningsAreErrors
      fails = fails || checked.hasErrors || failsByWarnings && !found.isEmpty
      if format != .text {
        findings += found
      } else if !found.isEmpty {
        Console.message(found.report, from: .rendering)
      }
    }
    if format != .text { Console.bytes(Array(format.text(of: findings).utf8)) }
    if fails { throw ExitStatus.invalidScript }
  }

  /// The scripts to check: those that are named, and those of folders but for what is left out.
  private func scripts(_ projects: inout ProjectRules) throws -> [String] {
    try files.flatMap { name in
      let paths = Script.paths(named: [name], excluding: exclude)
      return paths == [name] ? paths : try paths.filter { try !projects.leavesOut($0) }
    }
  }

  private static func parts(_ lists: [String]) -> [String] {
    lists.flatMap { $0.split { $0 == "," || $0 == " " }.map(String.init) }
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
