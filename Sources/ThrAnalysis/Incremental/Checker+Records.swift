import Algorithms
import ThrModel
import ThrSyntax

// Checks the file statement by statement and body by body, and takes over what was found before
// where nothing that a statement or body reads has changed.
//
// What checking a stretch of the text finds is determined by
// - its tokens, in which the parser found no fault,
// - the inputs of its record: what is known of every name that it mentions, and that functions
//   mention which it can call. A function's identity stands for the text of its declaration,
// - the number of writings before it, where it reads files, and whether the file is open for
//   unseen names,
// - the decisions known on the rows that it judges.
// What depends on more, as on all names visible for a “did you mean”, notes so by reading it (see
// `PresentStatement`), and is checked again each time. So is what points at places elsewhere. Where
// limits on the work may be met, as much as was done before matters, and nothing is taken over at
// all (see `Effort`).
extension Checker {
  private static let mostIndirectInputs = 200

  func checkFile() {
    checked.reserveCapacity(program.statements.count)
    for (index, statement) in program.statements.enumerated() {
      let span = statement.span
      let names = statementNames[index]
      var known = continuation?.records[index]
      if watch.lies(in: span) || isBroken(span) { known = nil }
      checked.append(
        takeOver(known, at: span.start)
          ?? record(
            span, names: names, mentioned: names.all, function: function(declaredBy: statement),
            isReusable: names.isSelfContained && !isBroken(span)
          ) { _ = value(of: [statement]) })
      if watch.lies(in: span), !isWatchedInFunction {
        watch.answer()
        return
      }
    }
  }

  /// Whether the watched name stands in a function, so that its calls and the names given values
  /// after it count too.
  private var isWatchedInFunction: Bool {
    guard let place = watch.place else { return false }
    return !SyntaxPath(to: place.start, in: program).functions.isEmpty
  }

  private func function(declaredBy statement: Statement) -> FunctionID? {
    guard case .function(let function) = statement else { return nil }
    return id(of: function)
  }

  /// Checks a function's body for all calls, as it is noted for later questions.
  func checkBodyAndRecord(_ declaration: Statement.FunctionDeclaration) {
    let id = id(of: declaration)
    let span = declaration.span
    let mentioned = functions[id].map { Array($0.mentioned) } ?? []
    var known = continuation?.bodies[id]
    if watch.lies(in: span) || isBroken(span) { known = nil }
    checkedFunctions.append(
      takeOver(known, at: span.start)
        ?? record(
          span, names: nil, mentioned: mentioned, function: id, isReusable: !isBroken(span)
        ) { checkBody(of: declaration) })
  }

  // MARK: - Taking over

  /// Does what checking a stretch of the text did before, if it would do it again.
  private func takeOver(_ record: CheckRecord?, at start: Int) -> CheckedStatement? {
    guard let record, let effects = record.effects, holds(effects, at: start, record.span.count)
    else { return nil }
    var labelled: [Int] = []
    for label in effects.labelled {
      guard let function = functions[label.function] else { return nil }
      labelled.append(function.declaration.span.start)
    }
    let shift = start - record.span.start
    let origins = effects.inputs.map { names.frames[0].bindings.values[$0.slot]?.origin }
    func current(_ bound: BoundName) -> Binding {
      if let place = bound.binding.place, record.span.holds(place.start) {
        return bound.binding.given(at: place.moved(by: shift), in: bound.binding.foreign)
      }
      let outer = names.frames[0].bindings.values[bound.slot]
      return bound.binding.given(at: outer?.place, in: outer?.foreign)
    }
    for bound in effects.bindings { fileNames.note(current(bound), at: bound.slot) }
    for bound in effects.final {
      let binding = current(bound)
      if names.frames[0].bindings.stamps[bound.slot] != binding.stamp {
        outerNames.change(bound.name)
      }
      names.rebind(binding, at: bound.slot)
    }
    numbering.noteWritings(effects.writings)
    effort.add(effects.weight)
    for diagnostic in effects.diagnostics { findings.add(diagnostic.moved(by: shift)) }
    for finding in effects.reported { reported.insert(finding.moved(by: shift)) }
    for met in effects.judged { judged[met.judgement] = met.after }
    return CheckedStatement(record: record, start: start, origins: origins, labelled: labelled)
  }

  private func holds(_ effects: CheckRecord.Effects, at start: Int, _ count: Int) -> Bool {
    guard effects.epoch.map({ $0 == numbering.epoch }) ?? true,
      effects.isOpen == names.frames[0].isOpen
    else { return false }
    let span = Span(start, start + count)
    return effects.inputs.allSatisfy { isUnchanged($0, in: span) }
      && effects.judged.allSatisfy { judged[$0.judgement] == $0.before }
  }

