import Testing
import ThrAnalysis
import ThrLibrary
import ThrModel

/// Help on words that are no names: topics, members, arguments, concepts.
@Suite struct HelpSearchTests {
  private let help = HelpText(Library.standard.vocabulary)

  /// What stands under a heading.
  private func terms(_ text: String, under heading: String) -> [String] {
    let parts = help.search(text)?.parts ?? []
    for (place, part) in parts.enumerated() where part == .heading(heading) {
      if case .definitions(let definitions) = parts[place + 1] {
        return definitions.map { $0.term }
      }
    }
    return []
  }

  @Test func findsMembersArgumentsAndTopics() {
    #expect(
      Set(terms("threshold", under: "The member threshold")).isSuperset(
        of: ["tuning.threshold", "evaluation.threshold"]))
    #expect(terms("bootstrap", under: "The argument bootstrap").contains("tune(bootstrap=)"))
    #expect(terms("curves", under: "Curves").contains("roc"))
    #expect(terms("Curves", under: "Curves") == terms("curves", under: "Curves"))
  }

  @Test func findsConceptsByAllTheirWords() {
    let found = terms("confusion matrix", under: "About confusion matrix")
    #expect(found.contains("confusion") && found.contains("explore"))
    #expect(terms("confusion zebra", under: "About confusion zebra").isEmpty)
    #expect(help.search("zebra") == nil && help.search("") == nil && help.search("?!") == nil)
  }
}
