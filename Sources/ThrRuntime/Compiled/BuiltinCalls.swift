import ParallelWork
import ThrModel
public import ThrSyntax

/// A builtin called at one place.
///
/// How its arguments meet its parameters follows from the text and from the type of the first one;
/// it is worked out at the first call and kept.
final class BuiltinCall {
  private let builtin: Builtin
  private let site: CallSite
  private let isInRow: Bool
  /// The function, where one number is given for a function of one number.
  private let ofOneNumber: (@Sendable (Double) -> Value)?
  /// The argument whose type picks the form; `nil` where there is one form, or no such argument.
  private let deciding: Int?
  /// One for each form, once it was called.
  private var plans: [BuiltinPlan?]
  /// The form that values of a kind pick.
  private var formByKind: [Value.Kind: Int] = [:]
  private var context: (value: CallContext, version: Int)?

  /// The columns used of the table that the call gives; `nil`: any may be.
  private let columnsUsed: Set<String>?

  init(
    _ builtin: Builtin, _ site: CallSite, isInRow: Bool, columnsUsed: Set<String>? = nil
  ) {
    self.builtin = builtin
    self.site = site
    self.isInRow = isInRow
    self.columnsUsed = columnsUsed
    let takesOne = site.arguments.count == 1 && site.labels[0] == nil
    ofOneNumber = takesOne ? builtin.ofOneNumber : nil
    let forms = builtin.signature.forms
    plans = Array(repeating: nil, count: forms.count)
    let names = forms.compactMap { $0.parameters.first?.name }
    deciding =
      forms.count < 2
      ? nil
      : site.labels.first == .some(nil)
        ? 0 : site.labels.firstIndex { label in label.map(names.contains) ?? false }
    if let node = deciding.flatMap({ site.arguments[$0].node }) { prepare(node) }
  }

  /// Hands a call that gives a table the columns that this call uses of it.
  func prepare(_ table: Node) {
    guard let call = table as? NamedCall, builtin.signature.usesNamedColumns else { return }
    call.columnsUsed = builtin.signature.namedColumns(labels: site.labels) { argument in
      (site.arguments[argument].node as? Literal)?.value
    }
  }

  func call(piping piped: Value?, _ run: Evaluator, _ frame: Frame) throws(Stop) -> Value {
    guard builtin.signature.judgesTogether else { return try callAlone(piping: piped, run, frame) }
    run.ledger.beginComparison()
    defer { run.ledger.endComparison() }
    return try callAlone(piping: piped, run, frame)
  }

  private func callAlone(
    piping piped: Value?, _ run: Evaluator, _ frame: Frame
  ) throws(Stop) -> Value {
    var first: Value?
    if let function = ofOneNumber {
      let value = try site.value(0, piping: piped, run, frame)
      if case .number(let number) = value { return function(number) }
      first = value
    }
    var values: [Value?] = Array(repeating: nil, count: site.arguments.count)
    if let first { values[0] = first }
    let plan = try plan(&values, piping: piped, run, frame)
    for position in values.indices where values[position] == nil && !plan.isByRow[position] {
      values[position] = try site.value(position, piping: piped, run, frame)
    }
    let arguments = plan.arguments(values, site, piping: piped, run, frame)
    try check(arguments, plan, run)
    if plan.form.usesRows { try reportLeaks(arguments, plan, run, frame) }
    return try perform(plan, arguments, run, frame)
  }

  // MARK: - Forms

  private func plan(
    _ values: inout [Value?], piping piped: Value?, _ run: Evaluator, _ frame: Frame
  ) throws(Stop) -> BuiltinPlan {
    let index = try form(&values, piping: piped, run, frame)
    if let plan = plans[index] { return plan }
    let form = builtin.signature.forms[index]
    let plan = BuiltinPlan(form, index, try site.match(form.shapes, run))
    plans[index] = plan
    return plan
  }

  /// Picks the form by the first argument's type.
  private func form(
    _ values: inout [Value?], piping piped: Value?, _ run: Evaluator, _ frame: Frame
  ) throws(Stop) -> Int {
    guard builtin.signature.forms.count > 1 else { return 0 }
    if let deciding, values[deciding] == nil {
      values[deciding] = try site.value(deciding, piping: piped, run, frame)
    }
    let value = deciding.flatMap { values[$0] }
    let kind = value?.kind
    if let kind, let known = formByKind[kind] { return known }
    var types = Array(repeating: ValueType.unknown, count: site.labels.count)
    if let deciding, let value { types[deciding] = value.type }
    guard let form = builtin.signature.forms(labels: site.labels, types: types).first else {
      throw noForm(value, run)
    }
    if let kind { formByKind[kind] = form }
    return form
  }

