import ThrModel
import ThrSyntax

extension Checker {
  /// What checking a call against one form finds.
  private struct FormCheck {
    let index: Int
    let form: Signature.Form
    /// The arguments for each parameter.
    let slots: [[Int]]
    var faults: [Diagnostic]
  }

  func call(
    _ signature: Signature, named name: Name, _ arguments: [CheckedArgument]
  ) -> StaticValue {
    let labels = arguments.map { $0.label?.text }
    let candidates = signature.forms(labels: labels, types: arguments.map(\.value.type))
    if candidates.isEmpty {
      reportNoForm(signature, name, arguments)
      return StaticValue(.joined(signature.forms.map(\.result)) ?? .unknown)
    }
    let checks = candidates.map { check(arguments, against: $0, of: signature, name) }
    let fitting = checks.filter(\.faults.isEmpty)
    if fitting.isEmpty, let best = checks.min(by: { $0.faults.count < $1.faults.count }) {
      for fault in best.faults { report(fault) }
    }
    let possible = fitting.isEmpty ? checks : fitting
    let types = possible.map { check in
      check.form.result { check.slots[$0].map { arguments[$0].value.type } }
    }
    var result = StaticValue(.joined(types) ?? .unknown)
    if possible.count == 1, fitting.count == 1, let check = possible.first {
      follow(
        FollowedCall(
          signature: signature, form: check.index,
          arguments: check.slots.map { $0.map { arguments[$0] } }),
        into: &result)
    }
    return result
  }

  private func check(
    _ arguments: [CheckedArgument], against index: Int, of signature: Signature, _ name: Name
  ) -> FormCheck {
    let form = signature.forms[index]
    let match = ArgumentMatch(labels: arguments.map { $0.label?.text }, to: form.shapes)
    var faults = match.diagnostics(
      for: name, arguments.map { ($0.label, $0.wholeSpan) }, to: form.shapes,
      argumentRemedies: signature.argumentRemedies)
    for (parameter, slot) in zip(form.parameters, match.slots) {
      for argument in slot {
        let callee = (name.text, arguments[argument].label == nil ? argument : nil as Int?)
        if let fault = fault(of: arguments[argument], for: parameter, callee) {
          faults.append(fault)
        }
      }
    }
    if faults.isEmpty, let fault = refusal(of: arguments, match.slots, by: form, name) {
      faults.append(fault)
    }
    return FormCheck(index: index, form: form, slots: match.slots, faults: faults)
  }

  /// What the form says of arguments that fit each by itself.
  private func refusal(
    of arguments: [CheckedArgument], _ slots: [[Int]], by form: Signature.Form, _ name: Name
  ) -> Diagnostic? {
    guard let refusal = form.refusal else { return nil }
    var known: [String: Value] = [:]
    for (parameter, slot) in zip(form.parameters, slots) where parameter.kind != .variadic {
      known[parameter.name] =
        slot.isEmpty ? parameter.defaultValue : arguments[slot[0]].value.constant
    }
    guard let error = refusal.error(KnownArguments(known)) else { return nil }
    let index = form.parameters.firstIndex { $0.name == error.parameter }
    let argument = index.flatMap { slots[$0].first }
    let position = argument.flatMap { arguments[$0].label == nil ? $0 : nil }
    return error.blaming(position: position, of: name.text)
      .diagnostic(at: argument.map { arguments[$0].span } ?? name.span)
  }

  // MARK: - One argument

  /// - Parameter callee: The function, and which argument it is where it has no label.
  private func fault(
    of argument: CheckedArgument, for parameter: Signature.Parameter,
    _ callee: (name: String, position: Int?)
  ) -> Diagnostic? {
    if parameter.isByRow { return nil }
    if parameter.argumentType.accepts(argument.value) == .never {
      return mismatch(of: argument, for: parameter, callee)
    }
    guard let constant = argument.value.constant, parameter.kind != .variadic else { return nil }
    do throws(CallError) {
      try parameter.check(constant)
      return nil
    } catch {
      return error.blaming(position: callee.position, of: callee.name)
        .diagnostic(at: argument.span)
    }
  }

