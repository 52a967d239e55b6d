import ThrModel
import ThrSyntax

/// A few words that an editor shows within the text without their being part of it.
public struct Hint: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// The parameter that an argument without a name is for, `rows:`.
    case parameter
  }

  /// Where it stands: before what follows this place.
  public var offset: Int
  public var label: String
  public var kind: Kind
}

extension Document {
  /// The parameters' names before literals, which do not say themselves what they mean.
  public var hints: [Hint] {
    var hints: [Hint] = []
    var piped: Set<Span> = []
    var known: [Callee: CallForm] = [:]
    parse.program.walk { node in
      if case .expression(.pipe(let pipe)) = node { piped.formUnion(pipe.stages.map(\.span)) }
      guard case .expression(.call(let call)) = node else { return }
      guard call.arguments.contains(where: { $0.label == nil && $0.value.isPlainLiteral }),
        let callee = facts.callee(at: call.callee.span)
      else { return }
      guard let form = known[callee] ?? forms(of: callee).first, form.parameters.count > 1,
        !isEndAlone(call, form)
      else { return }
      known[callee] = form
      hints += self.hints(of: call, form, isPiped: piped.contains(call.span))
    }
    return hints.sorted { $0.offset < $1.offset }
  }

  /// Of a start and an end, an argument alone is the end, in any place.
  private func isEndAlone(_ call: Expression.Call, _ form: CallForm) -> Bool {
    call.arguments.count == 1 && form.parameters.prefix(2).map(\.name) == ["start", "end"]
  }

  private func hints(of call: Expression.Call, _ form: CallForm, isPiped: Bool) -> [Hint] {
    let shapes = form.parameters.map(\.shape)
    let labels = (isPiped ? [nil] : []) + call.arguments.map { $0.label?.text }
    let slots = ArgumentMatch(labels: labels, to: shapes).slots
    return zip(form.parameters, slots).flatMap { parameter, slot -> [Hint] in
      guard !parameter.shape.isVariadic else { return [] }
      return slot.compactMap { position in
        let index = position - (isPiped ? 1 : 0)
        guard index >= 0, call.arguments[index].label == nil,
          call.arguments[index].value.isPlainLiteral
        else { return nil }
        return Hint(
          offset: call.arguments[index].value.span.start, label: "\(parameter.name):",
          kind: .parameter)
      }
    }
  }
}

extension Expression {
  fileprivate var isPlainLiteral: Bool {
    switch bare {
    case .number, .boolean, .none, .undefined: true
    case .unary(let unary): unary.operand.isPlainLiteral
    default: false
    }
  }
}
