import Foundation
import ThrSyntax
import Testing

@testable import ThrAnalysis
@testable import ThrModel

/// A document after any edits is what a new one of its text is.
@Suite struct EditingTests {
  private static let scripts: [String] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return ["scripts/tutorial", "scripts/examples"].flatMap { folder -> [String] in
      let url = root.appendingPathComponent(folder)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
      return names.sorted().filter { $0.hasSuffix(".thr") }.compactMap {
        try? String(contentsOf: url.appendingPathComponent($0), encoding: .utf8)
      }
    } + ownScripts
  }()

  /// Texts full of what makes statements depend on one another.
  private static let ownScripts = [
    """
    data = synth(100, 0.5)
    m = logreg(data.train)
    fn twice(x, by=2) = x * by
    s = scores(m, data.val)
    t = tune(s, f1)
    total = 0
    for w in [1, 5, 10] {
      u = tune(s, cost(fp=1, fn=w))
      total = total + twice(w)
    }
    if t.threshold != none { e = evaluate(scores(m, data.test), t) } else { e = none }
    print("at {t.threshold:.3f}, {total}")
    x = [tune(s, cost(fp=1, fn=w)).value for w in [1, 2] if w > 1]
    table = read("a.csv")
    old = filter(table, age > total and sex == "f")
    g = twice
    y = g(3) |> print
    t2 = tune(scores(m, data.train), recall)
    """,
    """
    fn outer(a) {
      fn inner(b) = a + b + limit
      inner(1)
    }
    limit = 3
    write(limit, "a.txt")
    one = dataset(read("a.csv"), "y")
    write(limit, "b.txt")
    two = dataset(read("a.csv"), "y")
    e = evaluate(scores(logreg(one), two.test), tune(scores(logreg(one), two.val), f1))
    e2 = evaluate(scores(logreg(one), two.test), tune(scores(logreg(one), two.val), recall))
    scores = 1
    k = outer(limit)
    """,
  ]

  /// What is typed: pieces of the language, and single bytes.
  private static let pieces = [
    "\n", " ", "x", "1", "(", ")", "[", "]", "{", "}", "\"", ",", ".", "=", "#", "t", "data", " = ",
    "tune(s, ", "for ", "if ", "fn ", "else", "\\", "é", "use \"a.thr\"\n", "limit = 4\n", "|>",
    "fn total(a) = a\n", "%", "total", "data.train", "write(1, \"a\")\n",
  ]

  @Test(arguments: scripts.indices) func equalsAFreshDocument(script: Int) {
    var random = SeededGenerator(UInt64(script) + 1)
    var document = fresh(Array(Self.scripts[script].utf8))
    for _ in 0..<120 {
      let count = document.source.bytes.count
      let start = Int.random(in: 0...count, using: &random)
      let length = Bool.random(using: &random) ? 0 : Int.random(in: 0...12, using: &random)
      let piece = Self.pieces.randomElement(using: &random) ?? ""
      document.edit(Span(start, min(count, start + length)), with: Array(piece.utf8))
      expectFresh(document)
      // Back to sense now and then, as people do.
      if Int.random(in: 0..<6, using: &random) == 0 {
        document.edit(Span(0, document.source.bytes.count), with: Array(Self.scripts[script].utf8))
      }
    }
  }

  /// Changes of names and values in the order of the text, which others below depend on.
  @Test(arguments: scripts.indices) func equalsAFreshDocumentAfterSmallChanges(script: Int) {
    var random = SeededGenerator(UInt64(script) + 100)
    let original = fresh(Array(Self.scripts[script].utf8))
    for token in original.parse.tokens where token.kind.isWord || token.kind == .number {
      var document = original
      let word = ["total", "data", "7", "t", "none", "nothing"].randomElement(using: &random) ?? ""
      document.edit(token.span, with: Array(word.utf8))
      expectFresh(document)
      document.edit(
        Span(token.start, token.start + word.utf8.count),
        with: Array(original.text(token.span).utf8))
      expectFresh(document)
    }
  }

  private func fresh(_ bytes: [UInt8]) -> Document {
    Document(
      Source(bytes: bytes), knowing: Library.toy.vocabulary,
      following: Interface(["args": .list(.text)]))
  }

  private func expectFresh(_ document: Document) {
    let other = fresh(document.source.bytes)
    #expect(document.parse.program == other.parse.program)
    #expect(document.diagnostics == other.diagnostics, "\(document.text(Span(0, .max)))")
    #expect(document.colours == other.colours)
    #expect(document.symbols == other.symbols)
    #expect(
      Set(document.facts.references) == Set(other.facts.references),
      "\(document.text(Span(0, .max)))")
    #expect(document.analysis.told == other.analysis.told)
    let offset = document.source.bytes.count * 2 / 3
    #expect(document.completions(at: offset) == other.completions(at: offset))
    #expect(document.analysis.interface.sortedNames == other.analysis.interface.sortedNames)
    for name in other.analysis.interface.sortedNames {
      #expect(document.analysis.interface.type(of: name) == other.analysis.interface.type(of: name))
    }
  }
}

/// The same numbers in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
