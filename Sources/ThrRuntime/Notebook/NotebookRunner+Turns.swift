import TableIO
import ThrModel
import ThrSyntax

/// What came of a statement in one evaluation.
struct NotebookTurn {
  var unit: NotebookUnit?
  var ending: NotebookMemory.Ending
  var reported = NotebookOutputs()
  var bound: [StatementResult.Bound] = []
  var wasRemembered = false
  var run: Int?
}

extension NotebookRunner {
  /// Gives a statement its turn; `nil` where the evaluation was interrupted.
  func take(
    _ unit: NotebookUnit?, _ statement: Statement, number: Int, _ pass: NotebookPass
  ) -> NotebookTurn? {
    guard let unit else {
      return refused(nil, .incomplete, losing: pass.parse.namesBound(by: statement), number)
    }
    if let unreachableFile {
      return refused(unit, .needs(unreachableFile), losing: unit.boundNames, number)
    }
    if unit.declaration != nil {
      declare(unit, number: number)
      return NotebookTurn(unit: unit, ending: .done)
    }
    if let memory = memory(of: unit) { return recall(memory, of: unit, number: number) }
    guard limits.hasTimeLeft else {
      return refused(unit, .noTimeLeft, losing: unit.boundNames, number)
    }
    return run(unit, number: number)
  }

  // MARK: - Remembering

  /// A run of the statement that would come out the same now.
  private func memory(of unit: NotebookUnit) -> NotebookMemory? {
    unit.memories.first { memory in
      isValid(memory) && memory.reads.allSatisfy { state(of: $0.key) == $0.value }
    }
  }

  private func isValid(_ memory: NotebookMemory) -> Bool {
    switch memory.ending {
    case .done: guard memory.product != nil else { return false }
    case .failed(let failure): guard places.know(failure) else { return false }
    case .refused(.effect): guard !guardian.mayAct else { return false }
    case .refused(.exit): break
    case .refused(.time(let seconds)):
      guard seconds >= budget.secondsPerStatement else { return false }
    case .refused(.memory(let bytes)): guard bytes >= budget.bytes else { return false }
    case .refused: return false
    }
    return memory.binders.allSatisfy { evaluator.scope.binding($0.key)?.file == $0.value }
      && memory.reported.warnings.allSatisfy { places.know($0.file) }
  }

  /// The state of a cell; `nil` for one that equals no state.
  func state(of cell: NotebookCell) -> NotebookState? {
    switch cell {
    case .name(let name): return states[name] ?? .absent
    case .names: return allNames
    case .used(let path): return usedStates[path] ?? .absent
    case .file(let path):
      guard files.isInside(path) else { return nil }
      let stamp = collector.stamp(of: path, in: files)
      return stamp == .unknown ? nil : .file(stamp)
    case .report(let rows):
      return evaluator.ledger.decision(on: rows).map { .decision($0) } ?? .absent
    }
  }

  /// Which names there are, and which files failed to bring theirs.
  var allNames: NotebookState { .names(states.keys.sorted() + missingFiles) }

  private func recall(
    _ memory: NotebookMemory, of unit: NotebookUnit, number: Int
  ) -> NotebookTurn {
    countRemembered()
    memory.lastPass = passNumber
    journal.begin(number)
    switch memory.ending {
    case .done:
      for (name, binding) in memory.product?.bindings ?? [] {
        evaluator.scope.restore(name, binding)
        states[name] = NotebookState(binding.content, madeBy: memory.run)
      }
      for (path, file) in memory.product?.used ?? [] {
        evaluator.used[path] = file
        usedStates[path] = .made(memory.run)
      }
      for look in memory.reports { evaluator.ledger.note(look.after, on: look.rows) }
    case .failed, .refused: lose(memory.lost, of: unit, memory.ending, number)
    }
    return NotebookTurn(
      unit: unit, ending: memory.ending, reported: memory.reported,
      bound: (memory.product?.bindings ?? []).compactMap(bound), wasRemembered: true,
      run: memory.run)
  }

  func bound(_ name: String, _ binding: Scope.Binding) -> StatementResult.Bound? {
    switch binding.content {
    case .value(let value): .init(name: name, value: value)
    case .function(let declaration):
      .init(name: name, value: .function(Function(declaration, in: evaluator.scope, nil)))
    case .unavailable: nil
    }
  }

  // MARK: - Statements without a value

  private func refused(
    _ unit: NotebookUnit?, _ refusal: Refusal, losing names: Set<String>, _ number: Int
  ) -> NotebookTurn {
    lose(names, of: unit, .refused(refusal), number)
    return NotebookTurn(unit: unit, ending: .refused(refusal))
  }

  /// Marks what a statement would have made, so that no one reads what stood there before.
  func lose(
    _ names: Set<String>, of unit: NotebookUnit?, _ ending: NotebookMemory.Ending, _ number: Int
  ) {
    journal.begin(number)
    lose(names, of: unit)
    guard let unit, unit.declaration == nil else { return }
    let paths = unit.statement.uses.map(\.path)
    if case .failed = ending {
      // A run would end here: there is nothing that later statements could be wrong about.
      missingFiles += paths
      return
    }
    for path in paths {
      if let names = namesOfUsed(path) {
        lose(names, of: unit)
      } else {
        unreachableFile = unreachableFile ?? path
      }
    }
  }

  private func lose(_ names: Set<String>, of unit: NotebookUnit?) {
    for name in names {
      evaluator.scope.bind(
        name, .unavailable(Unavailable(name: name)), at: Span(0, 0), in: unit?.file.name ?? "")
      states[name] = .unavailable
    }
  }
}

extension Parse {
  /// The names that a statement with errors was going to bind, as far as can be seen.
  fileprivate func namesBound(by statement: Statement) -> Set<String> {
    var names = statement.namesBound
    let span = statement.span
    let inside = tokens.filter { span.start <= $0.start && $0.end <= span.end }
    for (token, next) in zip(inside, inside.dropFirst()) {
      if token.kind == .name, next.kind == .assign {
        names.insert(source.text(Span(token.start, token.end)))
      }
      if token.kind == .fn, next.kind == .name {
        names.insert(source.text(Span(next.start, next.end)))
      }
    }
    return names
  }
}
