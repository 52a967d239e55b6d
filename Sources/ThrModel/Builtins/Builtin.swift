/// A function of the language, declared once: facts for readers, code for the runtime.
public struct Builtin: Sendable {
  public let signature: Signature
  private let bodies: [Form.Body]

  /// - Parameters:
  ///   - misnomers: names of arguments that people try, and what to write instead.
  ///   - elsewhere: what other tools call the function.
  public init(
    _ name: String, _ topic: Topic, _ summary: String, documentation: String = "",
    effect: Effect = .pure, example: String, misnomers: [String: String] = [:],
    elsewhere: [String] = [], _ forms: Form...
  ) {
    self.init(
      name, topic, summary, documentation: documentation, effect: effect, example: example,
      misnomers: misnomers, elsewhere: elsewhere, forms: forms)
  }

  public init(
    _ name: String, _ topic: Topic, _ summary: String, documentation: String = "",
    effect: Effect = .pure, example: String, misnomers: [String: String] = [:],
    elsewhere: [String] = [], forms: [Form]
  ) {
    signature = Signature(
      name: name, topic: topic, forms: forms.map { $0.facts }, effect: effect, summary: summary,
      documentation: documentation, example: example, misnomers: misnomers,
      elsewhere: elsewhere)
    bodies = forms.map { $0.body }
  }

  /// Calls one form.
  ///
  /// - Parameters:
  ///   - form: the index among `signature.forms`.
  ///   - arguments: one per parameter of the form, in order; `nil` where the default stands in.
  public func call(
    form: Int, _ arguments: [Argument?], in context: CallContext
  ) throws -> Value {
    try bodies[form](arguments, context)
  }

  /// One way to call a builtin: its parameters, and a body whose types the compiler checks.
  public struct Form: Sendable {
    typealias Body = @Sendable ([Argument?], CallContext) throws -> Value

    let facts: Signature.Form
    let body: Body

    /// - Parameters:
    ///   - result: the result's type where it is narrower than the body's.
    ///   - rows: which rows the result holds, where every call holds the same ones.
    public init<each Input: Sendable, Output: ValueConvertible>(
      _ parameters: repeat Parameter<each Input>, result: ValueType? = nil,
      rows: Signature.Rows? = nil,
      body: @escaping @Sendable (CallContext, repeat each Input) throws -> Output
    ) {
      var facts: [Signature.Parameter] = []
      for parameter in repeat each parameters { facts += parameter.facts }
      self.facts = Signature.Form(parameters: facts, result: result ?? Output.valueType, rows: rows)
      self.body = { arguments, context in
        var rest = arguments[...]
        return try body(context, repeat try (each parameters).take(from: &rest)).value
      }
    }
  }
}
