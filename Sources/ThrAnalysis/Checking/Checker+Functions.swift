import ThrModel
import ThrSyntax

/// Something that is wrong in a body whenever a certain call is made.
struct CallFault {
  var diagnostic: Diagnostic
  /// The same where it was found, inside the innermost body.
  let root: Diagnostic
  let rootUnit: Int
  let reported: Finding?

  init(_ diagnostic: Diagnostic, unit: Int = 0, reported: Finding? = nil) {
    self.diagnostic = diagnostic
    root = diagnostic
    rootUnit = unit
    self.reported = reported
  }
}

/// One check of a body, for arguments of which this much is known.
struct BodyCheck: Hashable {
  let function: FunctionID
  let arguments: [StaticValue]
  let outerNames: Int
  /// How often files were written before.
  let epoch: Int
}

struct BodyResult {
  var value = StaticValue.unknown
  var faults: [CallFault] = []
  /// How often it may write files, which then may read otherwise.
  var writings = 0
  var reach = BodyReach()
  var weight = Effort.Weight()
  var levels = 0
  var dependence = Dependence()
}

/// How far the check of a body went, which decides in which other calls it goes the same way.
///
/// A body that runs already is not checked within itself, so that it can matter who calls.
struct BodyReach {
  /// The functions whose bodies were checked, its own among them.
  private(set) var functions: Set<FunctionID> = []
  /// How many bodies were within each other.
  private(set) var height = 0
  /// The outermost of the running functions that were not checked again, by its place among them;
  /// -1 where too many were running.
  private(set) var refused = Int.max

  mutating func refuse(_ place: Int) { refused = min(refused, place) }

  /// Takes note of a body that was checked within this one.
  mutating func add(_ inner: BodyReach) {
    functions.formUnion(inner.functions)
    height = max(height, inner.height)
    refused = min(refused, inner.refused)
  }

  /// Ends the check of a function that stood at a place among those that ran.
  mutating func close(_ function: FunctionID, at place: Int) {
    functions.insert(function)
    height += 1
    // That it would not be checked within itself depends on no caller.
    if refused >= place { refused = .max }
  }

  /// Whether nothing depended on which functions were running around it.
  var isOfItself: Bool { refused == .max }
}

extension Checker {
  // The walk within a walk needs the stack of both.
  private static let maximumCallDepth = 30

  /// The text that is walked: 0 for the one that is analysed.
  var unit: Int { calls.running.last?.unit ?? 0 }

  /// The file that is walked; `nil` for the analysed text.
  var file: String? { calls.running.last.flatMap { functions[$0]?.file } }

  func call(
    _ id: FunctionID, named name: Name, _ arguments: [CheckedArgument], span: Span
  ) -> StaticValue {
    guard let function = functions[id] else { return .unknown }
    let parameters = function.declaration.parameters
    let shapes = parameters.map {
      ParameterShape(name: $0.name.text, isRequired: $0.defaultValue == nil)
    }
    let match = ArgumentMatch(labels: arguments.map { $0.label?.text }, to: shapes)
    if !match.faults.isEmpty {
      let places = arguments.map { ($0.label, $0.wholeSpan) }
      for var diagnostic in match.diagnostics(for: name, places, to: shapes) {
        diagnostic.notes += declarationNote(id, function)
        report(diagnostic)
      }
      return .unknown
    }
    let values = match.slots.map { $0.first.map { arguments[$0].value.forBody } }
    return checkBody(id, function, values, at: span)
  }

  private func declarationNote(_ id: FunctionID, _ function: UserFunction) -> [Diagnostic.Note] {
    guard isShown(id, function) else { return [] }
    return [
      .init(
        "`\(function.declaration.name.text)` is declared here",
        at: function.declaration.name.span, in: function.file)
    ]
  }

  /// Whether notes can point at the function: not where it is an earlier input of a session.
  private func isShown(_ id: FunctionID, _ function: UserFunction) -> Bool {
    function.file != nil || id.unit == 0
  }

  // MARK: - Bodies for calls

  private func checkBody(
    _ id: FunctionID, _ function: UserFunction, _ values: [StaticValue?], at span: Span
  ) -> StaticValue {
    guard mayRun(id) else {
      numbering.noteWriting()
      return .unknown
    }
    let result = remembered(id, function, values)
    reach.add(result.reach)
    present.dependence.add(result.dependence)
    for fault in faults(of: result) { raise(fault, from: id, function, at: span) }
    return result.value
  }

