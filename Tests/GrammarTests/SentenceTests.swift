import TestSupport
import GrammarReading
import Testing
import ThrSyntax

/// The parser against `grammar/thr.ebnf`: sentences drawn from the file are programs, and a
/// recogniser made from the file and the parser agree on what is none.
@Suite struct SentenceTests {
  private static let seeds: [UInt64] = [1, 2, 3, 4]
  private static let sentences = 400

  @Test func parsesWhatTheGrammarMakes() {
    var missing: Set<String>?
    var deepest = 0
    for seed in Self.seeds {
      var generator = SentenceGenerator(GrammarFile.grammar, random: SeededGenerator(seed))
      for number in 0..<Self.sentences {
        let text = generator.sentence(size: number % 50 == 49 ? 300 : number % 60).map {
          $0.gap + $0.token
        }.joined()
        let parsed = parse(text)
        #expect(parsed.diagnostics == [], "\(text.debugDescription)")
        deepest = max(deepest, nesting(of: parsed))
        #expect(GrammarFile.recogniser.accepts(text), "\(text.debugDescription)")
        let printed = parsed.program.description
        let again = parse(printed)
        #expect(again.diagnostics == [], "\(text.debugDescription) as \(printed)")
        #expect(shape(of: again.program) == shape(of: parsed.program), "\(text.debugDescription)")
      }
      missing = missing?.intersection(generator.missing) ?? Set(generator.missing)
    }
    #expect(deepest >= 12)
    #expect(missing == [], "ways through the grammar that no sentence took")
  }

  /// How many brackets and texts stand within each other at most.
  private func nesting(of parsed: Parse) -> Int {
    var open = 0
    var most = 0
    for token in parsed.tokens {
      switch token.kind {
      case .leftParenthesis, .leftBracket, .leftBrace, .textStart: open += 1
      case .rightParenthesis, .rightBracket, .rightBrace, .textEnd: open -= 1
      default: break
      }
      most = max(most, open)
    }
    return most
  }

  @Test(arguments: seeds)
  func refusesWhatTheGrammarRefuses(seed: UInt64) {
    var generator = SentenceGenerator(GrammarFile.grammar, random: SeededGenerator(seed))
    var mutation = Mutation(random: SeededGenerator(seed + 100))
    var refused = 0
    let texts = 500
    for number in 0..<texts {
      let text = mutation.mutate(generator.sentence(size: number % 30))
      let isSentence = GrammarFile.recogniser.accepts(text)
      refused += isSentence ? 0 : 1
      let found = parse(text).diagnostics.map { "\($0)" }
      #expect(found.isEmpty == isSentence, "\(text.debugDescription): \(found)")
    }
    // Were nearly all refused, or nearly none, the test would say little.
    #expect((texts / 2...texts - texts / 10).contains(refused))
  }
}
