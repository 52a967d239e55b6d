import Foundation
import JSONText
import Testing
import ThrAnalysis
import ThrFrontEnd
import ThrLanguageServer
import ThrLibrary
import ThrModel
import ThrSyntax

/// Every problem for which thr knows an edit is offered it in the editor, and the edit fixes it.
@Suite("Fixes for problems")
struct FixingTests {
  /// The programs of `thr explain` that are wrong, and each line of code of the marked scripts.
  static let programs: [String] = {
    let wrong =
      Diagnostic.Kind.all.compactMap(\.explanation?.wrong) + ["x = f1() + 1", "x = (1, [2, 3])"]
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    let scripts = (files?.compactMap { $0 as? URL } ?? []).filter {
      $0.pathExtension == "thr" && $0.path.contains("/Markers/")
    }.sorted { $0.path < $1.path }
    return
      (wrong
      + scripts.compactMap { try? String(contentsOf: $0, encoding: .utf8) })
      .map { text in
        text.split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n")
      }
  }()

  private static let capabilities: JSON = [
    "textDocument": [
      "diagnostic": [:],
      "codeAction": ["codeActionLiteralSupport": ["codeActionKind": ["valueSet": ["quickfix"]]]],
    ]
  ]

  /// The text as the file that the client opens, with no other file beside it.
  private func document(_ text: String) -> Document {
    let resolver = UseResolver(parse(Source(text)), at: "/project/a.thr") { _ in
      .unknown
    } interface: { _, _, _ in
      nil
    }
    return Document(
      Source(text), knowing: Library.standard.vocabulary,
      following: Interface(["args": .list(.text)]), uses: resolver.used)
  }

  @Test(arguments: programs)
  func everyFixHelps(program: String) throws {
    let client = TestClient(
      Self.capabilities, options: ["liveValues": false], vocabulary: Library.standard.vocabulary)
    client.open(program)
    let report = client.result("textDocument/diagnostic", text())["items"]?.array ?? []
    let known = document(program).diagnostics
    try #require(report.count == known.count)
    for (reported, diagnostic) in zip(report, known) {
      let offered =
        client.result(
          "textDocument/codeAction",
          text().with("range", reported["range"] ?? .null).with(
            "context", ["diagnostics": [reported], "only": ["quickfix"]])
        ).array ?? []
      let own = offered.filter { $0["diagnostics"]?[0] == reported }
      #expect(
        own.compactMap { $0["title"]?.string } == diagnostic.fixes.map(\.title), "\(program)")
      for fix in diagnostic.fixes { expectImproves(fix, diagnostic, program) }
    }
  }

  /// What only the writer can decide or write: the remedy says it in words.
  private static let explainedInWords: Set<String> = [
    "argument-order", "assigned-later", "constant-condition", "degenerate-metric", "expected-block",
    "expected-token", "hides-builtin", "index-out-of-range", "invalid-format", "invalid-stage",
    "invalid-target",
    "metric-equality", "missing-argument", "missing-operator", "not-a-condition",
    "number-out-of-range", "parameter-order", "plain-text", "repeated-field",
    "repeated-parameter", "rounded-number", "reported-on-choosing-rows", "reported-on-fitted-rows",
    "second-decision-on-test", "stray-else", "unequal-lengths", "unexpected-character",
    "unexpected-token", "unreachable", "use-cycle",
  ]

  @Test("Only what the writer has to decide has a remedy and no edit")
  func remediesInWords() {
    var fixed: Set<String> = []
    var reported: Set<String> = []
    for diagnostic in Self.programs.flatMap({ document($0).diagnostics }) {
      if !diagnostic.fixes.isEmpty {
        fixed.insert(diagnostic.kind.name)
      } else if diagnostic.remedy != nil {
        reported.insert(diagnostic.kind.name)
      }
    }
    #expect(fixed.count > 20)
    #expect(reported.subtracting(fixed) == Self.explainedInWords)
  }

  /// The problem is gone, and the program no worse.
  private func expectImproves(_ fix: Diagnostic.Fix, _ diagnostic: Diagnostic, _ program: String) {
    let source = Source(program)
    let fixed = String(
      decoding: source.applying([Edit(fix.span, fix.replacement)]), as: UTF8.self)
    let before = document(program).diagnostics
    let after = document(fixed).diagnostics
    #expect(after.count <= before.count, "\(fix.title)\n\(program)\n→\n\(fixed)")
    #expect(
      after.count { $0.kind == diagnostic.kind } < before.count { $0.kind == diagnostic.kind },
      "\(fix.title)\n\(program)\n→\n\(fixed)")
  }
}