  private func mayRun(_ id: FunctionID) -> Bool {
    if let place = calls.running.firstIndex(of: id) {
      reach.refuse(place)
      return false
    }
    guard calls.running.count < Self.maximumCallDepth, !effort.isSpentOnCalls else {
      reach.refuse(-1)
      return false
    }
    return true
  }

  /// The result of a check; one that would go the same way is not made again.
  private func remembered(
    _ id: FunctionID, _ function: UserFunction, _ values: [StaticValue?]
  ) -> BodyResult {
    let key = key(id, function, values)
    if let key, let known = calls.known[key], holdsHere(known.reach) {
      numbering.noteWritings(known.writings)
      effort.add(known.weight, levels: known.levels)
      return known
    }
    let result = run(id, function, values)
    if let key, result.reach.isOfItself { calls.known[key] = result }
    return result
  }

  private func holdsHere(_ reach: BodyReach) -> Bool {
    calls.running.count + reach.height <= Self.maximumCallDepth
      && !calls.running.contains(where: reach.functions.contains)
  }

  /// `nil` where functions inside others are called or passed, whose names no version counts.
  private func key(
    _ id: FunctionID, _ function: UserFunction, _ values: [StaticValue?]
  ) -> BodyCheck? {
    if function.isInner || values.contains(where: isInnerFunction) { return nil }
    return BodyCheck(
      function: id, arguments: values.map { $0 ?? StaticValue.omitted },
      outerNames: outerNames.version, epoch: numbering.epoch)
  }

  private func isInnerFunction(_ value: StaticValue?) -> Bool {
    guard case .function(let id)? = value?.callee else { return false }
    return functions[id]?.isInner ?? false
  }

  private func run(
    _ id: FunctionID, _ function: UserFunction, _ values: [StaticValue?]
  ) -> BodyResult {
    guard let outside = enter(function, purpose: .call) else {
      return BodyResult()
    }
    let (mark, epoch, weight) = (numbering.mark, numbering.epoch, effort.weight)
    let outer = (context: context, reach: reach, dependence: present.dependence)
    (context, reach, present.dependence) = (Context(purpose: .call), BodyReach(), Dependence())
    let levels = effort.beginLevels()
    calls.running.append(id)
    for (parameter, value) in zip(function.declaration.parameters, values) {
      assign(parameter.name, argument(value, for: parameter))
    }
    var value = value(of: function.declaration.body)
    var faults = context.faults
    if context.isCutShort { (value, faults) = (.unknown, []) }
    calls.running.removeLast()
    reach.close(id, at: calls.running.count)
    let result = BodyResult(
      value: value.outside(mark), faults: faults, writings: numbering.epoch - epoch, reach: reach,
      weight: effort.weight - weight, levels: effort.endLevels(levels),
      dependence: present.dependence)
    (context, reach, present.dependence) = outer
    names.leave(to: outside)
    return result
  }

  private func argument(
    _ value: StaticValue?, for parameter: Statement.FunctionDeclaration.Parameter
  ) -> StaticValue {
    let value = value ?? parameter.defaultValue.map { self.value(of: $0) } ?? .unknown
    return value.numbered(numbering.opaque())
  }

  private func value(of body: Statement.FunctionDeclaration.Body) -> StaticValue {
    switch body {
    case .expression(let expression): return value(of: expression)
    case .block(let block):
      declareFunctions(in: block.statements)
      return value(of: block.statements)
    }
  }

  /// Enters the scope of a function's body; `nil` where the names around it are gone.
  private func enter(_ function: UserFunction, purpose: Context.Purpose) -> Names.Outside? {
    let body = ScopeID(offset: function.declaration.span.start)
    let assigned = AssignedNames(function.declaration.body)
    func frame(inside parent: Int) -> NameFrame {
      var frame = NameFrame(body, inside: parent)
      frame.assigned = assigned.first
      return frame
    }
    switch function.home {
    case .file: return names.enter(frame(inside: 0))
    case .body(let index, let serial):
      guard index < names.frames.count, names.frames[index].serial == serial else { return nil }
      return names.enter(frame(inside: index))
    case .used(let unit):
      var home = NameFrame(.file)
      home.bindings = Bindings(units.homes[unit] ?? [:])
      home.isOpen = units.homes[unit] == nil
      return names.enter(home, frame(inside: names.nextFrame))
    }
  }

