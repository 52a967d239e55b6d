import ThrAnalysis
import ThrModel
import ThrRuntime
import ThrSyntax

/// A session with what the analysis knows of its names: checks inputs and runs them.
final class CheckedSession {
  let session: Session
  private let vocabulary: Vocabulary
  private let options: Analysis.Options
  private let uses: (Parse, String?) -> [String: Interface]
  /// The names that the next input sees.
  private(set) var interface: Interface
  /// Where the statements end that were carried out in the run under way.
  private let reached: ReachedPlace

  init(_ environment: REPL.Environment, sink: @escaping @Sendable (Event) -> Void) {
    vocabulary = environment.library.vocabulary
    options = Analysis.Options(isStrict: environment.isStrict, isOpenEnded: true)
    uses = environment.uses
    let reached = ReachedPlace()
    self.reached = reached
    interface = Self.empty
    session = Session(
      environment.library, context: environment.context,
      options: Session.Options(isStrict: environment.isStrict, isInteractive: true),
      interruption: environment.interruption
    ) { event in
      reached.note(event)
      sink(event)
    }
  }

  private static var empty: Interface { Interface(["args": .list(.text)]) }

  /// What the analysis says of a code as the next input.
  func analysis(of parse: Parse, file: String? = nil) -> Analysis {
    Analysis(
      of: parse, knowing: vocabulary, following: interface, uses: uses(parse, file),
      options: options)
  }

  /// What asks a run to stop; it holds from before the run, so that nothing is lost.
  var interruption: Interruption { session.interruption }

  /// Checks a code, reports what is wrong with it, and runs it if it is sound.
  func run(
    _ code: [UInt8], file: String? = nil, report: ([Diagnostic], Source) -> Void
  ) -> RunResult.Outcome {
    let parse = ThrSyntax.parse(code)
    let analysis = analysis(of: parse, file: file)
    let diagnostics = (parse.diagnostics + analysis.diagnostics)
      .sorted { $0.span.start < $1.span.start }
    if !diagnostics.isEmpty { report(diagnostics, parse.source) }
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      return .refused(diagnostics)
    }
    reached.begin()
    let outcome = session.run(parse, file: file, alreadyTold: analysis.told)
    session.interruption.clear()
    switch outcome {
    case .finished:
      interface = analysis.interface
      noteLastShown()
      return .finished
    case .failed(let failure):
      keepWhatHappened(of: parse, file: file)
      return .failed(failure)
    case .cancelled:
      keepWhatHappened(of: parse, file: file)
      return .cancelled
    }
  }

  /// Forgets every name.
  func reset() {
    session.reset()
    interface = Self.empty
  }

  /// After a run that did not reach its end only the statements before that count.
  private func keepWhatHappened(of parse: Parse, file: String?) {
    let done = Array(parse.source.bytes.prefix(reached.end))
    interface = analysis(of: ThrSyntax.parse(done), file: file).interface
    let known = Set(interface.sortedNames)
    var others: [String: ValueType] = [:]
    for variable in session.variables where !known.contains(variable.name) {
      others[variable.name] = variable.value.type
    }
    interface = interface.adding(others)
    noteLastShown()
  }

  private func noteLastShown() {
    guard let value = session.value(of: "_") else { return }
    interface = interface.adding(["_": value.type])
  }
}
