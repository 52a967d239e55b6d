public import ThrModel
import ThrSyntax

/// Help on names of the language, from their declarations: for `thr help`, `?name` and hover.
public struct HelpText: Sendable {
  let vocabulary: Vocabulary

  public init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  /// The first name of every construct of the language, such as `=` and `if`, in reading order.
  public static var languageTopics: [String] { LanguageTopic.all.map(\.name) }

  /// All names by topic, one line each, for a terminal.
  public var overview: String { overviewDocument.text() }

  /// The help of one name for a terminal; `nil` where the language has no such name.
  public func text(on name: String) -> String? { document(on: name)?.text() }

  /// The help of one name; `nil` where the language has no such name.
  ///
  /// A name may be a function and a type at once, such as `scores`: the help has both.
  public func document(on name: String) -> HelpDocument? {
    let parts = [
      vocabulary.signature(name).map(HelpDocument.init),
      vocabulary.constant(name).map(HelpDocument.init),
      vocabulary.type(ObjectType.Name(rawValue: name)).map(HelpDocument.init),
      LanguageTopic.named(name).map(HelpDocument.init),
    ].compactMap { $0 }
    return parts.isEmpty ? uses(of: name) : parts.dropFirst().reduce(parts[0], +)
  }

  /// The types that have a member of this name, and the functions that have a parameter.
  private func uses(of name: String) -> HelpDocument? {
    let members = vocabulary.types.compactMap { type in
      type.members.first { $0.name == name }.map {
        HelpDocument.Definition("\(type.name.rawValue).\(name)", "\($0.type). \($0.summary)")
      }
    }
    let parameters = vocabulary.signatures.compactMap { signature in
      signature.forms.lazy.flatMap(\.parameters).first { $0.name == name }.map {
        HelpDocument.Definition("\(signature.name)(\(name)=)", $0.facts)
      }
    }
    if members.isEmpty, parameters.isEmpty { return nil }
    var document = HelpDocument([.heading(name)])
    if !members.isEmpty { document.parts.append(.definitions(members)) }
    if !parameters.isEmpty { document.parts.append(.definitions(parameters)) }
    return document
  }

  /// The name that was probably meant.
  public func nearest(to name: String) -> String? {
    Spelling.nearest(
      to: name,
      among: vocabulary.names + vocabulary.types.map(\.name.rawValue)
        + LanguageTopic.all.flatMap(\.names))
  }

  /// All names by topic, one line each.
  public var overviewDocument: HelpDocument {
    var document = HelpDocument()
    for topic in Topic.allCases {
      let entries =
        vocabulary.signatures.filter { $0.topic == topic }
        .map { HelpDocument.Definition($0.name, $0.summary) }
        + vocabulary.constants.filter { $0.topic == topic }
        .map { HelpDocument.Definition($0.name, $0.summary) }
      if !entries.isEmpty { document.parts += [.heading(topic.rawValue), .definitions(entries)] }
    }
    document.parts += [
      .heading("Types"),
      .definitions(vocabulary.types.map { .init($0.name.rawValue, $0.summary) }),
      .heading("The language"),
      .definitions(LanguageTopic.all.map { .init($0.name, $0.summary) }),
      .paragraph("`thr help NAME` describes one."),
    ]
    return document
  }
}

extension HelpDocument {
  /// A function: what it does, how it is called, further explanation, an example.
  public init(_ signature: Signature) { self.init(signature, forms: signature.forms) }

  /// The same with some of its forms only, such as those that a call can mean.
  init(_ signature: Signature, forms: [Signature.Form]) {
    self.init([.heading(signature.name), .paragraph(signature.summary)])
    var shown: Set<Signature.Parameter> = []
    for form in forms {
      parts.append(.code(form.description(named: signature.name, width: 76)))
      // What an earlier form said of the same parameter holds here too.
      let unseen = form.parameters.filter { shown.insert($0).inserted }
      if !unseen.isEmpty {
        parts.append(.definitions(unseen.map { Definition($0.name, $0.facts) }))
      }
    }
    if let effect = signature.effect.sentence { parts.append(.paragraph(effect)) }
    parts += HelpDocument(prose: signature.documentation).parts
    parts += [.heading("Example"), .code(signature.example)]
  }

  /// A name that stands for a value.
  public init(_ constant: Constant) {
    self.init([
      .heading("\(constant.name): \(constant.type)"), .paragraph(constant.summary),
    ])
    parts += HelpDocument(prose: constant.documentation).parts
  }

  /// A type, with its members.
  public init(_ type: ObjectType.Facts) {
    self.init([.heading("The type \(type.name.rawValue)"), .paragraph(type.summary)])
    guard !type.members.isEmpty else { return }
    parts.append(
      .definitions(type.members.map { Definition($0.name, "\($0.type). \($0.summary)") }))
    let written = type.members.filter { !$0.isHiddenInJSON }.map { "`\($0.name)`" }
    if written.count < type.members.count {
      parts.append(.paragraph("`--json` writes \(written.joined(separator: ", "))."))
    }
  }
}

extension Signature.Parameter {
  /// What the argument means, and which values it takes.
  var facts: String {
    var sentences = [self.summary]
    if self.range != nil { sentences.append("Must be \(rangeText).") }
    if !self.words.isEmpty {
      sentences.append("One of \(self.words.map(\.quoted).joined(separator: ", ")).")
    }
    if let unit = self.unit { sentences.append("Unit: \(unit).") }
    return sentences.joined(separator: " ")
  }
}

extension Effect {
  /// What a call does beyond giving its value; `nil` where nothing.
  fileprivate var sentence: String? {
    switch self {
    case .pure: nil
    case .draws: "Uses random numbers from `seed`: the same arguments give the same value."
    case .readsFiles: "Reads files."
    case .writesFiles: "Writes files."
    case .network: "Connects to a database."
    case .prints: "Writes to standard output."
    case .ends: "May end the program."
    case .interacts: "Waits for keys at a terminal."
    }
  }
}
