import TestSupport
import Foundation
import GrammarReading
import Testing
import ThrSyntax

/// `grammar/tree-sitter/src/grammar.json`, interpreted: it has the sentences of `thr.ebnf`.
@Suite struct TreeSitterTests {
  private let treeSitter: TreeSitterGrammar

  init() throws {
    let file = GrammarFile.root.appending(path: "grammar/tree-sitter/src/grammar.json")
    treeSitter = try TreeSitterGrammar(json: Data(contentsOf: file))
  }

  @Test func acceptsTheScripts() throws {
    let recogniser = Recogniser(treeSitter.grammar)
    for script in try GrammarFile.scripts() { #expect(recogniser.accepts(script)) }
  }

  @Test func agreesWithTheParser() {
    let recogniser = Recogniser(treeSitter.grammar)
    var generator = SentenceGenerator(GrammarFile.grammar, random: SeededGenerator(11))
    var mutation = Mutation(random: SeededGenerator(12))
    for number in 0..<1000 {
      let sentence = generator.sentence(size: number % 40)
      let text = sentence.map { $0.gap + $0.token }.joined()
      #expect(recogniser.accepts(text), "\(text.debugDescription)")
      let spoilt = mutation.mutate(sentence)
      #expect(
        recogniser.accepts(spoilt) == parse(spoilt).diagnostics.isEmpty,
        "\(spoilt.debugDescription)")
    }
  }

  @Test(arguments: [
    ("identifier", "WORD"), ("number", "NUMBER"), ("percent", "PERCENT"),
    ("characters", "CHARACTERS"), ("format", "FORMAT"), ("comment", "COMMENT"),
  ])
  func matchesTokens(name: String, rule: String) throws {
    let expression = try Regex(try #require(treeSitter.patterns[name]))
      .matchingSemantics(.unicodeScalar)
    var generator = SentenceGenerator(GrammarFile.grammar, random: SeededGenerator(13))
    for _ in 0..<300 {
      let token = generator.token(rule)
      #expect(try expression.wholeMatch(in: token) != nil, "\(name): \(token.debugDescription)")
    }
  }
}
