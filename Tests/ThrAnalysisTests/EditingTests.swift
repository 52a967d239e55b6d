import TestSupport
import Foundation
import ThrSyntax
import Testing
import ToyLibrary

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
    """
    use "a.thr"
    # How much each costs.
    fn even(n) = if n == 0 { true } else { odd(n - 1) }
    fn odd(n) = if n == 0 { false } else { even(n - 1) }
    base = 2
    fn scaled(x, by=base) = x * by + later
    a = scaled(3) ; b = scaled(3, by=4)
    later = 1
    c = even(4) and odd(base)
    fn broken(x) = x + "a" + missing
    d = broken(1)
    e = broken("é🙂")
    if c { fn hidden(x) = x + base
      f = hidden(2)
    } else { use "a.thr"
      f = none }
    g = outside(half(limit), by=base)
    fn apply(h, x) = h(x)
    i = apply(half, 3) + apply(scaled, "b")
    base = "text"
    j = scaled(3)
    fn scaled(x) = [x]
    k = scaled(1)[0].threshold
    rows = synth(100, 0.9)
    m = logreg(rows.train)
    s = scores(m, rows.val)
    print("{tune(s, f1).value:.2f} of {g}", tune(s, fn profit))
    t = tune(s, cost(fp=1, fn=base))
    v = evaluate(scores(m, rows.test), t)
    w = evaluate(scores(m, rows.test), tune(s, recall))
    x = [scaled(y) for y in range(3) if y > limit] |> len
    """,
    """
    early = weighted(3, share=0.5)
    fn weighted(weight, share=1) = weight * share
    also = weighted
    fn second(weight, share=2) { weighted(weight, share=share) + also(weight=1, share=2) }
    p = also(2, share=4)
    q = second(weight=p, share=early)
    # Any number of them.
    fn turns(n, share=1) = if n == 0 { 0 } else { turns(n - 1, share=share) }
    r = turns(3, share=q) + second(1, share=turns(2, share=1))
    for w in [1, 2] { r = weighted(w, share=r) }
    fn weighted(share) = share
    u = weighted(share=2)
    v = half(3, share=2) + [turns(x, share=p) for x in range(3)][0]
    """,
    "use \"a.thr\"\r\nx = half(4)\r\n# é\r\nfn f(a) {\r\n  a + x\r\n}\r\n\r\ny = f(1)\r\n"
      + "z = [\r\n  1,\r\n  2\r\n]\r\nif y > 1 {\r\n  z\r\n}\r\nelse { \"ä{x}\" }\r\n",
  ]

  @Test(arguments: scripts.indices) func equalsAFreshDocument(script: Int) {
    for seed in RandomEdits.seeds {
      var edits = RandomEdits(seed: UInt64(script + 1) + seed)
      var document = fresh(Array(Self.scripts[script].utf8))
      for turn in 1...RandomEdits.count {
        let edit = edits.next(in: document)
        document.edit(edit.span, with: edit.bytes)
        guard isFresh(document, "seed \(seed), edit \(turn): \(edit.description)") else { return }
        // Back to sense now and then, as people do.
        if edits.isTired {
          document.edit(
            Span(0, document.source.bytes.count), with: Array(Self.scripts[script].utf8))
        }
      }
    }
  }

  /// Changes of names and values in the order of the text, which others below depend on; of one in
  /// fifteen, and of each with THR_LONG_FUZZ set in the environment.
  @Test(arguments: scripts.indices) func equalsAFreshDocumentAfterSmallChanges(script: Int) {
    var random = SeededGenerator(UInt64(script) + 100)
    let original = fresh(Array(Self.scripts[script].utf8))
    for token in original.parse.tokens where token.kind.isWord || token.kind == .number {
      guard RandomEdits.isLong || Int.random(in: 0..<15, using: &random) == 0 else { continue }
      var document = original
      let word = ["total", "data", "7", "t", "none", "nothing"].randomElement(using: &random) ?? ""
      document.edit(token.span, with: Array(word.utf8))
      guard isFresh(document, "`\(word)` at \(token.start)") else { return }
      document.edit(
        Span(token.start, token.start + word.utf8.count),
        with: Array(original.text(token.span).utf8))
      guard isFresh(document, "back at \(token.start)") else { return }
    }
  }

  private static let used: UsedFiles = {
    let text = "limit = 5\nfn outside(x, by=limit) = x * by\nfn half(x) = x / 2\n"
    return [
      "a.thr": Document(Source(text), knowing: Library.toy.vocabulary).analysis.interface
    ]
  }()

  private func fresh(_ bytes: [UInt8]) -> Document {
    Document(
      Source(bytes: bytes), knowing: Library.toy.vocabulary,
      following: Interface(["args": .list(.text)]), uses: Self.used)
  }

  /// Whether a document under edit reports all that a new one of the same text does.
  private func isFresh(_ document: Document, _ edit: String) -> Bool {
    let other = fresh(document.source.bytes)
    let text = document.text(Span(0, .max))
    let offset = document.source.bytes.count * 2 / 3
    let isSame =
      document.parse.program == other.parse.program && document.parse.tokens == other.parse.tokens
      && document.parse.comments == other.parse.comments
      && document.parse.diagnostics == other.parse.diagnostics
      && document.parse.isIncomplete == other.parse.isIncomplete
      && document.source == other.source
    #expect(isSame, "the parse differs after \(edit)\n\(text)")
    #expect(document.diagnostics == other.diagnostics, "after \(edit)\n\(text)")
    let difference = Knowledge(document).difference(from: Knowledge(other))
    #expect(difference.isEmpty, "after \(edit)\n\(text)")
    let answers =
      document.colours == other.colours && document.symbols == other.symbols
      && document.completions(at: offset) == other.completions(at: offset)
    #expect(answers, "an answer differs after \(edit)\n\(text)")
    return isSame && document.diagnostics == other.diagnostics && difference.isEmpty && answers
  }
}
