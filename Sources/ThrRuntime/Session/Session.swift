import Synchronization
public import ThrModel
public import ThrSyntax

/// Runs programs one after the other in one environment: a script, or the lines of a prompt.
///
/// Each run happens on a thread of its own with a stack of 512 MiB, while the caller waits. What it
/// reports goes to the sink, which is called on that thread and must not run the session itself.
public final class Session: Sendable {
  public struct Options: Hashable, Sendable {
    /// Whether leakage is an error.
    public var isStrict: Bool
    /// Whether the runs are the inputs of a prompt.
    ///
    /// Then a statement that fails or is cancelled leaves every name as it was, the value shown
    /// last is `_` in the next input, and the session knows what each value came from.
    public var isInteractive: Bool

    public init(isStrict: Bool = false, isInteractive: Bool = false) {
      self.isStrict = isStrict
      self.isInteractive = isInteractive
    }
  }

  /// Stops the run under way; raised by a signal handler or by another thread.
  public let interruption: Interruption
  private let evaluator: Mutex<Confined<Evaluator>>
  private let reporter: Reporter
  private let sources = SourceStore()
  private let inputs = Atomic<Int>(0)

  /// - Parameters:
  ///   - library: all that programs may name without declaring it.
  ///   - context: what builtins may reach; `warn`, `print` and `progress` become events as well.
  ///   - arguments: what programs see as `args`.
  ///   - sink: takes the events, in order.
  public init(
    _ library: Library, context: CallContext, arguments: [String] = [],
    options: Options = Options(), interruption: Interruption = Interruption(),
    sink: @escaping @Sendable (Event) -> Void
  ) {
    self.interruption = interruption
    reporter = Reporter(sink)
    var inner = context
    inner.isCancelled = { interruption.isRaised || context.isCancelled() }
    inner.print = { sink(.printed($0)) }
    let progress = LoopProgress { sink(.progress($0)) }
    inner.progress = { progress.take($0) }
    let record = options.isInteractive ? StatementRecord() : nil
    if let record { inner = record.files.watching(inner) }
    let evaluator = Evaluator(
      library, inner, isStrict: options.isStrict, reporter: reporter, sources: sources,
      arguments: arguments)
    evaluator.progress = progress
    if let record {
      evaluator.record = record
      evaluator.usedStates = UsedFileStates()
      evaluator.scope.journal = Journal()
    }
    self.evaluator = Mutex(Confined(evaluator))
  }

  deinit {
    // Functions and the scopes that they read keep each other alive.
    evaluator.withLock { $0.content.clear() }
  }

  /// Runs a program to its end, and blocks until then.
  ///
  /// - Parameters:
  ///   - parse: without errors; a program with errors is refused with them.
  ///   - file: its path, from which `use` and relative paths start. Without one, as at a prompt,
  ///     they start at the working folder, and messages speak of `input 1`, `input 2`, …
  ///   - reported: leaks that the checker has reported already; the run does not report them again.
  ///   - reportedOfUsed: likewise in used files, by their paths.
  public func run(
    _ parse: Parse, file: String? = nil, alreadyReported reported: Set<Finding> = [],
    inUsed reportedOfUsed: [String: Set<Finding>] = [:]
  ) -> Outcome {
    let source = sourceFile(file)
    sources.add(parse.source, named: source.name)
    reporter.skip(reported, in: source.name)
    for (path, reported) in reportedOfUsed { reporter.skip(reported, in: path) }
    let errors = parse.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else {
      return .failed(Failure(diagnostics: errors, file: source.name, calls: CallStack([])))
    }
    return evaluator.withLock { confined in
      let evaluator = confined.content
      var outcome: Outcome?
      let started = EvaluationThread.run { stack in
        evaluator.stack = stack
        outcome = evaluator.outcome(of: parse, source)
      }
      if started, let outcome { return outcome }
      return .failed(
        Failure(diagnostics: [.noThread], file: source.name, calls: CallStack([])))
    }
  }

  /// The text that a failure or warning points into, by the name that it gives.
  ///
  /// May be asked at any time, from the sink too.
  public func source(of file: String) -> Source? { sources.source(of: file) }

  /// The inputs so far, which have no file.
  var typedInputs: TypedInputs {
    TypedInputs(current: TypedInputs.name(inputs.load(ordering: .relaxed)))
  }

  private func sourceFile(_ path: String?) -> SourceFile {
    if let path {
      let path = SourcePath.resolve(path, in: "")
      return SourceFile(name: path, folder: SourcePath.folder(of: path))
    }
    let number = inputs.add(1, ordering: .relaxed).newValue
    return SourceFile(name: TypedInputs.name(number), folder: "")
  }
}

extension Session {
  /// Works on the state between two runs.
  func withEvaluator<Result: Sendable>(_ body: (Evaluator) -> Result) -> Result {
    evaluator.withLock { body($0.content) }
  }

  /// Forgets all names, files used, warnings reported and rows judged, as if nothing had been run.
  public func reset() {
    evaluator.withLock { $0.content.clear() }
    reporter.clear()
  }
}

extension Evaluator {
  fileprivate func outcome(
    of parse: Parse, _ source: SourceFile
  ) -> Session.Outcome {
    progress?.end()
    file = source
    depth = 0
    using = []
    programFile = source.name
    used[source.name] = .running
    defer { used[source.name] = nil }
    do throws(Stop) {
      if let record {
        defer { bindLastShown(record) }
        try run(parse.program, of: parse.source, record)
      } else {
        try run(parse.program, .top, in: scope, file)
      }
      return .finished
    } catch {
      switch error {
      case .failed(let fault): return .failed(fault.failure(in: source))
      case .exited(let status): return .exited(status)
      // Only a notebook refuses.
      case .cancelled, .refused: return .cancelled
      }
    }
  }

  fileprivate func clear() {
    scope.clear()
    for case .done(let names) in used.values { names.clear() }
    used = [:]
    usedStates?.clear()
    ledger.clear()
    record?.clear()
  }
}

extension Diagnostic {
  fileprivate static let noThread = Diagnostic(
    .noThread, at: Span(0, 0), "no thread could be started to run the program",
    remedy: "check the limits of memory and of the number of processes")
}

extension Diagnostic.Kind {
  public static let noThread = Diagnostic.Kind(
    "E0306", "no-thread",
    explanation: .init(
      """
      The system could not start a thread for the program, usually because memory or the number of \
      processes is exhausted.
      """,
      wrong: "a machine at its limit of processes",
      right: "x = 1"))
}
