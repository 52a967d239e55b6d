import TestSupport
import Foundation
import Testing
import ThrSyntax

/// What formatting promises of every text.
enum FormatPromise {
  /// Checks them all, and returns the formatted text.
  @discardableResult
  static func check(_ text: String, _ place: SourceLocation = #_sourceLocation) -> String {
    let parsed = parse(text)
    let result = formatted(parsed)
    let again = parse(result)
    let twice = formatted(again)
    let promises = [
      ("settled", twice == result),
      ("the same tokens", words(again) == words(parsed)),
      ("the same comments", comments(again) == comments(parsed)),
      ("the same tree", again.program.description == parsed.program.description),
      ("the same faults", faults(again) == faults(parsed)),
    ]
    for (promise, isKept) in promises {
      #expect(
        isKept, "not \(promise):\n\(text)\n---\n\(result)\n---\n\(firstDifference(result, twice))",
        sourceLocation: place)
    }
    return result
  }

  private static func faults(_ parsed: Parse) -> [String] { parsed.diagnostics.map(\.kind.name) }

  private static func firstDifference(_ one: String, _ other: String) -> String {
    let lines = zip(
      one.split(separator: "\n", omittingEmptySubsequences: false),
      other.split(separator: "\n", omittingEmptySubsequences: false))
    return lines.first { $0 != $1 }.map { "\($0)\n\($1)" } ?? ""
  }

  /// The tokens but for what the style may add or leave out.
  private static func words(_ parsed: Parse) -> [String] {
    let tokens = parsed.tokens.filter { $0.kind != .newline && $0.kind != .semicolon }
    var words: [String] = []
    for (token, next) in zip(tokens, tokens.dropFirst()) {
      let closes = [.rightParenthesis, .rightBracket, .rightBrace].contains(next.kind)
      if token.kind == .comma, closes { continue }
      words.append(parsed.source.text(token.span))
    }
    return words
  }

  private static func comments(_ parsed: Parse) -> [String] {
    parsed.comments.map {
      parsed.source.text($0.span).trimmingCharacters(in: .whitespaces)
    }.sorted()
  }
}

@Suite struct FormatProperties {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every script of the repository.
  static let scripts: [(name: String, text: String)] = {
    let files = FileManager.default.enumerator(
      at: root.appending(path: "scripts"), includingPropertiesForKeys: nil)
    var scripts: [(name: String, text: String)] = []
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "thr", !file.path.contains("/.build/"),
        let text = try? String(contentsOf: file, encoding: .utf8)
      else { continue }
      scripts.append((file.path, text))
    }
    return scripts.sorted { $0.name < $1.name }
  }()

  @Test func theScriptsAreFormatted() {
    #expect(Self.scripts.count >= 6)
    for script in Self.scripts {
      let result = FormatPromise.check(script.text)
      // Others show what an editor makes of a text that is not.
      guard script.name.contains("/tutorial/") || script.name.contains("/examples/") else {
        continue
      }
      #expect(result == script.text)
    }
  }

  @Test func keepsRandomPrograms() {
    for seed in 0..<600 {
      let program = RandomProgram(seed: UInt64(seed)).text
      #expect(parse(program).diagnostics.map(\.kind.name) == [], "\(program)")
      let result = FormatPromise.check(program)
      for line in result.split(separator: "\n") where line.count > 100 {
        #expect(isUnbreakable(line), "too long: \(line)")
      }
    }
  }

  /// Whether a line has nothing to break at but a comment, or stands too far in.
  private func isUnbreakable(_ line: Substring) -> Bool {
    let code = line.components(separatedBy: "  # ")[0]
    return code.count <= 100 || line.prefix { $0 == " " }.count > 40
  }

  @Test func keepsWhatEditsBreak() {
    var random = SeededGenerator(7)
    let pieces = [
      "(", ")", "{", "}", "[", "]", "\"", "\n", "  ", ",", ";", "#", "=", "x", "1_", "é", "\r",
    ]
    for _ in 0..<1500 {
      var text = Array((Self.scripts.randomElement(using: &random)?.text ?? "").utf8.prefix(700))
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0...text.count, using: &random)
        let end = min(text.count, place + Int.random(in: 0...3, using: &random))
        text.replaceSubrange(
          place..<end, with: Array((pieces.randomElement(using: &random) ?? "").utf8))
      }
      FormatPromise.check(String(decoding: text, as: UTF8.self))
    }
  }

  @Test func takesLinearTime() {
    for text in [
      String(repeating: "x = f([1, [2, (3)], g(a=1)])  # c\n", count: 20_000),
      String(repeating: "[", count: 200) + "1" + String(repeating: "]", count: 200),
      "x = [" + String(repeating: "1, ", count: 50_000) + "]",
      "x = " + String(repeating: "1 + ", count: 50_000) + "1",
      String(repeating: "x = (\n", count: 5000),
    ] {
      _ = formatted(parse(text))
    }
  }
}
