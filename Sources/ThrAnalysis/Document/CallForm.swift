import ThrModel
import ThrSyntax

/// One way to call a function, a builtin or a user's own: what questions about calls need of it.
struct CallForm {
  struct Parameter {
    let name: String
    /// As a signature shows it: `step: number = none`, `loss = 5`.
    let text: String
    /// As source text; `nil` where the argument is required.
    let defaultText: String?
    let shape: ParameterShape
    /// What a builtin declares of it.
    let declared: Signature.Parameter?
  }

  let function: String
  let parameters: [Parameter]
  /// The form in one line.
  let label: String
  /// Where each parameter's text stands in the label, in UTF-8.
  let parameterSpans: [Span]
  let result: ValueType

  init(_ form: Signature.Form, of signature: Signature) {
    self.init(
      signature.name,
      form.parameters.map { parameter in
        Parameter(
          name: parameter.name, text: parameter.description,
          defaultText: parameter.defaultValue?.sourceText,
          shape: ParameterShape(
            name: parameter.name, isRequired: parameter.isRequired,
            isVariadic: parameter.kind == .variadic,
            takesAnyName: parameter.kind == .rowExpressions),
          declared: parameter)
      }, result: form.result)
  }

  init(_ declaration: Statement.FunctionDeclaration, result: ValueType = .unknown) {
    self.init(
      declaration.name.text,
      declaration.parameters.map { parameter in
        let standIn = parameter.defaultValue.map(\.description)
        return Parameter(
          name: parameter.name.text,
          text: parameter.name.text + (standIn.map { " = \($0)" } ?? ""), defaultText: standIn,
          shape: ParameterShape(name: parameter.name.text, isRequired: standIn == nil),
          declared: nil)
      }, result: result)
  }

  private init(_ function: String, _ parameters: [Parameter], result: ValueType) {
    self.function = function
    self.parameters = parameters
    self.result = result
    var label = function + "("
    var spans: [Span] = []
    for (index, parameter) in parameters.enumerated() {
      if index > 0 { label += ", " }
      spans.append(Span(label.utf8.count, label.utf8.count + parameter.text.utf8.count))
      label += parameter.text
    }
    label += ")"
    if result != .unknown { label += " → \(result.fullDescription)" }
    self.label = label
    parameterSpans = spans
  }
}

extension Document {
  /// The forms of what is called, in the order declared.
  func forms(of callee: Callee) -> [CallForm] {
    switch callee {
    case .builtin(let name):
      guard let signature = vocabulary.signature(name) else { return [] }
      return signature.forms.map { CallForm($0, of: signature) }
    case .function(let id):
      return analysis.functions[id].map { [CallForm($0.declaration)] } ?? []
    }
  }
}