  private func noForm(_ value: Value?, _ run: Evaluator) -> Stop {
    let signature = builtin.signature
    let wanted = signature.forms.compactMap { $0.parameters.first?.argumentType }
    let found = value?.type ?? .unknown
    return run.failure(
      .noForm(
        of: signature.name, taking: wanted, found,
        maker: run.library.vocabulary.maker(of: wanted, from: found)),
      at: deciding.map { site.arguments[$0].span } ?? site.callee.span)
  }

  // MARK: - Checks

  /// Refuses wrong arguments before leaks are reported of a call that then does not happen.
  private func check(
    _ arguments: [Argument?], _ plan: BuiltinPlan, _ run: Evaluator
  ) throws(Stop) {
    for (position, argument) in arguments.enumerated() {
      guard case .value(let value)? = argument else { continue }
      do throws(CallError) {
        try plan.form.parameters[position].check(value)
      } catch {
        let place = plan.position(of: error.parameter, site)
        throw run.failure(
          error.blaming(position: place, of: site.callee.text),
          at: plan.span(of: error.parameter, site))
      }
    }
  }

  private func reportLeaks(
    _ arguments: [Argument?], _ plan: BuiltinPlan, _ run: Evaluator, _ frame: Frame
  ) throws(Stop) {
    for leak in Leak.found(in: plan.form, arguments, ledger: run.ledger) {
      var diagnostic = Diagnostic(
        leak.kind, at: plan.span(of: leak.parameter, site), leak.message, remedy: leak.remedy)
      if run.isStrict {
        diagnostic.severity = .error
        throw run.failure([diagnostic])
      }
      run.reporter.report(diagnostic, of: site.span, file: frame.layout.file.name)
    }
  }

  // MARK: - The call itself

  private func perform(
    _ plan: BuiltinPlan, _ arguments: [Argument?], _ run: Evaluator, _ frame: Frame
  ) throws(Stop) -> Value {
    if let guardian = run.guardian { try guardian.check(builtin.signature) }
    try run.checkCancelled()
    let value: Value
    do {
      try CallError.checkMemory(for: arguments.reduce(0) { $0 + $1.workingMemory })
      value = try builtin.call(form: plan.index, arguments, in: context(run, frame))
    } catch let error as CallError {
      // What gave up because it was asked to has not failed.
      try run.checkCancelled()
      throw failure(error, plan, run)
    } catch let stop as Stop {
      throw stop
    } catch is Cancelled {
      throw .cancelled
    } catch let exit as Exit {
      throw run.guardian == nil ? .exited(exit.status) : .refused(.exit(exit.status))
    } catch {
      throw run.failure(
        Diagnostic(
          .builtinFailed, at: site.span, "`\(builtin.signature.name)` failed: \(error)"))
    }
    run.endedInProcedure = builtin.signature.effect.isProcedure
    return try run.admitted(value, at: site.span)
  }

  private func failure(_ error: CallError, _ plan: BuiltinPlan, _ run: Evaluator) -> Stop {
    let place = plan.position(of: error.parameter, site)
    var diagnostic = error.blaming(position: place, of: site.callee.text)
      .diagnostic(at: plan.span(of: error.parameter, site))
    // Where another argument could be added: not where none is written between the parentheses.
    if let argument = error.addition, let end = site.arguments.last?.span.end,
      end > site.callee.span.end
    {
      diagnostic.fixes.append(
        .init("add `\(argument)`", replacing: Span(end, end), with: ", \(argument)"))
    }
    return run.failure(diagnostic)
  }

  private func context(_ run: Evaluator, _ frame: Frame) -> CallContext {
    var known: CallContext
    if let context, context.version == run.contextVersion {
      known = context.value
    } else {
      known = newContext(run, frame.layout.file)
      context = (known, run.contextVersion)
    }
    if builtin.signature.takesFunctions {
      let application = Application(run, frame, site, isInRow: isInRow)
      known.apply = { try application.value(of: $0, $1) }
      known.applyNamed = { try application.value(of: $0, $1, named: $2) }
    }
    guard isInRow else { return known }
    let around = RowAround(frame: frame, stack: run.stack)
    known.cell = { around.cell($0) }
    return known
  }

