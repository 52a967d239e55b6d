import ThrAnalysis
import ThrModel

/// The functions and metrics of one topic.
struct TopicPage {
  let topic: Topic
  private let signatures: [Signature]
  private let constants: [Constant]

  init(_ topic: Topic, of vocabulary: Vocabulary) {
    self.topic = topic
    signatures = vocabulary.signatures.filter { $0.topic == topic }
    constants = vocabulary.constants.filter { $0.topic == topic }
  }

  var file: String { "\(Markdown.anchor(topic.rawValue)).md" }

  /// All names with what they are, each leading to its place on the page.
  var summaries: String {
    let entries =
      signatures.map { ($0.name, $0.summary) } + constants.map { ($0.name, $0.summary) }
    return entries.map { "- [`\($0.0)`](\(file)#\(Markdown.anchor($0.0))): \($0.1)" }
      .joined(separator: "\n")
  }

  var content: String {
    Markdown.page(
      ["# \(topic.rawValue)"] + signatures.flatMap(section) + constants.flatMap(section))
  }

  private func section(_ signature: Signature) -> [String] {
    var parts = ["## `\(signature.name)`", signature.summary]
    var described: Set<Signature.Parameter> = []
    for form in signature.forms {
      parts.append(Markdown.code(form.description(named: signature.name, width: 76)))
      // What an earlier form said of the same parameter holds here too.
      let new = form.parameters.filter { described.insert($0).inserted }
      if !new.isEmpty { parts.append(table(new)) }
    }
    parts.append(results(of: signature))
    if signature.effect != .pure { parts.append("Effect: \(signature.effect.words).") }
    parts.append(HelpDocument(prose: signature.documentation).markdown)
    return parts + [Markdown.code(signature.example)]
  }

  private func table(_ parameters: [Signature.Parameter]) -> String {
    Markdown.table(
      ["Parameter", "Type", "Default", "Values", "Unit", "Meaning"],
      parameters.map { parameter in
        [
          "`\(parameter.name)`", "\(parameter.argumentType)", parameter.defaultWords,
          parameter.valuesWords, parameter.unit ?? "", parameter.summary,
        ]
      })
  }

  /// Where the members of what a call gives are described.
  private func results(of signature: Signature) -> String {
    let names = signature.forms.flatMap { $0.result.alternatives }.compactMap { type -> String? in
      if case .object(let name) = type { name.rawValue } else { nil }
    }
    let different = names.enumerated().filter { !names[..<$0.offset].contains($0.element) }
    guard !different.isEmpty else { return "" }
    let links = different.map { "[\($0.element)](types.md#\(Markdown.anchor($0.element)))" }
    return "Members of the result: \(links.joined(separator: ", "))."
  }

  private func section(_ constant: Constant) -> [String] {
    [
      "## `\(constant.name)`", "\(constant.summary) Type: \(constant.type).",
      HelpDocument(prose: constant.documentation).markdown,
    ]
  }
}

extension Signature.Parameter {
  fileprivate var defaultWords: String {
    if self.kind == .variadic { return "any number" }
    return self.defaultValue.map { "`\($0.sourceText)`" } ?? "required"
  }

  fileprivate var valuesWords: String {
    let numbers = self.range == nil ? [] : [rangeText]
    let kinds = self.isWhole ? ["whole"] : []
    return (kinds + numbers + self.words.map { "`\"\($0)\"`" }).joined(separator: ", ")
  }
}

extension Effect {
  /// What a call does beyond giving its value.
  fileprivate var words: String {
    self == .draws ? "draws random numbers from its seed" : rawValue
  }
}
