import ThrAnalysis
import ThrSyntax

/// Keeps the values of the open texts up to date, behind the client's back.
///
/// A text is evaluated when nobody has changed it for a moment, and no longer than until the next
/// change. What a person asks for goes first.
final class LiveEvaluation {
  /// How long a text must rest before it is evaluated.
  static let pause = Duration.milliseconds(150)

  private struct Run {
    let number: Int
    let address: String
    let generation: Int
    let cancellation: Cancellation
    /// Takes the outcome of a run that somebody asked for; `nil` for one in the background.
    let then: ((EvaluationOutcome) -> Void)?
  }

  private unowned let server: Server
  private lazy var worker = EvaluationWorker(server.host.evaluator, server.inbox)
  private var isWorking = false
  /// The texts to be evaluated, and when.
  private var due: [String: ContinuousClock.Instant] = [:]
  /// The runs that have been handed to the worker and have not ended, in order.
  private var runs: [Run] = []
  private var lastRun = 0

  init(_ server: Server) { self.server = server }

  // MARK: - When to run

  /// The moment at which something will be due.
  var nextDeadline: ContinuousClock.Instant? {
    // One run at a time: what becomes due during one waits for its end.
    runs.contains { $0.then != nil } ? nil : due.values.min()
  }

  /// A text has changed: its run ends, and another will begin when the text has come to rest.
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

  func settingsChanged() {
    due = [:]
    for run in runs where run.then == nil { run.cancellation.cancel() }
    for document in server.workspace.documents.values {
      document.values.drop()
      document.owesDiagnostics = true
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

  /// Starts what is due.
  func startDue() {
    let now = ContinuousClock.now
    guard let next = due.min(by: { $0.value < $1.value }), next.value <= now else { return }
    due[next.key] = nil
    guard let document = server.workspace.documents[next.key] else { return }
    // Whoever edits another text meanwhile sees its values first.
    for run in runs where run.then == nil && !run.cancellation.isCancelled {
      run.cancellation.cancel()
      due[run.address] = now + Self.pause
    }
    start(document, permissions: background, budget: server.settings.budget, limit: nil, then: nil)
  }

  /// What runs by itself may read: the client's folders, or the text's own where there are none.
  private func background(_ document: OpenDocument) -> EvaluationRequest.Permissions {
    let folders = server.workspace.folders
    return .init(
      readableFolders: folders.isEmpty ? document.folder.map { [$0] } ?? [] : folders,
      mayAct: false)
  }

  // MARK: - Running

  /// Runs a text up to an offset because somebody asked for it, with all that a person may do.
  ///
  /// - Returns: what ends the run.
  func run(
    _ document: OpenDocument, upTo limit: Int, then: @escaping (EvaluationOutcome) -> Void
  ) -> Cancellation {
    for run in runs where run.then == nil {
      run.cancellation.cancel()
      // What it had not come to is evaluated afterwards.
      if server.settings.liveValues { due[run.address] = .now + Self.pause }
    }
    due[document.address] = nil
    return start(
      document, permissions: { _ in .everything },
      budget: .init(seconds: .infinity, bytes: .max), limit: limit, then: then)
  }

  @discardableResult
  private func start(
    _ document: OpenDocument,
    permissions: (OpenDocument) -> EvaluationRequest.Permissions,
    budget: EvaluationRequest.Budget, limit: Int?, then: ((EvaluationOutcome) -> Void)?
  ) -> Cancellation {
    lastRun += 1
    isWorking = true
    let parse = document.document.parse
    let texts = server.workspace.openTexts
    let request = EvaluationRequest(
      document: document.address, path: document.path, parse: parse, limit: limit,
      budget: budget, permissions: permissions(document), openText: { texts[$0] })
    runs.append(
      Run(
        number: lastRun, address: document.address, generation: document.generation,
        cancellation: request.cancellation, then: then))
    worker.evaluate(request, run: lastRun)
    return request.cancellation
  }

  // MARK: - Results

  func take(_ event: EvaluationEvent) {
    guard let index = runs.firstIndex(where: { $0.number == event.run }) else { return }
    let run = runs[index]
    let document = server.workspace.documents[run.address]
    let current = document.flatMap { $0.generation == run.generation ? $0 : nil }
    switch event.what {
    case .statement(let statement):
      // The text has moved on: a value of the old one is no value.
      current?.take(statement)
    case .ended(let outcome):
      runs.remove(at: index)
      if let current { end(current, outcome) }
      run.then?(outcome)
    }
  }

  private func end(_ document: OpenDocument, _ outcome: EvaluationOutcome) {
    if outcome != .cancelled { document.values.complete() }
    document.owesDiagnostics = true
    server.valuesChanged()
  }
}

extension OpenDocument {
  fileprivate func take(_ statement: EvaluatedStatement) { values.insert(statement) }
}
