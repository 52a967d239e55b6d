import Foundation
import Testing

/// The editors' files against what they are made from.
@Suite struct GeneratedFilesTests {
  private func run(_ command: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.currentDirectoryURL = GrammarFile.root
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  private func file(_ path: String) throws -> String {
    try String(contentsOf: GrammarFile.root.appending(path: path), encoding: .utf8)
  }

  @Test func areFresh() throws {
    // The executable stands beside the test bundle.
    let generate = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "generate").path
    let (status, output) = try run([generate, "--check", GrammarFile.root.path])
    #expect(status == 0, "\(output)")
  }

  @Test(.enabled(if: TreeSitterGrammar.hasNode, "Node.js evaluates grammar.js"))
  func treeSitterJSONIsFresh() throws {
    let (status, output) = try run(
      ["node", "scripts/generate/tree-sitter-json.js", "grammar/tree-sitter/grammar.js"])
    #expect(status == 0)
    #expect(try output == file("grammar/tree-sitter/src/grammar.json"))
  }

  /// Every expression of the TextMate grammar, and what it must match whole.
  @Test(arguments: [
    ("number", ["1", "10_000", "0.5", "1e-3", "2.5E+7", "99%"]),
    ("comment", ["# all of it"]), ("sign", ["|>", "<=", "=", "^", "%"]),
    ("label", ["x", "größe_2"]),
  ])
  func matchesTokens(name: String, samples: [String]) throws {
    let data = Data(try file("grammar/textmate/thr.tmLanguage.json").utf8)
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let repository = try #require(json["repository"] as? [String: [String: Any]])
    let pattern = try #require(repository[name]?["match"] as? String)
    let expression = try NSRegularExpression(pattern: pattern)
    for sample in samples {
      let text = name == "label" ? sample + " = 1" : sample
      let whole = NSRange(text.startIndex..., in: text)
      let found = expression.firstMatch(in: text, range: whole)?.range
      #expect(found == NSRange(location: 0, length: sample.utf16.count), "\(sample): \(pattern)")
    }
  }
}
