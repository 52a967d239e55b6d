public import ThrModel
import ThrSyntax

/// What a name of the language is, from its declaration: for `thr help` and for hover.
public struct HelpText: Sendable {
  private let vocabulary: Vocabulary

  public init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  /// All names by topic, one line each.
  public var overview: String {
    let topics = Topic.allCases.compactMap { topic -> String? in
      let entries =
        vocabulary.signatures.filter { $0.topic == topic }.map { ($0.name, $0.summary) }
        + vocabulary.constants.filter { $0.topic == topic }.map { ($0.name, $0.summary) }
      return entries.isEmpty ? nil : "\(topic.rawValue)\n" + Self.rows(entries)
    }
    let types = "Types\n" + Self.rows(vocabulary.types.map { ($0.name.rawValue, $0.summary) })
    let keywords = "Keywords\n" + Self.rows(Self.keywords.map { ($0.name, $0.meaning) })
    return (topics + [types, keywords]).joined(separator: "\n\n")
      + "\n\n`thr help NAME` tells more."
  }

  /// The help of one name; `nil` where the language has no such name.
  ///
  /// A name may be a function and a type at once, such as `scores`: both are told.
  public func text(on name: String) -> String? {
    let parts = [
      vocabulary.signature(name).map(Self.text), vocabulary.constant(name).map(Self.text),
      vocabulary.type(ObjectType.Name(rawValue: name)).map(Self.text),
      Self.keywords.first { $0.name == name }.map { "\($0.name)\n  \($0.meaning)" },
    ]
    let found = parts.compactMap { $0 }
    return found.isEmpty ? nil : found.joined(separator: "\n\n")
  }

  /// The name that was probably meant.
  public func nearest(to name: String) -> String? {
    Spelling.nearest(
      to: name,
      among: vocabulary.names + vocabulary.types.map(\.name.rawValue) + Self.keywords.map(\.name))
  }

  private static let keywords: [(name: String, meaning: String)] = [
    ("if", "`if c { … } else if d { … } else { … }`; an expression, whose value is the branch's."),
    ("for", "`for x in xs { … }`, and in a list: `[f(x) for x in xs if c]`."),
    ("fn", "`fn name(a, b=1) = value`, or with a block, whose value is its last line's."),
    ("use", "`use \"other.thr\"` runs a file once and brings its names."),
    ("|>", "`value |> f(x)` is `f(value, x)`."),
    ("in", "`x in xs` asks whether a list, a text or a record has it."),
    ("none", "The value that stands for nothing given or nothing found."),
    ("undefined", "What a formula gives where it has no value, such as 1/0; no search chooses it."),
  ]
}

extension HelpText {
  private static func text(_ signature: Signature) -> String {
    let forms = signature.forms.map { form in
      let rows = form.parameters.map { ($0.name, facts($0)) }
      return form.description(named: signature.name)
        + (rows.isEmpty ? "" : "\n" + Self.rows(rows))
    }
    let effect = signature.effect == .pure ? [] : ["Effect: \(signature.effect.rawValue)."]
    let documentation = signature.documentation.isEmpty ? [] : [signature.documentation]
    return
      ([signature.summary] + forms + documentation + effect + [
        "Example:\n" + indented(signature.example)
      ]).joined(separator: "\n\n")
  }

  /// What a parameter means and which values it takes.
  private static func facts(_ parameter: Signature.Parameter) -> String {
    var text = parameter.summary
    if parameter.range != nil { text += " It is \(parameter.rangeText)." }
    if !parameter.words.isEmpty {
      text += " One of \(parameter.words.map(\.quoted).joined(separator: ", "))."
    }
    if let unit = parameter.unit { text += " In \(unit)." }
    return text
  }

  private static func text(_ constant: Vocabulary.Constant) -> String {
    "\(constant.name): \(constant.type)\n  \(constant.summary)"
      + (constant.documentation.isEmpty ? "" : "\n\n" + constant.documentation)
  }

  private static func text(_ type: Vocabulary.ObjectType) -> String {
    "The type \(type.name.rawValue)\n  \(type.summary)\n\nMembers\n"
      + rows(type.members.map { ($0.name, "\($0.type). \($0.summary)") })
  }

  /// Names in a column, their meaning beside them.
  private static func rows(_ rows: [(String, String)]) -> String {
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { name, meaning in
      "  " + name + String(repeating: " ", count: width - name.count + 2) + meaning
    }.joined(separator: "\n")
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
      .joined(separator: "\n")
  }
}
