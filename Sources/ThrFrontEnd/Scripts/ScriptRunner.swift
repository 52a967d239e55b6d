import TableIO
import TerminalOutput
import ThrAnalysis
import ThrLibrary
import ThrModel
public import ThrRuntime
import ThrSyntax

/// Checks a script, runs it if it is sound, and writes what it shows and what goes wrong.
public struct ScriptRunner {
  /// How a script ended.
  public enum Ending: Hashable, Sendable {
    case finished
    /// It has errors, and nothing of it was run.
    case refused
    case failed
    case interrupted
    /// It ended itself with this status.
    case exited(Int)
  }

  private let library = Library.standard
  private let files: any FileSystem = LocalFileSystem()
  private let isStrict: Bool
  private let writesJSON: Bool
  private let isDryRun: Bool
  private let arguments: [String]
  /// Takes what the script shows and prints, in place of standard output.
  private let collect: (@Sendable (Event) -> Void)?

  /// - Parameters:
  ///   - isStrict: whether rows that leak are an error.
  ///   - writesJSON: whether values and messages are lines of JSON.
  ///   - isDryRun: whether queries of databases are shown instead of asked.
  ///   - arguments: the script's own.
  ///   - collect: takes what the script shows and prints, in place of standard output.
  public init(
    isStrict: Bool, writesJSON: Bool, isDryRun: Bool = false, arguments: [String],
    collect: (@Sendable (Event) -> Void)? = nil
  ) {
    self.isDryRun = isDryRun
    self.isStrict = isStrict
    self.writesJSON = writesJSON
    self.arguments = arguments
    self.collect = collect
  }

  /// Runs a script; what it shows and what goes wrong is written when this returns.
  ///
  /// - Parameters:
  ///   - interruption: asks the run to stop.
  ///   - starting: called once it is known that the script is sound.
  public func run(
    _ script: Script, interruption: Interruption, starting: () -> Void = {}
  ) -> Ending {
    let checker = ScriptChecker(
      vocabulary: library.vocabulary, files: files, isStrict: isStrict)
    let checked = checker.check(script)
    let output = ScriptOutput(
      library: library, display: ValueDisplay(library), writesJSON: writesJSON)
    output.report(checked)
    if checked.hasErrors { return .refused }
    starting()
    return evaluate(checked, output, interruption)
  }

  private func evaluate(
    _ checked: CheckedScript, _ output: ScriptOutput, _ interruption: Interruption
  ) -> Ending {
    var context = CallContext(
      files: files, scriptFolder: checked.script.folder, display: ValueDisplay(library))
    context.isDryRun = isDryRun
    let (parse, name) = (checked.script.parse, checked.script.name)
    let session = Session(
      library, context: context, arguments: arguments,
      options: Session.Options(isStrict: isStrict), interruption: interruption
    ) { [collect] event in
      if case .warning(let warning, let file) = event, file == name,
        parse.withoutIgnored([warning]).isEmpty
      {
        return
      }
      if let collect, event.isOutput { return collect(event) }
      output.report(event)
    }
    output.follow(session)
    let outcome = session.run(
      checked.script.parse, file: checked.script.name, alreadyReported: checked.analysis.reported,
      inUsed: checked.used.reported)
    output.clearBar()
    switch outcome {
    case .finished: return .finished
    case .cancelled: return .interrupted
    case .exited(let status): return .exited(status)
    case .failed(let failure):
      output.report(failure)
      return .failed
    }
  }
}

extension Event {
  /// Whether it goes to standard output.
  fileprivate var isOutput: Bool {
    switch self {
    case .shown, .printed: true
    case .assigned, .warning, .progress, .readAgain: false
    }
  }
}
