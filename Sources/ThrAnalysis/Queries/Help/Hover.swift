import ThrModel
public import ThrSyntax

/// The help for the thing under the cursor.
public struct Hover: Hashable, Sendable {
  public var span: Span
  public var document: HelpDocument
}

extension Document {
  /// Help on the text at a place: names, members, arguments, words of the language, options, and
  /// literals whose value is not plain to see.
  public func hover(at offset: Int) -> Hover? {
    let offset = clamped(offset)
    guard parse.comment(at: offset) == nil, let token = parse.token(at: offset) else { return nil }
    let path = SyntaxPath(to: offset, in: parse.program)
    guard let (span, document) = hover(over: token, in: path) else { return nil }
    return Hover(span: span, document: document)
  }

  private func hover(over token: Token, in path: SyntaxPath) -> (Span, HelpDocument)? {
    switch path.innermost {
    case .path(let use)?: return help(onUsed: use).map { (use.pathSpan, $0) }
    case .label(let name)?: return help(onLabel: name).map { (name.span, $0) }
    case .member(let name)?: return help(onMember: name, in: path).map { (name.span, $0) }
    case .expression(.text(let text))?:
      return help(onOption: text, in: path).map { (text.span, $0) }
    case .expression(.number(let value, let span))?:
      return help(onNumber: value, span).map { (span, $0) }
    default: break
    }
    if token.kind.isWord, let reference = facts.reference(at: token.span) {
      let called = help(onCalled: reference, in: path)
      return (called ?? help(on: reference)).map { (token.span, $0) }
    }
    guard token.kind != .name, token.kind.hasTopic,
      let topic = LanguageTopic.named(text(token.span))
    else { return nil }
    return (token.span, HelpDocument(topic))
  }

  // MARK: - Names

  /// A builtin that is called at the place: only the forms that the call can mean.
  private func help(onCalled reference: Notes.Reference, in path: SyntaxPath) -> HelpDocument? {
    guard case .builtin(let name) = reference.symbol, let signature = vocabulary.signature(name),
      case .expression(.call(let call))? = path.nodes.dropLast().last,
      call.callee.span == reference.span
    else { return nil }
    let forms = forms(of: signature, calledBy: call, in: path.nodes.dropLast(2))
    return HelpDocument(signature, forms: forms)
  }

  private func help(on reference: Notes.Reference) -> HelpDocument? {
    switch reference.symbol {
    case .builtin(let name): return vocabulary.signature(name).map(HelpDocument.init)
    case .constant(let name): return vocabulary.constant(name).map(HelpDocument.init)
    case .parameter(let function, let name): return help(onParameter: name, of: function)
    case .variable(_, let name):
      if let function = function(declaring: reference) { return help(on: function) }
      return HelpDocument([.code(variableText(name, reference))])
    }
  }

  /// The name with its type: `t: tuning`.
  private func variableText(_ name: String, _ reference: Notes.Reference) -> String {
    let type =
      facts.type(at: reference.span)
      ?? reference.origin.flatMap { $0.file == nil ? facts.type(at: $0.span) : nil } ?? .unknown
    return type == .unknown ? name : "\(name): \(type.fullDescription)"
  }

  /// The user's function that a name stands for, if it stands for one.
  func function(declaring reference: Notes.Reference) -> UserFunction? {
    if let callee = facts.callee(at: reference.span), case .function(let id) = callee {
      return analysis.functions[id]
    }
    guard let origin = reference.origin, origin.file == nil else { return nil }
    return analysis.function(declaredAt: origin.span.start)
  }

  func help(on function: UserFunction) -> HelpDocument {
    HelpDocument([.code(CallForm(function.declaration).label)])
      + HelpDocument(prose: function.documentation)
  }

  // MARK: - Arguments and members

  private func help(onLabel name: Name) -> HelpDocument? {
    guard let reference = facts.reference(at: name.span) else { return nil }
    if case .variable = reference.symbol {
      return HelpDocument([.code(variableText(name.text, reference))])
    }
    return help(on: reference)
  }

  func help(onMember name: String, of owner: String) -> HelpDocument? {
    let owner = ObjectType.Name(rawValue: owner)
    return vocabulary.type(owner)?.members.first { $0.name == name }
      .map { HelpDocument($0, of: owner) }
  }

  func help(onParameter name: String, of function: String) -> HelpDocument? {
    let parameters = vocabulary.signature(function)?.forms.lazy.flatMap(\.parameters)
    return parameters?.first { $0.name == name }.map(HelpDocument.init(parameter:))
  }

  private func help(onMember name: Name, in path: SyntaxPath) -> HelpDocument? {
    guard case .expression(.member(let member))? = path.nodes.dropLast().last else { return nil }
    let types = (facts.type(at: member.target.span) ?? .unknown).alternatives
    let documents = types.compactMap { type -> HelpDocument? in
      switch type {
      case .object(let owner):
        let declared = vocabulary.type(owner)?.members.first { $0.name == name.text }
        return declared.map { HelpDocument($0, of: owner) }
      case .record(let fields):
        return fields.last { $0.name == name.text }
          .map { HelpDocument([.code("\($0.name): \($0.type.fullDescription)")]) }
      default: return nil
      }
    }
    return documents.first.map { documents.dropFirst().reduce($0, +) }
  }

  // MARK: - Literals

  /// A used file: the names that it brings.
  private func help(onUsed use: Statement.Use) -> HelpDocument? {
    guard let names = names(givenByUsed: use.path) else { return nil }
    let listed = names.sorted().map { "`\($0)`" }.joined(separator: ", ")
    return HelpDocument([
      .code("use \(use.path.quoted)"),
      .paragraph(names.isEmpty ? "It declares no names." : "It brings \(listed)."),
    ])
  }

  /// An option's word: what the option is.
  private func help(onOption text: Expression.Text, in path: SyntaxPath) -> HelpDocument? {
    guard let place = call(around: text.span.start), let callee = place.callee,
      case .argument? = path.nodes.dropLast().last
    else { return nil }
    let forms = forms(of: callee)
    let parameters = place.possibleForms(in: vocabulary).compactMap { index in
      place.parameter(in: forms[index]).flatMap { forms[index].parameters[$0].declared }
    }
    return parameters.first { !$0.words.isEmpty || $0.kind == .path || $0.kind == .column }
      .map(HelpDocument.init(parameter:))
  }

  private func help(onNumber value: Double, _ span: Span) -> HelpDocument? {
    let written = text(span)
    let plain = Value.number(value).sourceText
    guard written != plain else { return nil }
    return HelpDocument([.code("\(written) = \(plain)")])
  }
}

extension HelpDocument {
  /// One parameter of a function.
  init(parameter: Signature.Parameter) {
    self.init([.code(parameter.description), .paragraph(parameter.facts)])
  }

  /// One member of a type.
  init(_ member: Member.Facts, of owner: ObjectType.Name) {
    self.init([
      .code("\(owner.rawValue).\(member.name): \(member.type.fullDescription)"),
      .paragraph(member.summary),
    ])
  }
}

extension Token.Kind {
  /// Whether a word or sign that the language explains, and that is more than punctuation.
  fileprivate var hasTopic: Bool {
    switch self {
    case .name, .number, .percent, .textStart, .textPiece, .textEnd, .format, .interpolationStart,
      .interpolationEnd, .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket,
      .leftBrace, .rightBrace, .comma, .semicolon, .colon, .dot, .assign, .newline, .comment,
      .invalid, .end:
      false
    default: true
    }
  }
}