  /// Reports to the caller what the call cannot do.
  private func raise(
    _ fault: CallFault, from id: FunctionID, _ function: UserFunction, at span: Span
  ) {
    var raised = fault
    let place = raised.diagnostic
    let name = function.declaration.name.text
    raised.diagnostic = Diagnostic(
      fault.root.kind, at: span, "in `\(name)`: \(fault.root.message)", remedy: fault.root.remedy)
    raised.diagnostic.severity = fault.root.severity
    if isShown(id, function) {
      raised.diagnostic.notes = [.init("the error occurs here", at: place.span, in: function.file)]
      raised.diagnostic.notes += place.notes.prefix(4)
    }
    guard context.muting == .none else { return }
    if context.purpose != .call {
      calls.faults.append(raised)
    } else if context.uncertainty == 0 {
      context.faults.append(raised)
    }
  }

  // MARK: - Bodies for all calls

  /// Checks the bodies of the file's functions, regardless of their arguments.
  func checkBodies(of declarations: [Statement.FunctionDeclaration]) {
    names.update {
      $0.bindings.replaceAll(
        with: options.isOpenEnded ? fileNames.everything.map { $0?.anything } : fileNames.everything
      )
      $0.awaitsMore = options.isOpenEnded
    }
    outerNames.changeAll()
    for declaration in declarations { checkBodyAndRecord(declaration) }
  }

  func checkBody(of declaration: Statement.FunctionDeclaration) {
    let function = UserFunction(declaration: declaration, home: .file, file: nil)
    guard let outside = enter(function, purpose: .body) else { return }
    let outer = context
    context = Context(purpose: .body)
    for parameter in declaration.parameters {
      if let standIn = parameter.defaultValue { _ = value(of: standIn) }
      assign(parameter.name, StaticValue.unknown.numbered(numbering.opaque()))
    }
    _ = value(of: declaration.body)
    checkInnerBodies(of: declaration)
    context = outer
    names.leave(to: outside)
  }

  /// Checks functions inside the function, for which its names may be anything.
  private func checkInnerBodies(of declaration: Statement.FunctionDeclaration) {
    for inner in AssignedNames(declaration.body).functions {
      for name in names.frames[names.current].bindings.names {
        names.bind(name, Binding(value: .unknown))
      }
      let function = UserFunction(
        declaration: inner,
        home: .body(frame: names.current, serial: names.frames[names.current].serial))
      guard let outside = enter(function, purpose: .body) else { continue }
      for parameter in inner.parameters { assign(parameter.name, .unknown) }
      _ = value(of: inner.body)
      checkInnerBodies(of: inner)
      names.leave(to: outside)
    }
  }

  /// Says what calls found, but for what is wrong in a body regardless of its arguments.
  func reportCallFaults() {
    for fault in calls.faults
    where fault.rootUnit != 0 || !findings.contains(fault.root.kind, at: fault.root.span) {
      if let finding = fault.reported { reported.insert(finding) }
      findings.add(fault.diagnostic)
    }
  }
}

extension StaticValue {
  /// Stands for an argument that is left out.
  fileprivate static var omitted: StaticValue {
    var value = StaticValue(.unknown)
    value.isNonEmpty = true
    return value
  }

  /// The value as it is known outside a body: rows that depend on what single calls pass are not.
  fileprivate func outside(_ mark: Int) -> StaticValue {
    var value = self
    if let number, number.isOpaque, number.serial > mark { value.number = nil }
    if let rows, rows.isMade(after: mark) { value.rows = nil }
    value.history = history.filter { !$0.rows.isMade(after: mark) }
    return value
  }
}

extension SymbolicRows {
  /// Whether they are of a value that was not fully known, and made after the mark.
  fileprivate func isMade(after mark: Int) -> Bool {
    switch self {
    case .source(let number): number.isOpaque && number.serial > mark
    case .part(let whole, let number, _):
      number.isOpaque && number.serial > mark || whole.isMade(after: mark)
    }
  }
}

extension Binding {
  fileprivate var anything: Binding { Binding(value: .unknown, place: place) }
}
