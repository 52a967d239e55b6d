import TableIO
import ThrModel
import ThrSyntax

extension NotebookRunner {
  /// Runs a statement, and remembers what came of it; `nil` where it was interrupted.
  func run(_ unit: NotebookUnit, number: Int) -> NotebookTurn? {
    let usedBefore = evaluator.used
    let start = MonotonicClock.now
    beginRun(of: unit, number)
    let ending: NotebookMemory.Ending
    do {
      try evaluator.execute(unit.statement, .top)
      ending = .done
    } catch {
      guard let reason = self.ending(of: error) else {
        evaluator.scope.rollBack()
        return nil
      }
      ending = reason
    }
    countRun()
    let reads = reads(beforeUsing: usedBefore)
    let memory = NotebookMemory(
      run: runNumber(reads, unit), reads: reads, binders: binders(ending), ending: ending,
      losing: unit.boundNames.union(journal.bound.map(\.name)), reported: collector.outputs,
      reports: evaluator.ledger.consultations,
      product: product(ending, usedBefore), seconds: Double(MonotonicClock.now - start) / 1e9,
      pass: passNumber)
    settle(memory, unit, usedBefore, number)
    return NotebookTurn(
      unit: unit, ending: ending, reported: memory.reported,
      bound: (memory.product?.bindings ?? []).compactMap(bound), run: memory.run)
  }

  private func beginRun(of unit: NotebookUnit, _ number: Int) {
    limits.beginStatement()
    guardian.begin()
    collector.beginStatement()
    evaluator.ledger.mark()
    evaluator.reporter.clear()
    evaluator.depth = 0
    evaluator.file = unit.file
    journal.begin(number)
  }

  /// Why a statement stopped; `nil` where it was interrupted.
  private func ending(of stop: Stop) -> NotebookMemory.Ending? {
    switch stop {
    case .refused(let refusal): return .refused(refusal)
    case .exited(let status): return .refused(.exit(status))
    case .cancelled:
      switch limits.reason {
      case .not, .interrupted: return nil
      case .statementTime: return .refused(.time(seconds: budget.secondsPerStatement))
      case .runTime: return .refused(.noTimeLeft)
      case .memory: return .refused(.memory(bytes: budget.bytes))
      }
    case .failed(let fault):
      let failure = fault.failure(in: evaluator.file)
      switch collector.refusal {
      case .outside(let path)?: return .refused(.file(path))
      case .writing(let path)?: return .refused(.file(path))
      case .tooLarge(let path, let bytes)?: return .refused(.fileTooLarge(path, bytes: bytes))
      case nil: break
      }
      if failure.diagnostics.contains(where: { $0.kind == .outOfMemory }) {
        return .refused(.memory(bytes: budget.bytes))
      }
      let isUnknownName = failure.diagnostics.contains { $0.kind == .unknownName }
      if isUnknownName, let file = missingFiles.first { return .refused(.needs(file)) }
      return .failed(failure)
    }
  }

  // MARK: - What it read

  /// What the statement under way has read, in the state that it was in before.
  private func reads(beforeUsing used: [String: UsedFile]) -> [NotebookCell: NotebookState] {
    var reads: [NotebookCell: NotebookState] = [:]
    for read in journal.read { reads[.name(read.name)] = states[read.name] ?? .absent }
    for name in journal.absent?.names ?? [] { reads[.name(name)] = .absent }
    if journal.absent?.readsAllNames == true { reads[.names] = allNames }
    for path in guardian.usedFiles { reads[.used(path)] = usedStates[path] ?? .absent }
    for (path, stamp) in collector.touched { reads[.file(path)] = .file(stamp) }
    for look in evaluator.ledger.consultations where reads[.report(look.rows)] == nil {
      reads[.report(look.rows)] = look.before.map { .decision($0) } ?? .absent
    }
    return reads
  }

  /// A failure may point to the lines that bound the names it is about.
  private func binders(_ ending: NotebookMemory.Ending) -> [String: String] {
    guard case .failed = ending else { return [:] }
    var binders: [String: String] = [:]
    for read in journal.read { binders[read.name] = evaluator.scope.binding(read.name)?.file }
    for (name, old) in journal.bound { binders[name] = old?.file }
    return binders
  }

  // MARK: - What it made

