import ThrAnalysis
import ThrModel

/// `grammar/reference`: the language, its functions, metrics, types and diagnostics as Markdown.
///
/// Nothing is written here but headings: all words are those of the declarations.
struct Reference {
  /// Every page, by its name in the folder.
  let pages: [(name: String, content: String)]

  init(_ vocabulary: Vocabulary, grammar: String) {
    let topics = Topic.allCases.map { TopicPage($0, of: vocabulary) }
    pages =
      [("README.md", Self.index(of: vocabulary, topics))]
      + topics.map { ($0.file, $0.content) }
      + [
        ("types.md", TypesPage(vocabulary).content),
        ("language.md", LanguagePage(HelpText(vocabulary), grammar: grammar).content),
        ("diagnostics.md", DiagnosticsPage(.all, in: vocabulary).content),
      ]
  }

  private static func index(of vocabulary: Vocabulary, _ topics: [TopicPage]) -> String {
    var parts = [
      "# Reference",
      "For one name at a time: `thr help NAME`, and `thr explain CODE` for a diagnostic.",
      """
      [The language](language.md): its constructs and its grammar. [Types](types.md): the members \
      of every value. [Diagnostics](diagnostics.md): every error and warning, and the next free \
      codes. [Conventions](../conventions.md): where scikit-learn and R's packages differ.
      """,
    ]
    for topic in topics { parts += ["## \(topic.topic.rawValue)", topic.summaries] }
    return Markdown.page(parts)
  }
}

/// Pieces of Markdown.
enum Markdown {
  static func page(_ parts: [String]) -> String {
    "<!-- \(GeneratedFiles.banner) -->\n\n" + parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
      + "\n"
  }

  static func code(_ text: String, _ language: String = "thr") -> String {
    "```\(language)\n\(text)\n```"
  }

  /// A table, without the columns in which no row has anything.
  static func table(_ heads: [String], _ rows: [[String]]) -> String {
    let used = heads.indices.filter { column in rows.contains { !$0[column].isEmpty } }
    let lines =
      [used.map { heads[$0] }, used.map { _ in "---" }]
      + rows.map { row in
        used.map { row[$0].replacing("|", with: "\\|").replacing("\n", with: " ") }
      }
    return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  /// The address of a heading, as the readers of Markdown make it.
  static func anchor(_ heading: String) -> String {
    heading.lowercased().replacing(" ", with: "-").filter {
      $0.isLetter || $0.isNumber || "-_".contains($0)
    }
  }
}
