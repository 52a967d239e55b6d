import Foundation
import JSONText
import Testing

@testable import ThrLanguageServer

/// Scripts with what an editor shows at their places written below them, in comments whose `^`
/// marks the place, by the whole library and with real values: `#    ^ hover: tune`.
///
/// What the comments say is made again and must be what stands there, in all the units that a
/// client may count characters. Run the tests with `THR_UPDATE_MARKERS=1` to write it, and read
/// what has changed.
@Suite("What an editor shows") struct ServerMarkerTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Markers")

  static let scripts: [String] = {
    let files = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    return files.filter { $0.hasSuffix(".thr") }.sorted()
  }()

  private static let isUpdate =
    ProcessInfo.processInfo.environment["THR_UPDATE_MARKERS"] != nil

  @Test(arguments: scripts, isUpdate ? [.utf8] : PositionEncoding.allCases)
  func isAsWritten(script: String, encoding: PositionEncoding) throws {
    let url = Self.folder.appending(path: script)
    let text = try String(contentsOf: url, encoding: .utf8)
    let made = MarkedSession(text, encoding).made
    if Self.isUpdate {
      try made.write(to: url, atomically: true, encoding: .utf8)
    } else {
      #expect(made == text)
    }
  }

  /// The folders of each feature, by what the server announces.
  private static let folders: [String: Set<String>] = [
    "codeActionProvider": ["actions"], "codeLensProvider": ["lenses"],
    "completionProvider": ["completion"], "definitionProvider": ["definition"],
    "diagnosticProvider": ["diagnostics"], "documentFormattingProvider": ["formatting"],
    "documentHighlightProvider": ["highlights"],
    "documentOnTypeFormattingProvider": ["typing"],
    "documentRangeFormattingProvider": ["range-formatting"],
    "documentSymbolProvider": ["symbols"], "executeCommandProvider": ["commands"],
    "foldingRangeProvider": ["folding"], "hoverProvider": ["hover"],
    "inlayHintProvider": ["names", "values"], "referencesProvider": ["references"],
    "renameProvider": ["rename"], "selectionRangeProvider": ["selection"],
    "semanticTokensProvider": ["tokens"], "signatureHelpProvider": ["signature"],
    "workspaceSymbolProvider": ["workspace-symbols"],
  ]

  @Test("Each feature that the server announces has a folder")
  func coversTheFeatures() {
    let capabilities = TestClient().initialize(["textDocument": ["diagnostic": [:]]])["result"]?[
      "capabilities"]
    let providers = capabilities?.object?.keys.filter { $0.hasSuffix("Provider") } ?? []
    // Links of paths follow files, which marked texts do not have; `PathTests` covers them. Who
    // calls whom is asked in two steps, in `CallHierarchyTests`.
    let others: Set = ["documentLinkProvider", "callHierarchyProvider"]
    #expect(Set(providers) == Set(Self.folders.keys).union(others))
    let folders = Set(Self.scripts.compactMap { $0.split(separator: "/").first.map(String.init) })
    #expect(folders == Self.folders.values.reduce([]) { $0.union($1) })
  }

  /// Else the encodings would be compared where they do not differ.
  @Test("Each feature is asked about after a character that each encoding counts in its own way")
  func asksAfterWideCharacters() throws {
    var asked: Set<String> = []
    for script in Self.scripts {
      let text = try String(contentsOf: Self.folder.appending(path: script), encoding: .utf8)
      let hasWide = text.split(separator: "\n").contains { line in
        ServerMarker(String(line)) == nil && line.unicodeScalars.contains { $0.value > 0xFFFF }
      }
      if hasWide { asked.insert(String(script.prefix { $0 != "/" })) }
    }
    // Whole lines are what lenses stand above.
    #expect(asked.union(["lenses"]) == Self.folders.values.reduce([]) { $0.union($1) })
  }
}
