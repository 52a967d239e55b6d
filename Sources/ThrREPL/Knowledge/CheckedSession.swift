import ThrAnalysis
import ThrModel
import ThrRuntime
import ThrSyntax

/// A session with what the analysis knows of its names: checks inputs and runs them.
final class CheckedSession {
  let session: Session
  private let vocabulary: Vocabulary
  private let options: Analysis.Options
  private let uses: REPL.Environment.Uses
  /// What was reported last of used files, by path.
  private var reported: [String: [Diagnostic]] = [:]
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
      environment.library, context: environment.context, arguments: environment.arguments,
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
    analysis(of: parse, uses(parse, file).files)
  }

  private func analysis(of parse: Parse, _ used: UsedFiles) -> Analysis {
    Analysis(
      of: parse, knowing: vocabulary, following: interface, uses: used, options: options)
  }

  /// What asks a run to stop; it holds from before the run, so that nothing is lost.
  var interruption: Interruption { session.interruption }

  /// Reports what is wrong with a text: one that is run, or a file that it uses.
  typealias Report = (_ found: [Diagnostic], _ source: Source, _ file: String?) -> Void

  /// Checks a code and the files that it uses, reports what is wrong, and runs it if it is sound.
  ///
  /// Files that earlier inputs used are used again first, where they have changed on the disk and
  /// the code reads their names.
  func run(_ code: [UInt8], file: String? = nil, report: Report) -> RunResult.Outcome {
    let parse = ThrSyntax.parse(code)
    if let uses = session.usesToRepeat(before: parse.program) {
      let outcome = run(ThrSyntax.parse(Array(uses.utf8)), report) { parse, analysis, findings in
        let outcome = session.repeatUses(parse, alreadyReported: findings)
        if outcome == .finished {
          interface = analysis.interface.usedAgain(after: interface, bound: boundNames)
        }
        return outcome
      }
      if outcome != .finished { return outcome }
    }
    return run(parse, file: file, report) { parse, analysis, findings in
      reached.begin()
      let outcome = session.run(
        parse, file: file, alreadyReported: analysis.reported, inUsed: findings)
      if outcome == .finished {
        interface = analysis.interface
        if !findings.isEmpty { interface = interface.withoutUsedNames(except: boundNames) }
      } else {
        keepWhatHappened(of: parse, file: file)
      }
      noteLastShown()
      return outcome
    }
  }

  private func run(
    _ parse: Parse, file: String? = nil, _ report: Report,
    _ body: (Parse, Analysis, [String: Set<Finding>]) -> Session.Outcome
  ) -> RunResult.Outcome {
    let (files, used) = uses(parse, file)
    let analysis = analysis(of: parse, files)
    let input = CheckedFile(path: file ?? "", parse: parse, analysis: analysis)
    for known in used where reported[known.path] != known.diagnostics {
      reported[known.path] = known.diagnostics
      if !known.diagnostics.isEmpty { report(known.diagnostics, known.parse.source, known.path) }
    }
    if !input.diagnostics.isEmpty { report(input.diagnostics, parse.source, file) }
    let errors = (used + [input]).flatMap(\.diagnostics).filter { $0.severity == .error }
    guard errors.isEmpty else {
      for known in used { reported[known.path] = nil }
      return .refused(errors)
    }
    let outcome = body(parse, analysis, used.reported)
    session.interruption.clear()
    switch outcome {
    case .finished: return .finished
    case .failed(let failure): return .failed(failure)
    case .cancelled: return .cancelled
    case .exited(let status): return .exited(status)
    }
  }

  private var boundNames: Set<String> { Set(session.variables.map(\.name)) }

  /// Forgets every name.
  func reset() {
    session.reset()
    reported = [:]
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
  }

  private func noteLastShown() {
    guard let value = session.value(of: "_") else { return }
    interface = interface.adding(["_": value.type])
  }
}