  private func newContext(_ run: Evaluator, _ file: SourceFile) -> CallContext {
    var context = run.context
    context.columnsUsed = columnsUsed
    if !file.folder.isEmpty { context.scriptFolder = file.folder }
    let (reporter, callee, span) = (run.reporter, site.callee.span, site.span)
    context.warn = { warning in
      let diagnostic = Diagnostic(
        warning.kind, at: callee, warning.message, remedy: warning.remedy)
      reporter.report(diagnostic, of: span, file: file.name)
    }
    return context
  }
}

extension Effect {
  /// Whether a builtin with this effect is called for it, and not for its value.
  fileprivate var isProcedure: Bool { [.prints, .writesFiles, .ends].contains(self) }
}

/// One form of a builtin with the arguments of one call.
final class BuiltinPlan {
  let form: Signature.Form
  let index: Int
  /// For each argument whether the builtin evaluates it for every row.
  let isByRow: [Bool]
  private let slots: [[Int]]

  init(_ form: Signature.Form, _ index: Int, _ match: ArgumentMatch) {
    self.form = form
    self.index = index
    slots = match.slots
    var isByRow = Array(repeating: false, count: match.slots.reduce(0) { $0 + $1.count })
    for (parameter, slot) in zip(form.parameters, match.slots)
    where parameter.isByRow {
      for position in slot { isByRow[position] = true }
    }
    self.isByRow = isByRow
  }

  /// The arguments in the order of the parameters.
  func arguments(
    _ values: [Value?], _ site: CallSite, piping piped: Value?, _ run: Evaluator, _ frame: Frame
  ) -> [Argument?] {
    var arguments: [Argument?] = []
    arguments.reserveCapacity(slots.count)
    for (position, slot) in slots.enumerated() {
      switch form.parameters[position].kind {
      case .variadic: arguments.append(.value(.list(List(slot.compactMap { values[$0] }))))
      case .rowExpression:
        arguments.append(slot.first.map { site.arguments[$0].forRows(piping: piped, run, frame) })
      case .rowExpressions:
        arguments.append(.rowExpressions(site.rowExpressions(slot, piping: piped, run, frame)))
      default: arguments.append(slot.first.flatMap { values[$0] }.map(Argument.value))
      }
    }
    return arguments
  }

  /// The place to blame for a parameter: its argument, or else the whole call.
  func span(of parameter: String?, _ site: CallSite) -> Span {
    guard let parameter,
      let index = form.parameters.firstIndex(where: { $0.name == parameter })
    else { return site.span }
    return slots[index].first.map { site.arguments[$0].span } ?? site.callee.span
  }

  /// Which argument fills a parameter, where it is given by its position alone.
  func position(of parameter: String?, _ site: CallSite) -> Int? {
    guard let index = form.parameters.firstIndex(where: { $0.name == parameter }),
      form.parameters[index].kind != .variadic, let position = slots[index].first,
      site.labels[position] == nil
    else { return nil }
    return position
  }
}

/// The row around a call.
///
/// `@unchecked`: a builtin asks while it is called, on the evaluation thread; on another thread it
/// finds no row.
private struct RowAround: @unchecked Sendable {
  let frame: Frame
  let stack: StackBounds

  func cell(_ column: String) -> RowCell { stack.holdsCaller ? frame.cell(column) : .noRow }
}

extension Diagnostic.Kind {
  /// A builtin threw what is no error of the language's; a fault of the builtin.
  public static let builtinFailed = Diagnostic.Kind(
    "E0304", "builtin-failed",
    explanation: .init(
      """
      A builtin failed with an internal error. This is a bug in thr: please report it with the \
      program that causes it.
      """,
      wrong: "a builtin that fails with an internal error",
      right: "x = 1"))
}

extension Argument? {
  /// About how many bytes a call takes for itself to work on the value: as many as it holds.
  fileprivate var workingMemory: Int {
    switch self {
    case .value(.list(let list)): list.isTooLongToHold ? 0 : 8 * list.count
    case .value(.object(let object)): (object.base as? any HoldsMemory)?.footprint ?? 0
    default: 0
    }
  }
}
