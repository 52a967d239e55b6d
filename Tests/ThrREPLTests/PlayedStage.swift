import Synchronization
import TableIO
import ThrLibrary
import ThrModel
import ThrRuntime
import ThrSyntax

@testable import ThrREPL

/// A stage without a terminal: what the learner enters was written before, and what is shown is kept.
final class PlayedStage: Stage {
  let surface = Surface.plain
  /// What was shown, a paragraph each; code as `thr> …`, values as their lines.
  private(set) var shown: [String] = []
  private var inputs: ArraySlice<String>
  private let last: Last
  private let session: Session
  private let files: any FileSystem

  private final class Last: Sendable {
    let value = Mutex<Value?>(nil)
  }

  /// - Parameter inputs: one after the other; at their end the learner leaves.
  init(_ inputs: String..., files: any FileSystem = MemoryFileSystem([:])) {
    self.inputs = inputs[...]
    self.files = files
    let last = Last()
    self.last = last
    let library = Library.standard
    session = Session(
      library,
      context: CallContext(files: files, display: ValueDisplay(library)),
      options: Session.Options(isInteractive: true)
    ) { event in
      switch event {
      case .shown(let value, _), .assigned(_, let value, _): last.value.withLock { $0 = value }
      default: break
      }
    }
  }

  /// Whether every input was asked for.
  var isPlayedOut: Bool { inputs.isEmpty }

  func show(_ text: String) { shown.append(text) }

  func showCode(_ code: String) { shown.append("thr> \(code)") }

  func play(_ code: String) -> RunResult {
    showCode(code)
    return run(code)
  }

  func run(_ code: String) -> RunResult {
    let (outcome, value) = evaluated(code)
    if let value { shown.append(ValueDisplay(.standard).line(value)) }
    return RunResult(code: code, outcome: outcome, value: value)
  }

  func runQuietly(_ code: String) -> Value? {
    let (outcome, value) = evaluated(code)
    return outcome == .finished ? value : nil
  }

  func knows(_ name: String) -> Bool { session.value(of: name) != nil }

  func chapterSession() -> ChapterSession {
    let library = Library.standard
    return ChapterSession(
      library, CallContext(files: files, display: ValueDisplay(library)))
  }

  private func evaluated(_ code: String) -> (RunResult.Outcome, Value?) {
    last.value.withLock { $0 = nil }
    let parse = parse(code)
    guard parse.diagnostics.isEmpty else { return (.refused(parse.diagnostics), nil) }
    let outcome: RunResult.Outcome =
      switch session.run(parse) {
      case .finished: .finished
      case .failed(let failure): .failed(failure)
      case .cancelled: .cancelled
      case .exited(let status): .exited(status)
      }
    return (outcome, last.value.withLock { $0 })
  }

  func read(_ label: String, commands: [StageCommand]) -> StageInput {
    guard let input = inputs.popFirst() else { return .end }
    shown.append(label + input)
    if input.isEmpty { return .empty }
    if let command = commands.first(where: { ".\($0.name)" == input }) {
      return .command(command.name, argument: "")
    }
    return .ran(run(input))
  }
}
