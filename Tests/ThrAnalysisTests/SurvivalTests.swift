import TestSupport
import ThrSyntax
import Testing
import ToyLibrary

@testable import ThrAnalysis
@testable import ThrModel

/// No text and no place makes a question trap, and every answer lies within the text.
@Suite struct SurvivalTests {
  private static let seeds = [
    "data = synth(10, 0.5)\nt = tune(scores(logreg(data.train), data.val), f1, ties=\"lowest\")\n",
    "fn f(a, b=\"x{1:.2f}\") { for x in [a] { if x { b } else { y = {k: x.k} } } }\nf(1, b=2)[0]\n",
    "x = [filter(read(\"é.csv\"), age > q).rows for q in [1, 2] if q |> print]  # ünd\n",
  ]

  private static let surroundings = Surroundings(
    entries: { _ in [.init("a.csv"), .init("sub", isFolder: true), .init("q\"{.thr")] },
    columns: { _ in ["age", "two words"] },
    value: { _ in .init(type: .record([.init("k", .number)]), columns: ["c"], display: "{k: 1}") })

  @Test(arguments: seeds.indices) func survivesAnyBytes(seed: Int) {
    var random = SeededGenerator(UInt64(seed) + 7)
    for _ in 0..<60 {
      var bytes = Array(Self.seeds[seed].utf8)
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + 3))
        default:
          bytes.insert(contentsOf: Array("(\"{[.= \n".utf8).shuffled(using: &random), at: place)
        }
      }
      let document = Document(Source(bytes: bytes), knowing: Library.toy.vocabulary)
      for _ in 0..<4 { ask(document, Int.random(in: -3...bytes.count + 3, using: &random)) }
    }
  }

  private func ask(_ document: Document, _ offset: Int) {
    let whole = Span(0, document.source.bytes.count)
    let completions = document.completions(at: offset, in: Self.surroundings)
    #expect(whole.contains(completions.span))
    for item in completions.items.prefix(3) { _ = document.documentation(of: item) }
    for span in [document.hover(at: offset)?.span, document.renameTarget(at: offset)] {
      #expect(span.map(whole.contains) ?? true)
    }
    _ = document.signatureHelp(at: offset)
    _ = document.definition(at: offset)
    _ = document.references(at: offset, includingDeclaration: false)
    _ = document.highlights(at: offset)
    _ = document.rename(at: offset, to: "renamed")
    _ = document.symbols
    _ = document.hints
    _ = document.fixes(in: Span(offset, offset + 5))
    _ = document.matchingBracket(at: offset)
    #expect(document.selections(at: offset).allSatisfy(whole.contains))
    #expect(document.foldings.allSatisfy { whole.contains($0.span) })
    checkColours(document)
  }

  /// In order, none over another, and nothing but space between them.
  private func checkColours(_ document: Document) {
    var end = 0
    for colour in document.colours {
      #expect(colour.span.start >= end)
      end = colour.span.end
    }
    #expect(end <= document.source.bytes.count)
  }
}
