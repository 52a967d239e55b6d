import ThrAnalysis
import ThrLibrary
import ThrModel
import ThrRuntime
import ThrSyntax

extension [Diagnostic.Kind] {
  /// Every kind of problem that any part of thr looks for.
  static let all =
    Diagnostic.Kind.syntax + Diagnostic.Kind.checker + Diagnostic.Kind.runtime
    + Diagnostic.Kind.library
}

/// Every error and warning: code, name, explanation, and the next free code of each block.
struct DiagnosticsPage {
  /// Those that some program can have.
  private let kinds: [Diagnostic.Kind]
  /// All that are declared, whose codes are taken.
  private let declared: [Diagnostic.Kind]

  init(_ declared: [Diagnostic.Kind], in vocabulary: Vocabulary) {
    self.declared = declared
    kinds = vocabulary.possible(among: declared)
      .sorted { ($0.severity.rawValue, $0.code) < ($1.severity.rawValue, $1.code) }
  }

  var content: String {
    let blocks = kinds.map { $0.code.prefix(3) }.reduce(into: [Substring]()) { blocks, block in
      if blocks.last != block { blocks.append(block) }
    }
    return Markdown.page(
      [
        "# Diagnostics",
        "Codes are stable: one that was given up is not used again.",
        "## Next free codes",
        Markdown.table(
          ["Block", "Of", "Next free"],
          blocks.map { ["\($0)xx", Self.owners[String($0)] ?? "", nextFree(in: $0)] }),
        "## All codes",
        Markdown.table(
          ["Code", "Name", "Severity"],
          kinds.map {
            ["[`\($0.code)`](#\(Markdown.anchor(heading(of: $0))))", $0.name, $0.severity.rawValue]
          }),
      ] + kinds.flatMap(section))
  }

  /// What the codes of a block belong to, as `Diagnostic.Kind` says.
  private static let owners = [
    "E01": "lexer and parser", "E02": "checker", "E03": "evaluation",
    "E04": "builtins and the engine", "E05": "files", "W06": "warnings", "W07": "leakage",
  ]

  /// The code after the last one, apart from the two-digit numbers from 90, which are for what ends
  /// a report.
  private func nextFree(in block: Substring) -> String {
    let numbers = declared.filter { $0.code.hasPrefix(block) }
      .compactMap { Int($0.code.dropFirst(3)) }.filter { $0 < 90 }
    let next = "\((numbers.max() ?? 0) + 1)"
    return "`\(block)\(next.count < 2 ? "0" : "")\(next)`"
  }

  private func heading(of kind: Diagnostic.Kind) -> String { "\(kind.code) \(kind.name)" }

  private func section(_ kind: Diagnostic.Kind) -> [String] {
    guard let explanation = kind.explanation else { return ["## \(heading(of: kind))"] }
    return [
      "## \(heading(of: kind))", explanation.summary, "Wrong:", Markdown.code(explanation.wrong),
      "Right:", Markdown.code(explanation.right),
    ]
  }
}
