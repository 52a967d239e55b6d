import TableIO
import TerminalOutput
import ThrAnalysis
import ThrFrontEnd
import ThrSyntax

/// Applies fixes to a script on the disk, as `thr check --fix` does.
struct ScriptFixing {
  // A fix may make room for another; of two that undo each other there is no end.
  private static let mostRounds = 10

  private let checker: ScriptChecker
  private let rules: CheckRules

  /// - Parameter rules: which warnings are fixed: those that are reported.
  init(_ checker: ScriptChecker, _ rules: CheckRules) {
    self.checker = checker
    self.rules = rules
  }

  /// What is left after all fixes.
  ///
  /// The file is written where something was fixed; of standard input, the fixed text goes to
  /// standard output.
  func fixed(_ script: Script) throws(ExitStatus) -> CheckedScript {
    var script = script
    var checked = checker.check(script)
    var count = 0
    for _ in 0..<Self.mostRounds {
      let edits = checked.own.diagnostics.filter { rules.reports($0.kind) }.certainFixes
      if edits.isEmpty { break }
      count += edits.count
      script = script.replacing(script.parse.source.applying(edits))
      checked = checker.check(script)
    }
    guard let path = script.writtenPath else {
      Console.bytes(script.parse.source.bytes)
      return checked
    }
    guard count > 0 else { return checked }
    do throws(FileError) {
      try LocalFileSystem().writeFileAtomically(path, script.parse.source.bytes)
    } catch {
      Console.message("thr: \(error)")
      throw .usage
    }
    Console.message("fixed \(count) \(count == 1 ? "problem" : "problems") in \(script.name)")
    return checked
  }
}
