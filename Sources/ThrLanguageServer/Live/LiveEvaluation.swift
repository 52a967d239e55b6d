import DocumentEvaluation
import ThrAnalysis
import ThrSyntax

/// Keeps the values of the open texts up to date in the background.
///
/// A text is evaluated when no one has changed it for a moment, and no longer than until the next
/// change. What a person asks for goes first.
final class LiveEvaluation {
  /// How long a text must rest before it is evaluated.
  static let pause = Duration.milliseconds(150)
  /// How many seconds a person who points at something waits for its values.
  private static let patience = 2.0
  /// How long values that have come wait for others, so that the client looks at them together.
  private static let gathering = Duration.milliseconds(100)

  private struct Run {
    let number: Int
    let address: String
    let generation: Int
    let cancellation: Cancellation
    var purpose: Purpose
  }

  /// What becomes of what a run finds.
  private enum Purpose {
    /// The values of the text, by itself.
    case background
    /// The same, because someone asked for it.
    case values(then: (EvaluationOutcome) -> Void)
    /// Nothing of the text's own: someone asked for an answer.
    case answer([EvaluatedStatement], then: (EvaluationOutcome, [EvaluatedStatement]) -> Void)
    /// Nothing of the text's own, and no more than the text may do by itself.
    case look(then: () -> Void)

    var isBackground: Bool { if case .background = self { true } else { false } }
    /// Whether the text's own values are complete after it as before.
    var isLook: Bool { if case .look = self { true } else { false } }
  }

  private unowned let server: Server
  private lazy var worker = EvaluationWorker(server.host.evaluator, server.inbox)
  private var isWorking = false
  /// The texts to be evaluated, and when.
  private var due: [String: ContinuousClock.Instant] = [:]
  /// The runs that have been handed to the worker and have not ended, in order.
  private var runs: [Run] = []
  private var lastRun = 0
  /// When the client is to look at the values that have come; `nil` where it knows them all.
  private var showing: ContinuousClock.Instant?

  init(_ server: Server) { self.server = server }

  /// Whether something runs that someone asked for, so that anything else would wait.
  var isAsked: Bool { runs.contains { !$0.purpose.isBackground } }

  // MARK: - When to run

  /// The moment at which something will be due.
  var nextDeadline: ContinuousClock.Instant? {
    // What someone asked for is not disturbed: what becomes due meanwhile waits for its end.
    let next = runs.contains { !$0.purpose.isBackground } ? nil : due.values.min()
    guard let next, let showing else { return next ?? showing }
    return min(next, showing)
  }

  /// Does what is due.
  func wake() {
    let now = ContinuousClock.now
    if let showing, showing <= now { show() }
    if !runs.contains(where: { !$0.purpose.isBackground }) { startDue(now) }
  }

  /// A text has changed: its run ends, and another will begin when the text has not changed for a while.
  func schedule(_ document: OpenDocument) {
    for run in runs where run.address == document.address && run.generation != document.generation {
      run.cancellation.cancel()
    }
    guard server.settings.liveValues, server.lifecycle == .running else { return }
    due[document.address] = .now + Self.pause
  }

  func scheduleAll() {
    for document in server.workspace.documents.values { schedule(document) }
  }

  /// Forgets every value, and what they were computed from.
  func forgetAll() {
    for run in runs where run.purpose.isBackground { run.cancellation.cancel() }
    for document in server.workspace.documents.values {
      document.dropValues()
      document.needsPublishing = true
      if isWorking { worker.forget(document.address) }
    }
    server.valuesChanged()
  }

  func settingsChanged() {
    due = [:]
    for run in runs where run.purpose.isBackground { run.cancellation.cancel() }
    for document in server.workspace.documents.values {
      document.dropValues()
      document.needsPublishing = true
    }
    scheduleAll()
  }

  func close(_ address: String) {
    due[address] = nil
    for run in runs where run.address == address { run.cancellation.cancel() }
    if isWorking { worker.forget(address) }
  }

  func stop() {
    due = [:]
    for run in runs { run.cancellation.cancel() }
    if isWorking { worker.stop() }
    isWorking = false
  }

  private func startDue(_ now: ContinuousClock.Instant) {
    guard let next = due.min(by: { $0.value < $1.value }), next.value <= now else { return }
    due[next.key] = nil
    guard let document = server.workspace.documents[next.key] else { return }
    // The values of a text that is edited meanwhile come first.
    for run in runs where run.purpose.isBackground && !run.cancellation.isCancelled {
      run.cancellation.cancel()
      due[run.address] = now + Self.pause
    }
    start(
      document, document.currentParse,
      Limits(permissions: permissions(of: document), budget: server.settings.budget, end: nil),
      .background)
  }