  private func mismatch(
    of argument: CheckedArgument, for parameter: Signature.Parameter,
    _ callee: (name: String, position: Int?)
  ) -> Diagnostic {
    var error = parameter.mismatch(argument.value.type)
      .blaming(position: callee.position, of: callee.name)
    if case .builtin(let name)? = argument.value.callee {
      error.remedy = remedy(forFunction: name, as: parameter)
    } else if let name = nameInQuotes(argument, for: parameter) {
      error.remedy =
        "\(parameter.argumentType.withArticle) is a name; write it without quotes: `\(name)`"
      error.replacement = name
    } else if argument.value.type == .text, parameter.argumentType.accepts(.number) != .never {
      error.remedy = "write a number without quotes; `number(…)` converts a text to a number"
      if case .text(let text)? = argument.value.constant, let number = Double(text) {
        error.replacement = Value.number(number).sourceText
      }
    } else if parameter.argumentType.accepts(.list(argument.value.type)) == .always {
      error.remedy = "put it into a list: `[…]`"
      if argument.expression != nil { error.replacement = "[\(source.text(argument.span))]" }
    } else if argument.value.type == .boolean, parameter.argumentType.accepts(.constraint) != .never
    {
      error.remedy = "a constraint compares a metric with a number: `recall >= 0.9`"
    } else if error.remedy == nil,
      let maker = vocabulary.maker(of: [parameter.argumentType], from: argument.value.type)
    {
      error.remedy = "make one with `\(maker)(…)`"
    }
    return error.diagnostic(
      at: argument.span, notes: argument.expression.map(hidingNotes) ?? [])
  }

  /// What to write where a function stands for a value.
  private func remedy(forFunction name: String, as parameter: Signature.Parameter) -> String {
    let results = vocabulary.signature(name)?.forms.map(\.result) ?? []
    guard parameter.argumentType.accepts(.metric) != .never,
      results.allSatisfy({ $0.accepts(.metric) == .never })
    else { return "call the function: `\(name)(…)`" }
    return
      "`\(name)` is computed from all thresholds, so it cannot choose one; a metric has a value "
      + "at each threshold: `youden`, `f1`, …"
  }

  /// The builtin value that a text names, where the parameter takes such a value.
  private func nameInQuotes(
    _ argument: CheckedArgument, for parameter: Signature.Parameter
  ) -> String? {
    guard case .text(let text)? = argument.value.constant, argument.expression != nil,
      let constant = vocabulary.constant(text),
      parameter.argumentType.accepts(constant.type) == .always
    else { return nil }
    return text
  }

  private func reportNoForm(
    _ signature: Signature, _ name: Name, _ arguments: [CheckedArgument]
  ) {
    guard let first = arguments.first else { return }
    let types = signature.forms.compactMap { $0.parameters.first?.argumentType }
    report(
      .noForm(
        of: name.text, taking: types, first.value.type,
        maker: vocabulary.maker(of: types, from: first.value.type)), at: first.span,
      of: first.expression)
  }
}

extension ValueType {
  /// Whether a value may stand where this type is asked for, by all that is known of it.
  fileprivate func accepts(_ value: StaticValue) -> Certainty {
    let answer = accepts(value.type)
    guard answer == .sometimes, value.isNonEmpty, case .list(let element) = value.type else {
      return answer
    }
    // An empty list fits every list type; this one is not empty, and one element that does not fit
    // is enough.
    let elements = value.holdsEachType ? element.alternatives : [element]
    let isRefused = alternatives.allSatisfy {
      guard case .list(let wanted) = $0 else { return $0 != .unknown }
      return elements.contains { wanted.accepts($0) == .never }
    }
    return isRefused ? .never : answer
  }
}
