import ParallelWork
import TableIO
import ThrModel
import ThrSyntax

/// Carries a notebook from one evaluation to the next; lives on the evaluation thread.
final class NotebookRunner {
  let evaluator: Evaluator
  let journal = Journal()
  let guardian = EffectGuard()
  let collector = NotebookCollector()
  let workingFolder: String
  /// What builtins may reach before permissions narrow it.
  private let openContext: CallContext
  var units = NotebookUnits()
  private(set) var passNumber = 0
  private(set) var runCount = 0
  private(set) var rememberedCount = 0
  private var lastRun = 0

  // What holds in the evaluation under way.
  var limits = NotebookLimits(Notebook.Budget(), Interruption())
  var files: FencedFileSystem
  var budget = Notebook.Budget()
  var states: [String: NotebookState] = [:]
  var usedStates: [String: NotebookState] = [:]
  var places = NotebookPlaces()
  /// Used files whose names are missing because they were not run to their ends.
  var missingFiles: [String] = []
  /// A used file that is out of reach here, though a run would go on, and whose names no one knows:
  /// nothing after it is known.
  var unreachableFile: String?
  var namesOfUsed: (String) -> Set<String>? = { _ in nil }

  init(_ library: Library, _ context: CallContext, workingFolder: String, isStrict: Bool) {
    let collector = collector
    openContext = context
    self.workingFolder = workingFolder
    files = FencedFileSystem(context.files, workingFolder: workingFolder, folders: [])
    var inner = context
    inner.print = { collector.take(.printed($0)) }
    inner.progress = { _ in }
    evaluator = Evaluator(
      library, inner, isStrict: isStrict, reporter: Reporter { collector.take($0) },
      sources: SourceStore(), arguments: [])
    journal.absent = Journal.Absences()
    evaluator.scope.journal = journal
    evaluator.guardian = guardian
  }

  /// Functions and the scopes that they read keep each other alive.
  func clear() {
    evaluator.scope.clear()
    for unit in units.all {
      for memory in unit.memories {
        for case .done(let names) in (memory.product?.used ?? []).map(\.file) { names.clear() }
      }
    }
  }

  func newRun() -> Int {
    lastRun += 1
    return lastRun
  }

  func countRun() { runCount += 1 }
  func countRemembered() { rememberedCount += 1 }
}

// MARK: - One evaluation

extension NotebookRunner {
  func evaluate(
    _ pass: NotebookPass, on stack: StackBounds, deliver: (StatementResult) -> Void
  ) -> Notebook.Outcome {
    let turns = begin(pass, on: stack)
    defer { end(pass) }
    return AvailableMemory.$ceiling.withValue(limits.memoryCeiling) {
      run(turns, of: pass, deliver: deliver)
    }
  }

  private func run(
    _ turns: [NotebookUnit?], of pass: NotebookPass, deliver: (StatementResult) -> Void
  ) -> Notebook.Outcome {
    let statements = pass.parse.program.statements
    var ranOut = false
    for (position, unit) in turns.enumerated() {
      let statement = statements[position]
      if let limit = pass.limit, statement.span.start > limit { break }
      guard let turn = take(unit, statement, number: position + 1, pass) else { return .cancelled }
      if case .refused(.noTimeLeft) = turn.ending { ranOut = true }
      let result = places.result(of: turn, at: statement.span)
      if limits.isInterrupted { return .cancelled }
      deliver(result)
    }
    return ranOut ? .outOfBudget : .finished
  }

  /// - Returns: the units of the text's statements; `nil` for those with errors.
  private func begin(_ pass: NotebookPass, on stack: StackBounds) -> [NotebookUnit?] {
    passNumber += 1
    budget = pass.budget
    namesOfUsed = pass.namesOfUsed
    let limits = NotebookLimits(pass.budget, pass.interruption)
    self.limits = limits
    let name = pass.path.map { SourcePath.resolve($0, in: "") } ?? "this text"
    let folder = pass.path.map { SourcePath.folder(of: SourcePath.resolve($0, in: "")) } ?? ""
    allowFiles(pass, folder, limits)
    evaluator.stack = stack
    evaluator.programFile = name
    evaluator.used = [name: .running]
    evaluator.ledger.clear()
    guardian.mayAct = pass.permissions.mayAct
    collector.beginPass()
    states = [:]
    usedStates = [name: .unavailable]
    missingFiles = []
    unreachableFile = nil
    let all = units.units(of: pass.parse, folder: folder, pass: passNumber)
    let turns = zip(all, pass.parse.statementsWithErrors).map { $1 ? nil : $0 }
    places = NotebookPlaces(turns, pass.parse.program.statements, file: name)
    declareFunctions(turns)
    return turns
  }

  private func allowFiles(_ pass: NotebookPass, _ folder: String, _ limits: NotebookLimits) {
    let collector = collector
    let files = FencedFileSystem(
      openContext.files, workingFolder: workingFolder,
      folders: pass.permissions.readableFolders, largest: pass.budget.bytesPerFile,
      mayWrite: pass.permissions.mayAct
    ) { collector.take($0) }
    self.files = files
    evaluator.context.files = ObservedFileSystem(files) { collector.take($0, in: files) }
    evaluator.context.scriptFolder = folder.isEmpty ? nil : folder
    evaluator.context.isCancelled = { limits.shouldStop }
  }

  /// A function is visible throughout the text; of two, the first one until the second is reached.
  private func declareFunctions(_ turns: [NotebookUnit?]) {
    for unit in turns.reversed() { declare(unit, number: 0) }
  }

  func declare(_ unit: NotebookUnit?, number: Int) {
    guard let unit, let declaration = unit.declaration else { return }
    let name = declaration.syntax.name
    journal.begin(number)
    evaluator.scope.bind(name.text, .function(declaration), at: name.span, in: unit.file.name)
    states[name.text] = .declared(unit.file.name)
  }

  private func end(_ pass: NotebookPass) {
    evaluator.scope.clear()
    evaluator.used = [:]
    evaluator.ledger.clear()
    places = NotebookPlaces()
    namesOfUsed = { _ in nil }
    units.prune(before: passNumber - 64)
    letGo(beyond: pass.budget.bytesRemembered)
  }
}

extension Parse {
  /// For each statement whether an error lies in it, or after it and before the next one.
  fileprivate var statementsWithErrors: [Bool] {
    var errors = diagnostics.filter { $0.severity == .error }.map(\.span.start).sorted()[...]
    let starts = program.statements.map(\.span.start)
    return starts.indices.map { position in
      let end = position + 1 < starts.count ? starts[position + 1] : Int.max
      let own = errors.prefix { $0 < end }
      errors = errors.dropFirst(own.count)
      return own.contains { $0 >= starts[position] }
    }
  }
}