  private func product(
    _ ending: NotebookMemory.Ending, _ usedBefore: [String: UsedFile]
  ) -> NotebookMemory.Product {
    guard case .done = ending else { return .init(bindings: [], used: [], size: 0) }
    let bindings = journal.bound.map(\.name).sorted().compactMap { name in
      evaluator.scope.binding(name).map { (name: name, binding: $0) }
    }
    let used = evaluator.used.filter { usedBefore[$0.key] == nil }.map {
      (path: $0.key, file: $0.value)
    }
    var size = bindings.reduce(0) { $0 + $1.binding.footprint }
    for case .done(let names) in used.map(\.file) {
      size += names.bindings.reduce(0) { $0 + $1.binding.footprint }
    }
    return .init(bindings: bindings, used: used, size: size)
  }

  /// The number of a run: that of an earlier one which must have come out the same, if what it
  /// made was let go, so that no one who read it needs to run again.
  private func runNumber(
    _ reads: [NotebookCell: NotebookState], _ unit: NotebookUnit
  ) -> Int {
    let forgotten = unit.memories.first { $0.product == nil && $0.reads == reads }
    // A function made in a call equals no function of another call.
    let makesFunctions = journal.bound.contains { name, _ in
      evaluator.scope.binding(name)?.holdsFunctions ?? false
    }
    guard let forgotten, !makesFunctions, guardian.usedFiles.isEmpty else { return newRun() }
    unit.memories.removeAll { $0 === forgotten }
    return forgotten.run
  }

  /// Makes the outcome what later statements see, and remembers it.
  private func settle(
    _ memory: NotebookMemory, _ unit: NotebookUnit, _ usedBefore: [String: UsedFile], _ number: Int
  ) {
    if case .done = memory.ending {
      for (name, binding) in memory.product?.bindings ?? [] {
        states[name] = NotebookState(binding.content, madeBy: memory.run)
      }
      for (path, _) in memory.product?.used ?? [] { usedStates[path] = .made(memory.run) }
    } else {
      evaluator.scope.rollBack()
      evaluator.ledger.rollBack()
      evaluator.used = usedBefore
      lose(memory.lost, of: unit, memory.ending, number)
    }
    if case .refused(.memory) = memory.ending { ResidentMemory.trim() }
    guard !guardian.hasActed, isWorthRemembering(memory.ending) else { return }
    unit.memories.insert(memory, at: 0)
    if unit.memories.count > Self.mostMemories { unit.memories.removeLast() }
  }

  private static let mostMemories = 6

  private func isWorthRemembering(_ ending: NotebookMemory.Ending) -> Bool {
    switch ending {
    case .done, .failed, .refused(.effect), .refused(.exit), .refused(.time), .refused(.memory):
      true
    case .refused: false
    }
  }

  // MARK: - Letting go

  /// Lets go of what was made, down to a size: first of what has not been asked for lately, then
  /// of what takes much memory for the time that it saved.
  func letGo(beyond bytes: Int) {
    var held = units.all.flatMap(\.memories).compactMap { memory in
      memory.product.map { (memory: memory, size: $0.size + memory.reported.size) }
    }
    var total = held.reduce(0) { $0 + $1.size }
    guard total > bytes else { return }
    // Small things give little room.
    held.removeAll { $0.size < 1 << 12 }
    held.sort { left, right in
      if left.memory.lastPass != right.memory.lastPass {
        return left.memory.lastPass < right.memory.lastPass
      }
      return left.memory.seconds * Double(right.size) < right.memory.seconds * Double(left.size)
    }
    for (memory, size) in held {
      guard total > bytes else { break }
      memory.letGo()
      total -= size
    }
    ResidentMemory.trim()
  }
}

extension Scope.Binding {
  fileprivate var footprint: Int {
    if case .value(let value) = content { value.footprint } else { 64 }
  }

  fileprivate var holdsFunctions: Bool {
    if case .value(let value) = content { value.holdsFunctions } else { false }
  }
}

extension Value {
  fileprivate var holdsFunctions: Bool {
    switch self {
    case .function: true
    case .list(let list): !list.isPacked && list.contains(where: \.holdsFunctions)
    case .record(let record): record.fields.contains(where: \.value.holdsFunctions)
    default: false
    }
  }
}
