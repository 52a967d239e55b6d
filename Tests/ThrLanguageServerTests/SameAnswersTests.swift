import Foundation
import JSONText
import Testing
import ThrAnalysis
import ThrLanguageServer
import ThrLibrary
import ThrModel
import ThrSyntax

@testable import ThrREPL

/// The prompt and the server translate one analysis: what one says, the other says too.
@Suite("The same answers at the prompt and in the editor")
struct SameAnswersTests {
  static let scripts: [URL] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "scripts")
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    return (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "thr" }
      .sorted { $0.path < $1.path }
  }()

  private let advisor: CodeAdvisor = {
    let advisor = CodeAdvisor(
      Library.standard.vocabulary, options: Analysis.Options(isOpenEnded: true), commands: [])
    advisor.following = Interface(["args": .list(.text)])
    return advisor
  }()

  private func server(_ text: String) -> TestClient {
    let client = TestClient(
      ["general": ["positionEncodings": ["utf-8"]]], options: ["liveValues": false],
      vocabulary: Library.standard.vocabulary)
    client.open(text)
    return client
  }

  private func position(_ offset: Int, in source: Source) -> JSON {
    let line = source.lines.line(at: offset)
    return ThrLanguageServerTests.position(line - 1, offset - source.lines.starts[line - 1])
  }

  private func range(_ span: Span, in source: Source) -> JSON {
    ["start": position(span.start, in: source), "end": position(span.end, in: source)]
  }

  /// With THR_LONG_FUZZ set in the environment, every place of every script.
  private static let isLong = ProcessInfo.processInfo.environment["THR_LONG_FUZZ"] != nil

  /// Every place of a line, and others of all kinds: after every third sign that completion starts
  /// at, and here and there.
  private func places(in source: Source) -> [Int] {
    let signs = Set(".(\"=,|".utf8)
    let whole = wholeLines(of: source).prefix(1)
    let afterSigns = (1...source.bytes.count).filter { signs.contains(source.bytes[$0 - 1]) }
    let chosen = Set(stride(from: 0, to: afterSigns.count, by: 3).map { afterSigns[$0] })
    return (0...source.bytes.count).filter { offset in
      let isCharacter = offset == source.bytes.count || source.bytes[offset] & 0xC0 != 0x80
      return isCharacter
        && (Self.isLong || offset % 97 == 0 || chosen.contains(offset)
          || whole.contains { $0.start <= offset && offset <= $0.end })
    }
  }

  /// The two lines of code that have the most signs.
  private func wholeLines(of source: Source) -> [Span] {
    func signs(_ line: Span) -> Int {
      let bytes = source.bytes[line.start..<line.end]
      return bytes.first == UInt8(ascii: "#") ? 0 : bytes.count { ".(=,\"{".utf8.contains($0) }
    }
    let lines = source.lines.starts.indices.map { source.lines.span(ofLine: $0 + 1) }
    return Array(lines.sorted { signs($0) > signs($1) }.prefix(2))
  }

  @Test("There are scripts to compare") func scriptsAreFound() throws {
    #expect(Self.scripts.count > 5)
    for script in Self.scripts {
      let source = Source(try String(contentsOf: script, encoding: .utf8))
      #expect(wholeLines(of: source).map(\.count).reduce(0, +) > 40)
    }
  }

  @Test("Diagnostics", arguments: scripts)
  func diagnostics(script: URL) throws {
    let text = try String(contentsOf: script, encoding: .utf8)
    let document = advisor.document(of: text)
    let reported = server(text).diagnostics()
    let expected: [JSON] = document.diagnostics.map { diagnostic in
      [
        "code": .string(diagnostic.kind.code),
        "message": .string(
          diagnostic.remedy.map { "\(diagnostic.message); \($0)" } ?? diagnostic.message),
        "range": range(diagnostic.span, in: document.source),
      ]
    }
    #expect(
      reported.map {
        [
          "code": $0["code"] ?? .null, "message": $0["message"] ?? .null,
          "range": $0["range"] ?? .null,
        ]
      }
        == expected)
  }

  @Test("Completions", arguments: scripts)
  func completions(script: URL) throws {
    let text = try String(contentsOf: script, encoding: .utf8)
    let client = server(text)
    let source = Source(text)
    for offset in places(in: source) {
      let buffer = EditBuffer(text, cursor: offset)
      let prompt = advisor.completions(in: buffer)
      let editor = client.result(
        "textDocument/completion",
        ThrLanguageServerTests.text().with("position", position(offset, in: source)))
      let items = editor["items"]?.array ?? []
      #expect(items.map { $0["label"]?.string } == prompt.items.map(\.label))
      #expect(items.map { $0["detail"]?.string ?? "" } == prompt.items.map(\.detail))
      #expect(items.map { $0["documentation"]?.string ?? "" } == prompt.items.map(\.summary))
      #expect(items.map { $0["textEdit"]?["newText"]?.string } == prompt.items.map(\.insertion))
      let replaced = range(Span(prompt.range.lowerBound, prompt.range.upperBound), in: source)
      #expect(items.allSatisfy { $0["textEdit"]?["range"] == replaced })
    }
  }

  @Test("Hovers", arguments: scripts)
  func hovers(script: URL) throws {
    let text = try String(contentsOf: script, encoding: .utf8)
    let client = server(text)
    let source = Source(text)
    for offset in places(in: source) {
      let buffer = EditBuffer(text, cursor: offset)
      let editor = client.result(
        "textDocument/hover",
        ThrLanguageServerTests.text().with("position", position(offset, in: source)))
      #expect(editor["contents"]?["value"]?.string == advisor.help(in: buffer))
    }
  }
}