  private func isUnchanged(_ input: CheckRecord.Input, in span: Span) -> Bool {
    guard assigned(input.slot, in: span) == input.assigned else { return false }
    guard let before = input.binding else {
      return names.frames[0].bindings.stamps[input.slot] == Bindings.unboundStamp
    }
    return names.frames[0].bindings.values[input.slot]?.isSame(as: before) ?? false
  }

  private func assigned(_ slot: Int, in span: Span) -> CheckRecord.Assigned {
    guard let first = fileNames.firstPlace(of: slot) else { return .nowhere }
    return span.holds(first) ? .here(first - span.start) : .elsewhere
  }

  // MARK: - Recording

  private func record(
    _ span: Span, names: StatementNames?, mentioned: [String], function: FunctionID?,
    isReusable: Bool, _ check: () -> Void
  ) -> CheckedStatement {
    let isDeclaration = names != nil && function != nil
    let inputs =
      isReusable && !options.isFinal
      ? inputs(mentioned, in: span, ofDeclaration: isDeclaration) : nil
    let origins = (inputs ?? []).map { self.names.frames[0].bindings.values[$0.slot]?.origin }
    let (epoch, weight, found) = (numbering.epoch, effort.weight, findings.count)
    let faults = calls.faults.count
    let outer = notes
    notes = Notes()
    present = PresentStatement()
    check()
    notes.settle()
    let diagnostics = findings.added(since: found)
    var effects: CheckRecord.Effects?
    if let inputs, !present.dependence.isOnMoreThanRecords, calls.faults.count == faults,
      diagnostics.allSatisfy({ $0.speaksOnly(of: span) })
    {
      effects = CheckRecord.Effects(
        inputs: inputs, epoch: present.dependence.isOnWritings ? epoch : nil,
        writings: numbering.epoch - epoch,
        weight: effort.weight - weight, isOpen: self.names.frames[0].isOpen,
        bindings: present.bound, final: finalBindings,
        diagnostics: Array(diagnostics), reported: present.reported,
        judged: present.judgedBefore.map {
          CheckRecord.Judged(judgement: $0.key, before: $0.value, after: judged[$0.key])
        },
        labelled: Array(present.labelled))
    }
    let record = CheckRecord(
      span: span, names: names, function: function, notes: notes, effects: effects)
    notes = outer
    return CheckedStatement(
      record: record, start: span.start, origins: effects == nil ? [] : origins,
      labelled: effects?.labelled.map(\.start) ?? [])
  }

  /// What is known now of names, and of those that functions mention which these lead to; `nil` if
  /// these are so many that checking again costs less than to keep them.
  private func inputs(
    _ mentioned: [String], in span: Span, ofDeclaration isDeclaration: Bool
  ) -> [CheckRecord.Input]? {
    var inputs: [CheckRecord.Input] = []
    inputs.reserveCapacity(mentioned.count)
    var calls: [FunctionID] = []
    func add(_ name: String) {
      let slot = names.fileSlot(of: name)
      let binding = names.frames[0].bindings.values[slot]
      inputs.append(
        CheckRecord.Input(
          name: name, slot: slot, binding: binding, assigned: assigned(slot, in: span)))
      if case .function(let id)? = binding?.value.callee { calls.append(id) }
    }
    for name in mentioned { add(name) }
    // A declaration calls nothing; its body has a record of its own.
    if calls.isEmpty || isDeclaration { return inputs }
    var met = Set(mentioned)
    while let id = calls.popLast() {
      // Of functions that call one another in a long row, each would keep all that stand before it.
      if inputs.count > mentioned.count + Self.mostIndirectInputs { return nil }
      for name in functions[id]?.mentioned ?? [] where met.insert(name).inserted { add(name) }
    }
    return inputs
  }

  /// What the names that were given values are now.
  private var finalBindings: [BoundName] {
    var met: Set<Int> = []
    return present.bound.compactMap { bound in
      guard present.bound.count == 1 || met.insert(bound.slot).inserted,
        let binding = names.frames[0].bindings.values[bound.slot]
      else { return nil }
      return BoundName(slot: bound.slot, name: bound.name, binding: binding)
    }
  }

  /// Whether the parser found something in a part of the text.
  func hasFault(in span: Span) -> Bool {
    let next = faults.partitioningIndex { $0 >= span.start }
    return next < faults.count && faults[next] <= span.end
  }
}
