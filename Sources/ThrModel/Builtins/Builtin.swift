/// A function of the language, declared once: facts for readers, code for the runtime.
///
/// Its forms are made when they are first asked for: most programs use few functions.
public struct Builtin: Sendable {
  public let name: String
  private let content: Deferred<Content>

  private final class Content: Sendable {
    let signature: Signature
    let bodies: [Form.Body]
    let ofOneNumber: (@Sendable (Double) -> Value)?

    init(_ forms: [Form], _ signature: Signature) {
      self.signature = signature
      bodies = forms.map { $0.body }
      ofOneNumber = signature.effect == .pure ? forms.first?.ofOneNumber : nil
    }
  }

  /// - Parameters:
  ///   - argumentRemedies: names of arguments that people try, and what to write instead.
  ///   - foreignNames: what other tools call the function.
  ///   - judgesTogether: whether what its arguments report on test rows is one use of these rows.
  ///   - usesNamedColumns: whether it takes from a table those columns that its parameters name, and
  ///     reads others later where they are asked for.
  ///   - form: the first form; up to four are written one after the other.
  ///   - forms: more forms, where they follow from something else.
  public init(
    _ name: String, _ topic: Topic, _ summary: String, documentation: String = "",
    effect: Effect = .pure, example: String, argumentRemedies: [String: String] = [:],
    foreignNames: [String] = [], judgesTogether: Bool = false,
    usesNamedColumns: Bool = false,
    _ form: @autoclosure @escaping @Sendable () -> Form? = nil,
    _ second: @autoclosure @escaping @Sendable () -> Form? = nil,
    _ third: @autoclosure @escaping @Sendable () -> Form? = nil,
    _ fourth: @autoclosure @escaping @Sendable () -> Form? = nil,
    forms: @autoclosure @escaping @Sendable () -> [Form] = []
  ) {
    self.name = name
    content = Deferred {
      let forms = [form(), second(), third(), fourth()].compactMap { $0 } + forms()
      return Content(
        forms,
        Signature(
          .init(
            name: name, topic: topic, forms: forms.map { $0.facts }, effect: effect,
            summary: summary, documentation: documentation, example: example,
            argumentRemedies: argumentRemedies, foreignNames: foreignNames,
            judgesTogether: judgesTogether, usesNamedColumns: usesNamedColumns)))
    }
  }

  /// The same function, of which every parameter of one type takes values of another type too.
  ///
  /// - Parameter convert: Makes of such a value one of the parameter's own type; it gets the name of
  ///   the function and all arguments of the call.
  public func taking<Other: LanguageObject>(
    _ other: Other.Type, as type: ValueType,
    convert:
      @escaping @Sendable (Other, String, [Argument?], CallContext) throws -> Value
  ) -> Builtin {
    let (content, name) = (content, name)
    return Builtin(
      name,
      Deferred {
        let given = content.value
        // It has a form of its own for such values.
        if given.signature.forms.contains(where: { $0.parameters.first?.type == Other.valueType }) {
          return given
        }
        let forms = zip(given.signature.forms, given.bodies).map { facts, body in
          Form(facts, body, taking: other, as: type) { try convert($0, name, $1, $2) }
        }
        return Content(forms, given.signature.replacing(forms: forms.map { $0.facts }))
      })
  }

  private init(_ name: String, _ content: Deferred<Content>) {
    self.name = name
    self.content = content
  }

  public var signature: Signature { content.value.signature }

  /// The function where its first form takes one number and does nothing but compute: the short way,
  /// as such calls cost more than their work.
  public var ofOneNumber: (@Sendable (Double) -> Value)? { content.value.ofOneNumber }

  /// Calls one form.
  ///
  /// - Parameters:
  ///   - form: the index among `signature.forms`.
  ///   - arguments: one per parameter of the form, in order; `nil` where the default stands in.
  public func call(
    form: Int, _ arguments: [Argument?], in context: CallContext
  ) throws -> Value {
    try content.value.bodies[form](arguments, context)
  }

  /// One way to call a builtin: its parameters, and a body whose types the compiler checks.
  public struct Form: Sendable {
    typealias Body = @Sendable ([Argument?], CallContext) throws -> Value

    let facts: Signature.Form
    let body: Body
    fileprivate var ofOneNumber: (@Sendable (Double) -> Value)?

    /// - Parameters:
    ///   - result: the result's type where it is narrower than the body's.
    ///   - exception: another type of result, and the argument that makes it so.
    ///   - rows: which rows the result holds, where every call holds the same ones.
    ///   - refusing: throws for arguments that the body refuses; the checker asks it too.
    public init<each Input: Sendable, Output: ValueConvertible>(
      _ parameters: repeat Parameter<each Input>, result: ValueType? = nil,
      exception: Signature.Form.Exception? = nil, rows: Signature.Rows? = nil,
      refusing: (@Sendable (KnownArguments) throws(CallError) -> Void)? = nil,
      body: @escaping @Sendable (CallContext, repeat each Input) throws -> Output
    ) {
      var facts: [Signature.Parameter] = []
      for parameter in repeat each parameters { facts += parameter.facts }
      self.facts = Signature.Form(
        parameters: facts, result: result ?? Output.valueType, exception: exception, rows: rows,
        refusal: refusing.map { Refusal(check: $0) })
      self.body = { arguments, context in
        var rest = arguments[...]
        return try body(context, repeat try (each parameters).take(from: &rest)).value
      }
    }

    /// A form whose parameters of one type take another type too.
    fileprivate init<Other: LanguageObject>(
      _ facts: Signature.Form, _ body: @escaping Body, taking other: Other.Type,
      as type: ValueType,
      convert: @escaping @Sendable (Other, [Argument?], CallContext) throws -> Value
    ) {
      let places = facts.parameters.indices.filter { facts.parameters[$0].type == type }
      self.facts = places.isEmpty ? facts : facts.widening(places, by: Other.valueType)
      self.body = { arguments, context in
        var arguments = arguments
        for place in places {
          guard case .value(let value)? = arguments[place], let stored = Other(value) else {
            continue
          }
          arguments[place] = .value(try convert(stored, arguments, context))
        }
        return try body(arguments, context)
      }
    }

    /// The form for one number, or for the `undefined` in the place of one.
    ///
    /// - Parameter function: `nil` where it has no value, which gives `undefined`.
    public init(number function: @escaping @Sendable (Double) -> Double?) {
      self.init(Parameter<Outcome>("x", "The number.")) { _, x in
        x.mapped(function)
      }
      ofOneNumber = { Outcome($0).mapped(function).value }
    }
  }
}
