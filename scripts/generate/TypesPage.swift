import ThrModel

/// The types of values that have members, and which functions give them.
struct TypesPage {
  private let vocabulary: Vocabulary

  init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  var content: String { Markdown.page(["# Types"] + vocabulary.types.flatMap(section)) }

  private func section(_ type: ObjectType.Facts) -> [String] {
    [
      "## `\(type.name.rawValue)`", type.summary, makers(of: type.name),
      type.members.isEmpty ? "" : table(type.members),
    ]
  }

  private func makers(of name: ObjectType.Name) -> String {
    let makers = vocabulary.signatures.filter { signature in
      signature.forms.contains { $0.result.alternatives.contains(.object(name)) }
    }
    guard !makers.isEmpty else { return "" }
    return "Given by \(makers.map { "`\($0.name)`" }.joined(separator: ", "))."
  }

  private func table(_ members: [Member.Facts]) -> String {
    Markdown.table(
      ["Member", "Type", "In `--json`", "Rows for", "Meaning"],
      members.map { member in
        [
          "`\(member.name)`", "\(member.type)", member.isHiddenInJSON ? "no" : "yes",
          member.role.map { "\($0.rawValue)" } ?? "", member.summary,
        ]
      })
  }
}
