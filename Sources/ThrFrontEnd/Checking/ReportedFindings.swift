import TerminalOutput
import ThrSyntax

/// What was reported of the scripts of one command: a file that several scripts use is checked with
/// each of them, and each of its problems is reported once.
public struct ReportedFindings {
  private struct Key: Hashable {
    let file: String
    let diagnostic: Diagnostic
  }

  private var reported: Set<Key> = []

  public init() {}

  /// The findings of a script, and of the files that it uses, that were not yet reported.
  public mutating func newFindings(of script: CheckedScript) -> [CheckFinding] {
    script.findings.filter {
      reported.insert(Key(file: $0.file, diagnostic: $0.diagnostic)).inserted
    }
  }
}

extension [CheckFinding] {
  /// The findings for people, file by file.
  public var report: String {
    files.map { file in
      let findings = filter { $0.file == file }
      return DiagnosticRenderer(
        source: findings[0].source, file: file, colour: Console.messageColours
      ).render(findings.map(\.diagnostic))
    }.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// The files in the order in which they are first named.
  private var files: [String] {
    var known: Set<String> = []
    return map(\.file).filter { known.insert($0).inserted }
  }
}
