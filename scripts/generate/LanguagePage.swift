import ThrAnalysis

/// The constructs of the language, and its grammar.
struct LanguagePage {
  let content: String

  init(_ help: HelpText, grammar: String) {
    let topics = HelpText.languageTopics.compactMap { help.document(on: $0) }
    content = Markdown.page(
      [
        "# The language",
        "What `thr help NAME` says of every word and sign; then the grammar, which the tests hold "
          + "the parser to.",
      ] + topics.map(\.markdown) + [
        "## Grammar", Markdown.code(grammar.trimmedOfLineBreaks, "ebnf"),
      ])
  }
}

extension String {
  fileprivate var trimmedOfLineBreaks: String {
    var text = self[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
