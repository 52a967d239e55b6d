import ThrModel
import ThrSyntax

// Checks the file statement by statement, and takes over what was found before where nothing that
// a statement reads has changed.
//
// Only what is simple is taken over: statements without functions, without diagnostics, and whose
// rows are not judged. What functions read is not seen from outside; diagnostics have places in
// their words.
extension Checker {
  func checkFile() {
    for statement in program.statements {
      let span = statement.span
      if let record = continuation?.record(at: span), let effects = record.effects,
        !isWatched(span), holds(effects)
      {
        repeatEffects(effects, of: record, at: span.start)
      } else {
        checkAndRecord(statement)
      }
    }
  }

  private func isWatched(_ span: Span) -> Bool {
    watched.map { span.start <= $0.start && $0.end <= span.end } ?? false
  }

  // MARK: - Taking over

  private func holds(_ effects: StatementRecord.Effects) -> Bool {
    guard effects.epoch == numbering.epoch, effects.isOpen == names.frames[0].isOpen,
      !effort.isNearLimits
    else { return false }
    return effects.inputs.allSatisfy { name, input in
      self.input(name) == input && names.frames[0].bindings[name]?.value.callee == nil
    }
  }

  private func input(_ name: String) -> StatementRecord.Input {
    let binding = names.frames[0].bindings[name]
    return StatementRecord.Input(
      value: binding?.value, isCertain: binding?.isCertain ?? false,
      isAssigned: names.frames[0].assigned[name] != nil)
  }

  private func repeatEffects(
    _ effects: StatementRecord.Effects, of record: StatementRecord, at start: Int
  ) {
    let origins = origins(of: effects.inputs.keys)
    func current(_ binding: Binding, _ name: String) -> Binding {
      var binding = binding
      guard let place = binding.place, record.span.holds(place.start) else {
        let outer = names.frames[0].bindings[name]
        (binding.place, binding.foreign) = (outer?.place, outer?.foreign)
        return binding
      }
      binding.place = place.moved(by: start - record.span.start)
      return binding
    }
    let bindings = effects.bindings.map { ($0.name, current($0.binding, $0.name)) }
    let final = effects.final.map { ($0.name, current($0.binding, $0.name)) }
    for (name, binding) in bindings { noteEver(name, binding) }
    for (name, binding) in final {
      if names.frames[0].bindings[name]?.value != binding.value { outerNames.change(name) }
      names.bind(name, binding)
    }
    numbering.noteWritings(effects.writings)
    effort.add(effects.steps)
    checked.append(CheckedStatement(record: record, start: start, origins: origins))
  }

  private func origins(of names: some Sequence<String>) -> [String: Origin] {
    var origins: [String: Origin] = [:]
    for name in names { origins[name] = self.names.frames[0].bindings[name]?.origin }
    return origins
  }

  // MARK: - Recording

  private func checkAndRecord(_ statement: Statement) {
    var mentioned = MentionedNames()
    mentioned.collect([statement])
    let assigned = AssignedNames([statement])
    let all = mentioned.all.union(assigned.first.keys)
    let inputs = Dictionary(uniqueKeysWithValues: all.map { ($0, input($0)) })
    let origins = origins(of: all)
    let isSimple =
      statement.isSimple && assigned.functions.isEmpty && !hasFault(in: statement.span)
      && inputs.values.allSatisfy { $0.value?.callee == nil }
    let (epoch, steps, found) = (numbering.epoch, effort.steps, findings.attempts)
    let outer = notes
    notes = Notes()
    boundNames = []
    hasJudged = false
    _ = value(of: [statement])
    let isReusable = isSimple && findings.attempts == found && !hasJudged
    let effects =
      isReusable
      ? StatementRecord.Effects(
        inputs: inputs, epoch: epoch, writings: numbering.epoch - epoch,
        steps: effort.steps - steps, isOpen: names.frames[0].isOpen, bindings: boundNames,
        final: finalBindings) : nil
    let record = StatementRecord(span: statement.span, notes: notes, effects: effects)
    notes = outer
    checked.append(
      CheckedStatement(record: record, start: statement.span.start, origins: origins))
  }

  /// What the names that were given values are now.
  private var finalBindings: [(name: String, binding: Binding)] {
    var met: Set<String> = []
    return boundNames.compactMap { name, _ in
      guard met.insert(name).inserted, let binding = names.frames[0].bindings[name] else {
        return nil
      }
      return (name, binding)
    }
  }

  /// Whether the parser found something in a part of the text.
  func hasFault(in span: Span) -> Bool {
    var low = 0
    var high = faults.count
    while low < high {
      let middle = (low + high) / 2
      if faults[middle] < span.start { low = middle + 1 } else { high = middle }
    }
    return low < faults.count && faults[low] <= span.end
  }
}

extension Statement {
  /// Whether it can be taken over at all.
  fileprivate var isSimple: Bool {
    switch self {
    case .assignment, .expression, .loop: true
    case .function, .use, .invalid: false
    }
  }
}
