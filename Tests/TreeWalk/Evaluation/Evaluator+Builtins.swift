import ParallelWork
import ThrModel
import ThrRuntime
import ThrSyntax

extension Evaluator {
  /// Calls a builtin: its form is picked by the first argument's type, then the arguments are
  /// evaluated in the order written, but for those that the builtin evaluates row by row.
  func call(_ builtin: Builtin, _ site: CallSite) throws(Stop) -> Value {
    let isComparison = builtin.signature.judgesTogether
    if isComparison { ledger.beginComparison() }
    defer { if isComparison { ledger.endComparison() } }
    var values: [Value?] = Array(repeating: nil, count: site.arguments.count)
    let formIndex = try pickForm(builtin.signature, site, &values)
    let form = builtin.signature.forms[formIndex]
    let match = try match(site, to: form.shapes)
    let byRow = Set(
      zip(form.parameters, match.slots)
        .flatMap { parameter, slot in parameter.isByRow ? slot : [] })
    for (position, argument) in site.arguments.enumerated()
    where values[position] == nil && !byRow.contains(position) {
      values[position] = try evaluate(argument)
    }
    let prepared = PreparedCall(
      site: site, form: form, slots: match.slots,
      arguments: zip(form.parameters, match.slots).map { parameter, slot in
        argument(for: parameter, slot, values, site)
      })
    try check(prepared)
    try reportLeaks(prepared)
    return try perform(builtin, formIndex, prepared)
  }

  private func pickForm(
    _ signature: Signature, _ site: CallSite, _ values: inout [Value?]
  ) throws(Stop) -> Int {
    guard signature.forms.count > 1 else { return 0 }
    let labels = site.labels
    var types = Array(repeating: ValueType.unknown, count: labels.count)
    let names = signature.forms.compactMap(\.parameters.first?.name)
    let deciding =
      labels.first == .some(nil)
      ? 0 : labels.firstIndex { label in label.map(names.contains) ?? false }
    if let deciding {
      let value = try evaluate(site.arguments[deciding])
      values[deciding] = value
      types[deciding] = value.type
    }
    if let form = signature.forms(labels: labels, types: types).first { return form }
    let wanted = signature.forms.compactMap(\.parameters.first?.argumentType)
    let found = deciding.map { types[$0] } ?? .unknown
    throw failure(
      .noForm(
        of: signature.name, taking: wanted, found,
        maker: library.vocabulary.maker(of: wanted, from: found)),
      at: deciding.map { site.arguments[$0].span } ?? site.callee.span)
  }

  private func argument(
    for parameter: Signature.Parameter, _ slot: [Int], _ values: [Value?], _ site: CallSite
  ) -> Argument? {
    switch parameter.kind {
    case .variadic: .value(.list(List(slot.compactMap { values[$0] })))
    case .rowExpression: slot.first.map { rowExpression(site.arguments[$0]) }
    case .rowExpressions:
      .rowExpressions(
        RowExpressions(
          slot.compactMap { position -> (name: String, expression: RowExpression)? in
            let label = site.arguments[position].label?.text ?? ""
            guard case .rowExpression(let row) = rowExpression(site.arguments[position]) else {
              return nil
            }
            return (label, row)
          }))
    default: slot.first.flatMap { values[$0] }.map(Argument.value)
    }
  }

  /// Refuses wrong arguments before leaks are reported for a call that then does not happen.
  private func check(_ call: PreparedCall) throws(Stop) {
    for (parameter, argument) in zip(call.form.parameters, call.arguments) {
      guard case .value(let value)? = argument else { continue }
      do throws(CallError) {
        try parameter.check(value)
      } catch {
        throw failure(call.blaming(error), at: call.span(of: error.parameter))
      }
    }
  }

  private func reportLeaks(_ call: PreparedCall) throws(Stop) {
    for leak in Leak.found(in: call.form, call.arguments, ledger: ledger) {
      var diagnostic = Diagnostic(
        leak.kind, at: call.span(of: leak.parameter), leak.message, remedy: leak.remedy)
      if isStrict {
        diagnostic.severity = .error
        throw failure(diagnostic)
      }
      reporter.report(diagnostic, of: call.site.span, file: file.name)
    }
  }

  private func perform(
    _ builtin: Builtin, _ form: Int, _ call: PreparedCall
  ) throws(Stop) -> Value {
    let value: Value
    do {
      value = try builtin.call(form: form, call.arguments, in: context(for: call))
    } catch let error as CallError {
      try checkCancelled()
      var diagnostic = call.blaming(error).diagnostic(at: call.span(of: error.parameter))
      if let argument = error.addition, let end = call.endOfArguments {
        diagnostic.fixes.append(
          .init("add `\(argument)`", replacing: Span(end, end), with: ", \(argument)"))
      }
      throw failure(diagnostic)
    } catch let stop as Stop {
      throw stop
    } catch is Cancelled {
      throw .cancelled
    } catch let exit as Exit {
      throw .exited(exit.status)
    } catch {
      throw failure(
        Diagnostic(
          .builtinFailed, at: call.site.span, "`\(builtin.signature.name)` failed: \(error)"))
    }
    endedInProcedure = builtin.signature.effect.isProcedure
    return try admitted(value, at: call.site.span)
  }

  private func context(for call: PreparedCall) -> CallContext {
    var context = context
    if !file.folder.isEmpty { context.scriptFolder = file.folder }
    let row = RowAround(scope: scope, stack: stack)
    context.cell = { row.cell($0) }
    let apply = application(at: call.site)
    context.apply = { try apply($0, $1, []) }
    context.applyNamed = apply
    let (reporter, file, site) = (reporter, file.name, call.site)
    context.warn = { warning in
      let diagnostic = Diagnostic(
        warning.kind, at: site.callee.span, warning.message, remedy: warning.remedy)
      reporter.report(diagnostic, of: site.span, file: file)
    }
    return context
  }
}

/// A builtin's call with its arguments in the order of the parameters.
private struct PreparedCall {
  let site: CallSite
  let form: Signature.Form
  let slots: [[Int]]
  let arguments: [Argument?]

  /// Where another argument could be added; `nil` where none is written between the parentheses.
  var endOfArguments: Int? {
    site.arguments.last.map(\.span.end).flatMap { $0 > site.callee.span.end ? $0 : nil }
  }

  /// The place to blame for a parameter: its argument, or else the whole call.
  func span(of parameter: String?) -> Span {
    guard let parameter,
      let index = form.parameters.firstIndex(where: { $0.name == parameter })
    else { return site.span }
    return slots[index].first.map { site.arguments[$0].span } ?? site.callee.span
  }

  /// The error with an argument that has no label named by its position.
  func blaming(_ error: CallError) -> CallError {
    let index = form.parameters.firstIndex {
      $0.name == error.parameter && $0.kind != .variadic
    }
    let position = index.flatMap { slots[$0].first }
    return error.blaming(
      position: position.flatMap { site.labels[$0] == nil ? $0 : nil }, of: site.callee.text)
  }
}

extension Effect {
  /// Whether a builtin with this effect is called for it, and not for its value.
  fileprivate var isProcedure: Bool { [.prints, .writesFiles, .ends].contains(self) }
}
