import ThrModel
import ThrSyntax

/// What a run stands in: names, files, the calls under way; lives on the evaluation thread.
///
/// Programs are compiled to nodes, which do the work: see `Compiled`.
final class Evaluator {
  /// How many calls of users' functions may be under way.
  static let maximumCalls = 1_000

  let library: Library
  var context: CallContext { didSet { contextVersion += 1 } }
  /// Changes with the context.
  private(set) var contextVersion = 0
  let isStrict: Bool
  let reporter: Reporter
  let sources: SourceStore
  let ledger = UsageLedger()

  /// The names of the file that programs are run in.
  let scope: Scope
  /// The file that is being run.
  var file = SourceFile(name: "", folder: "")
  /// The file that the run began with, as messages name it.
  var programFile = ""
  /// How many calls of users' functions, and uses of files, are under way.
  @exclusivity(unchecked) var depth = 0
  /// The files being run for their names, outermost first.
  var using: [String] = []
  var used: [String: UsedFile] = [:]
  /// At a prompt, the used files as they were on the disk.
  var usedStates: UsedFileStates?
  /// Whether `use` leaves alone what inputs have bound.
  var keepsOwnNames = false
  @exclusivity(unchecked) var stack = StackBounds(size: 0)
  /// How far the loops have come, where that is shown.
  var progress: LoopProgress?
  /// What statements may do here; where `nil`, everything.
  var guardian: EffectGuard?
  /// The statements run so far, where it may be asked what a value came from.
  var record: StatementRecord?
  /// Whether the call, branch or block that ended last was a procedure, done for its effect: a
  /// builtin that prints or writes, or statements whose last is no expression.
  @exclusivity(unchecked) var endedInProcedure = false
  @exclusivity(unchecked) private var turnsUntilQuestion = 0

  init(
    _ library: Library, _ context: CallContext, isStrict: Bool, reporter: Reporter,
    sources: SourceStore, arguments: [String]
  ) {
    self.library = library
    self.context = context
    self.isStrict = isStrict
    self.reporter = reporter
    self.sources = sources
    let predefined = Scope(parent: nil)
    predefined.bind(
      "args", .value(.list(List(arguments.map(Value.text)))), at: Span(0, 0), in: "")
    self.predefined = predefined
    scope = Scope(parent: predefined)
  }

  /// Names that every file sees.
  private let predefined: Scope

  var predefinedNames: [String] { predefined.names }

  /// A scope for the names of another file, which sees none of this one's.
  func fileScope() -> Scope { Scope(parent: predefined) }
}

// MARK: - Running

extension Evaluator {
  /// Runs a program in a file's names.
  func run(_ program: Program, _ place: Place, in scope: Scope, _ file: SourceFile) throws(Stop) {
    let compiler = Compiler(scope, file)
    let frame = Frame(FrameLayout(.file, [], in: file), in: nil)
    // A function is visible throughout its file. Where a name is declared twice, the first one
    // counts until the second is reached.
    for case .function(let function) in program.statements.reversed() {
      _ = try compiler.declaration(function).evaluate(self, frame)
    }
    for statement in program.statements {
      _ = try compiler.statement(statement, place).evaluate(self, frame)
    }
  }

  /// Runs one statement of the file under way.
  func execute(_ statement: Statement, _ place: Place) throws(Stop) {
    let frame = Frame(FrameLayout(.file, [], in: file), in: nil)
    _ = try Compiler(scope, file).statement(statement, place).evaluate(self, frame)
  }

  func declare(_ function: Statement.FunctionDeclaration) {
    scope.bind(
      function.name.text, .function(FunctionDeclaration(function, in: file)),
      at: function.name.span, in: file.name)
  }
}

// MARK: - Stopping

extension Evaluator {
  func checkCancelled() throws(Stop) {
    if context.isCancelled() { throw .cancelled }
  }

  /// Asks every few turns or calls whether to go on; what takes long in one turn asks by itself.
  @inline(__always)
  func poll() throws(Stop) {
    turnsUntilQuestion -= 1
    if turnsUntilQuestion < 0 {
      turnsUntilQuestion = 15
      try checkCancelled()
    }
  }

  /// Has the next poll ask: something took long, or much memory.
  func pollSoon() { turnsUntilQuestion = 0 }

  func failure(_ diagnostics: [Diagnostic]) -> Stop { .failed(FailureTrace(diagnostics)) }

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
    do throws(CallError) {
      try value.checkExtent()
    } catch {
      throw failure(error, at: span)
    }
    return value
  }
}
