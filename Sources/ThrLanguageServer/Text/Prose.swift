import JSONText
import ThrAnalysis

/// A piece of what a client shows as prose.
enum Prose {
  case help(HelpDocument)
  case code(String, language: String)

  func text(_ markup: MarkupKind) -> String {
    switch (self, markup) {
    case (.help(let document), .markdown): document.markdown
    case (.help(let document), .plaintext): document.text()
    case (.code(let text, _), .plaintext): text
    case (.code(let text, let language), .markdown): Self.fenced(text, language)
    }
  }

  /// The fence is longer than any run of its character inside.
  private static func fenced(_ text: String, _ language: String) -> String {
    var longest = 2
    var run = 0
    for character in text {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return "\(fence)\(language)\n\(text)\n\(fence)"
  }
}

/// Prose in the form that a client asked for.
func prose(_ markup: MarkupKind, _ parts: [Prose]) -> JSON {
  [
    "kind": .string(markup.rawValue),
    "value": .string(parts.map { $0.text(markup) }.joined(separator: "\n\n")),
  ]
}