  /// What runs by itself may read: the client's folders, and the text's own where it lies
  /// elsewhere.
  private func permissions(of document: OpenDocument) -> EvaluationRequest.Permissions {
    var folders = server.workspace.folders
    if let own = document.folder, !folders.contains(where: { own.isPath(below: $0) }) {
      folders.append(own)
    }
    return .init(readableFolders: folders, mayAct: false)
  }

  // MARK: - Running

  /// Runs a text up to an offset because someone asked for it, with all that a person may do; its
  /// values are then those of the text.
  ///
  /// - Returns: what ends the run.
  func run(
    _ document: OpenDocument, upTo limit: Int, then: @escaping (EvaluationOutcome) -> Void
  ) -> Cancellation {
    giveWay()
    return start(document, document.currentParse, .asked(limit), Purpose.values(then: then))
  }

  /// Runs another text in the place of a document, and hands over the results of its statements.
  ///
  /// - Returns: what ends the run.
  func evaluate(
    _ parse: Parse, of document: OpenDocument,
    then: @escaping (EvaluationOutcome, [EvaluatedStatement]) -> Void
  ) -> Cancellation {
    giveWay()
    return start(document, parse, .asked(nil), Purpose.answer([], then: then))
  }

  /// Runs a text that records values in the place of a document, within what that may do by itself.
  ///
  /// - Returns: what ends the run.
  func look(
    _ parse: Parse, of document: OpenDocument, upTo limit: Int?,
    observe: @escaping @Sendable ([Int: ObservedValues]) -> Void, then: @escaping () -> Void
  ) -> Cancellation {
    giveWay()
    var budget = server.settings.budget
    budget.seconds = min(budget.seconds, Self.patience)
    var limits = Limits(permissions: permissions(of: document), budget: budget, end: limit)
    limits.observe = observe
    return start(document, parse, limits, .look(then: then))
  }

  /// Ends what runs in the background, to go on with it later.
  private func giveWay() {
    for run in runs where run.purpose.isBackground {
      run.cancellation.cancel()
      if server.settings.liveValues { due[run.address] = .now + Self.pause }
    }
  }

  private struct Limits {
    var permissions: EvaluationRequest.Permissions
    var budget: EvaluationRequest.Budget
    var end: Int?
    var observe: (@Sendable ([Int: ObservedValues]) -> Void)?

    static func asked(_ end: Int?) -> Limits {
      Limits(
        permissions: .everything, budget: .init(seconds: .infinity, bytes: .max), end: end)
    }
  }

  @discardableResult
  private func start(
    _ document: OpenDocument, _ parse: Parse, _ limits: Limits, _ purpose: Purpose
  ) -> Cancellation {
    lastRun += 1
    isWorking = true
    let texts = server.workspace.openTexts
    document.bringUpToDate()
    let text = document.document
    let request = EvaluationRequest(
      document: document.address, path: document.path, parse: parse, limit: limits.end,
      budget: limits.budget, permissions: limits.permissions,
      isStrict: server.settings.isStrict, openText: { texts[$0] },
      usedNames: { text.names(givenByUsed: $0) }, observe: limits.observe)
    runs.append(
      Run(
        number: lastRun, address: document.address, generation: document.generation,
        cancellation: request.cancellation, purpose: purpose))
    worker.evaluate(request, run: lastRun)
    return request.cancellation
  }

  // MARK: - Results

  func take(_ event: EvaluationEvent) {
    guard let index = runs.firstIndex(where: { $0.number == event.run }) else { return }
    switch event.what {
    case .statement(let statement): take(statement, at: index)
    case .ended(let outcome): end(runs.remove(at: index), outcome)
    }
  }

  private func take(_ statement: EvaluatedStatement, at index: Int) {
    if case .answer(let statements, let then) = runs[index].purpose {
      runs[index].purpose = .answer(statements + [statement], then: then)
    } else if !runs[index].purpose.isLook, let document = current(runs[index]) {
      guard document.take(statement) else { return }
      showing = showing ?? .now + Self.gathering
    }
  }

  private func end(_ run: Run, _ outcome: EvaluationOutcome) {
    let document = current(run)
    switch run.purpose {
    // Where other texts wait for their turn, their values are shown together.
    case .background: if showing != nil, due.isEmpty { show() }
    case .values(let then):
      if showing != nil { show() }
      then(outcome)
    case .answer(let statements, let then): then(outcome, statements)
    case .look(let then): return then()
    }
    // What someone asked for may have stopped short of what the text shows by itself.
    if !run.purpose.isBackground, let document { schedule(document) }
  }

  /// The text that a run is of, where it is still the same: a value of an older one is no value.
  private func current(_ run: Run) -> OpenDocument? {
    server.workspace.documents[run.address].flatMap {
      $0.generation == run.generation ? $0 : nil
    }
  }

  private func show() {
    showing = nil
    for document in server.workspace.documents.values where !document.values.statements.isEmpty {
      document.needsPublishing = true
    }
    server.valuesChanged()
  }
}
