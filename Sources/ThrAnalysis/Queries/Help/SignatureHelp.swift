import ThrModel
public import ThrSyntax

/// The ways to call the function whose parentheses are being filled.
public struct SignatureHelp: Hashable, Sendable {
  public struct Form: Hashable, Sendable {
    /// The call in one line.
    public var label: String
    public var parameters: [Parameter]
    public var documentation: HelpDocument?
    /// The parameter that the argument at the place is for; `nil` where none is left.
    public var activeParameter: Int?
  }

  public struct Parameter: Hashable, Sendable {
    public var name: String
    /// Where it stands in the form's label, in UTF-8.
    public var span: Span
    /// Meaning of the argument; empty for users' functions.
    public var documentation: String
  }

  public var forms: [Form]
  public var activeForm: Int

  /// Of the active form.
  public var activeParameter: Int? { forms[activeForm].activeParameter }
}

extension Document {
  /// How to fill the parentheses around a place; `nil` where none of a known function are.
  public func signatureHelp(at offset: Int) -> SignatureHelp? {
    let offset = clamped(offset)
    if case .comment = parse.lexicalPlace(at: offset) { return nil }
    guard let place = call(around: offset), let callee = place.callee else { return nil }
    let documentation = HelpDocument(prose: prose(of: callee))
    let forms = forms(of: callee).map { form in
      SignatureHelp.Form(
        label: form.label, parameters: form.shownParameters,
        documentation: documentation.parts.isEmpty ? nil : documentation,
        activeParameter: activeParameter(of: place, in: form))
    }
    guard !forms.isEmpty else { return nil }
    return SignatureHelp(
      forms: forms, activeForm: activeForm(among: forms, place.possibleForms(in: vocabulary)))
  }

  /// After named arguments the first parameter that is still to be given.
  private func activeParameter(of place: CallPlace, in form: CallForm) -> Int? {
    if let parameter = place.parameter(in: form) { return parameter }
    guard place.labels[place.current] == nil, place.isAfterNamed else { return nil }
    return place.openParameters(in: form).first
  }

  /// The likeliest form that still has a parameter for the argument.
  private func activeForm(among forms: [SignatureHelp.Form], _ possible: [Int]) -> Int {
    possible.first { forms[$0].activeParameter != nil } ?? possible.first ?? 0
  }

  /// What a function says of itself in a few words.
  func prose(of callee: Callee) -> String {
    switch callee {
    case .builtin(let name): vocabulary.signature(name)?.summary ?? ""
    case .function(let id): analysis.functions[id]?.documentation ?? ""
    }
  }
}

extension CallForm {
  fileprivate var shownParameters: [SignatureHelp.Parameter] {
    zip(parameters, parameterSpans).map { parameter, span in
      SignatureHelp.Parameter(
        name: parameter.name, span: span, documentation: parameter.declared?.facts ?? "")
    }
  }
}
