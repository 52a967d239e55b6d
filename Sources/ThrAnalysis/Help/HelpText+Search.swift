import ThrModel

extension HelpText {
  /// What there is on a word that is no name: a topic, a member, an argument, or a word of the
  /// summaries; `nil` where there is nothing.
  public func search(_ text: String) -> HelpDocument? {
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" }
      .map(String.init)
    guard !words.isEmpty else { return nil }
    let parts =
      topic(words) + members(named: words[words.count - 1]) + arguments(named: words[0])
      + names(saying: words)
    return parts.isEmpty ? nil : HelpDocument(parts)
  }

  /// The names of a topic, as the overview lists them.
  private func topic(_ words: [String]) -> [HelpDocument.Part] {
    let title = words.joined(separator: " ")
    guard let topic = Topic.allCases.first(where: { $0.rawValue.lowercased() == title }) else {
      return []
    }
    let names =
      vocabulary.signatures.filter { $0.topic == topic }.map { ($0.name, $0.summary) }
      + vocabulary.constants.filter { $0.topic == topic }.map { ($0.name, $0.summary) }
    return section(topic.rawValue, names)
  }

  private func members(named name: String) -> [HelpDocument.Part] {
    let found = vocabulary.types.flatMap { type in
      type.members.filter { $0.name.lowercased() == name }.map { member in
        ("\(type.name.rawValue).\(member.name)", "\(member.type). \(member.summary)")
      }
    }
    return section("The member \(name)", found)
  }

  private func arguments(named name: String) -> [HelpDocument.Part] {
    let found = vocabulary.signatures.compactMap { signature -> (String, String)? in
      let parameters = signature.forms.lazy.flatMap(\.parameters)
      return parameters.first { $0.name == name }.map { ("\(signature.name)(\(name)=)", $0.facts) }
    }
    return section("The argument \(name)", found)
  }

  /// Names whose summary or explanation has all of the words, those with them in the summary first.
  private func names(saying words: [String]) -> [HelpDocument.Part] {
    let all =
      vocabulary.signatures.map { ($0.name, $0.summary, $0.documentation) }
      + vocabulary.constants.map { ($0.name, $0.summary, $0.documentation) }
      + vocabulary.types.map { ($0.name.rawValue, $0.summary, "") }
      + LanguageTopic.all.map { ($0.name, $0.summary, $0.documentation) }
    func holds(_ text: String) -> Bool {
      let text = text.lowercased()
      return words.allSatisfy { text.contains($0) }
    }
    let first = all.filter { holds("\($0.0) \($0.1)") }
    let second = all.filter { entry in
      holds(entry.2) && !first.contains { $0.0 == entry.0 }
    }
    return section("About \(words.joined(separator: " "))", (first + second).map { ($0.0, $0.1) })
  }

  /// As many as are looked at.
  private static let longestSection = 20

  private func section(_ title: String, _ names: [(String, String)]) -> [HelpDocument.Part] {
    guard !names.isEmpty else { return [] }
    let shown = names.prefix(Self.longestSection).map { HelpDocument.Definition($0.0, $0.1) }
    let rest = names.count - shown.count
    return [.heading(title), .definitions(shown)]
      + (rest > 0 ? [.paragraph("… and \(rest) more")] : [])
  }
}
