import ThrModel
import ThrSyntax

/// Walks the tree and computes values; lives on the evaluation thread.
final class Evaluator {
  /// How many calls of users' functions may be under way.
  static let maximumCalls = 1_000

  let library: Library
  var context: CallContext
  let isStrict: Bool
  let reporter: Reporter
  let sources: SourceStore
  let ledger = UsageLedger()

  /// The names of the innermost function, comprehension or file.
  var scope: Scope
  /// The file that is being run, or whose function is.
  var file = SourceFile(name: "", folder: "")
  /// The file that the run began with, as messages name it.
  var programFile = ""
  /// The calls under way, outermost first.
  var frames: [CallStack.Frame] = []
  var used: [String: UsedFile] = [:]
  var stack = StackBounds(size: 0)
  /// The statements run so far, where somebody may ask what a value came from.
  var record: StatementRecord?
  /// Whether the call, branch or block that ended last was a procedure, done for its effect: a
  /// builtin that prints or writes, or statements whose last is no expression.
  var endedInProcedure = false

  init(
    _ library: Library, _ context: CallContext, isStrict: Bool, reporter: Reporter,
    sources: SourceStore, arguments: [String]
  ) {
    self.library = library
    self.context = context
    self.isStrict = isStrict
    self.reporter = reporter
    self.sources = sources
    let predefined = Scope(parent: nil, isCall: false)
    predefined.bind(
      "args", .value(.list(List(arguments.map(Value.text)))), at: Span(0, 0), in: "")
    self.predefined = predefined
    scope = Scope(parent: predefined, isCall: false)
  }

  /// Names that every file sees.
  private let predefined: Scope

  var predefinedNames: [String] { predefined.names }

  /// A scope for the names of another file, which sees none of this one's.
  func fileScope() -> Scope { Scope(parent: predefined, isCall: false) }

  func checkCancelled() throws(Stop) {
    if context.isCancelled() { throw .cancelled }
  }

  /// Evaluates with another scope in the place of the current one.
  func within<Result>(
    _ inner: Scope, _ body: () throws(Stop) -> Result
  ) throws(Stop) -> Result {
    let outer = scope
    scope = inner
    defer { scope = outer }
    return try body()
  }
}

// MARK: - Failing

extension Evaluator {
  func failure(_ diagnostics: [Diagnostic]) -> Stop {
    .failed(Failure(diagnostics: diagnostics, file: file.name, calls: CallStack(frames)))
  }

  func failure(_ diagnostic: Diagnostic) -> Stop { failure([diagnostic]) }

  func failure(_ error: CallError, at span: Span, notes: [Diagnostic.Note] = []) -> Stop {
    failure(error.diagnostic(at: span, notes: notes))
  }

  /// Runs what knows no places, and gives its error the place `span`.
  func placing<Result>(
    at span: Span, _ body: () throws(CallError) -> Result
  ) throws(Stop) -> Result {
    do {
      return try body()
    } catch {
      throw failure(error, at: span)
    }
  }

  /// A new value, refused where it is nested too deeply or grew too large.
  func admitted(_ value: Value, at span: Span) throws(Stop) -> Value {
    try placing(at: span) { () throws(CallError) in try value.checkExtent() }
    return value
  }
}
