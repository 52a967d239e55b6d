import Foundation
import Testing

/// The texts that users read keep to plain words: none of those that earlier readers stumbled over.
@Suite struct PlainWordsTests {
  /// Each has a plainer word: anyone, any, no one, someone, again, fix, report or print, after.
  private static var ruledOut: Regex<(Substring, Substring)> {
    #/\b(whoever|whatever|nobody|somebody|anew|mends?|mended|tells?|told|behind)\b/#.ignoresCase()
  }

  private static func offences(in text: String) -> [Substring] {
    text.split(separator: "\n").filter { $0.contains(ruledOut) }
  }

  private static func files(in folder: String, ending suffix: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: Command.root.appending(path: folder).path)
    return (names?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(suffix) }.map { "\(folder)/\($0)" }.sorted()
  }

  private static func text(of path: String) throws -> String {
    try String(contentsOf: Command.root.appending(path: path), encoding: .utf8)
  }

  /// Help, explanations, messages, menus and labels are all literals somewhere in the sources.
  @Test func literalsOfTheSourcesDo() throws {
    let sources = Self.files(in: "Sources", ending: ".swift")
    #expect(sources.count > 300)
    for source in sources {
      let literals = StringLiterals(in: try Self.text(of: source)).all
      #expect(Self.offences(in: literals.joined(separator: "\n")) == [], "\(source)")
    }
  }

  @Test func documentsAndScriptsDo() throws {
    let root = try FileManager.default.contentsOfDirectory(atPath: Command.root.path)
    let pages = root.filter { $0.hasSuffix(".md") } + Self.files(in: "grammar", ending: ".md")
    #expect(pages.contains("README.md") && pages.contains("grammar/README.md"))
    let scripts = ["tutorial", "examples"].flatMap {
      Self.files(in: "scripts/\($0)", ending: ".thr")
    }
    #expect(scripts.count >= 10)
    for file in pages + scripts {
      #expect(Self.offences(in: try Self.text(of: file)) == [], "\(file)")
    }
  }

  @Test func helpAndExplanationsDo() throws {
    let overview = try Command.thr("help").output
    let names = overview.matches(of: #/(?m)^ {2}([a-z_0-9]+)/#).map { String($0.1) }
    #expect(names.count > 60)
    let pages = try [overview] + names.map { try Command.thr("help", $0).output }
    #expect(pages.flatMap(Self.offences) == [])
    let usage = try ["check", "format", "explain", "tutorial", "help", "lsp", "run"].map {
      try Command.thr($0, "--help").output
    }
    #expect(usage.flatMap(Self.offences) == [])
    for kind in ExplanationTests.declared {
      let page = try Command.thr("explain", kind.code).output
      #expect(Self.offences(in: page) == [], "\(kind.code)")
    }
  }

  @Test func theScannerFindsLiteralsOnly() {
    let source = #"""
      // reported "in a comment"
      let told = "one \(told(of: "two")) three" // again
      let more = """
        four \
        "five"
        """
      """#
    let words = StringLiterals(in: source).all.joined(separator: " ")
      .split { !$0.isLetter }.map(String.init)
    #expect(Set(words) == ["one", "two", "three", "four", "five"])
  }
}

/// The string literals of Swift source, without comments and without the code in interpolations.
private struct StringLiterals {
  private(set) var all: [String] = []
  private let source: [UInt8]
  private var place = 0

  init(in text: String) {
    source = Array(text.utf8)
    while place < source.count { skipCode() }
  }

  private func begins(_ text: StaticString) -> Bool {
    let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    return source.dropFirst(place).starts(with: bytes)
  }

  /// Passes over code up to and with the next literal or comment.
  private mutating func skipCode() {
    if begins("//") {
      while place < source.count, source[place] != UInt8(ascii: "\n") { place += 1 }
    } else if begins("\"\"\"") {
      literal(closedBy: "\"\"\"")
    } else if begins("\"") {
      literal(closedBy: "\"")
    } else {
      place += 1
    }
  }

  private mutating func literal(closedBy end: StaticString) {
    place += end.utf8CodeUnitCount
    var text: [UInt8] = []
    while place < source.count, !begins(end) {
      if begins("\\(") {
        place += 2
        interpolation()
      } else if begins("\\") {
        // A space for the escape: what follows is no part of the word before.
        text.append(UInt8(ascii: " "))
        place += 2
      } else {
        text.append(source[place])
        place += 1
      }
    }
    place += end.utf8CodeUnitCount
    all.append(String(decoding: text, as: UTF8.self))
  }

  /// Passes over the code of an interpolation; its own literals are taken.
  private mutating func interpolation() {
    var depth = 1
    while place < source.count {
      if begins("(") { depth += 1 }
      if begins(")") { depth -= 1 }
      if depth == 0 { return place += 1 }
      skipCode()
    }
  }
}
