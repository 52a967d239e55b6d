import JSONText
import Synchronization
import TerminalOutput
import ThrLibrary
public import ThrModel
public import ThrRuntime
import ThrSyntax

/// Writes what a run reports: values to standard output, messages to standard error.
public final class ScriptOutput: Sendable {
  private let writesJSON: Bool
  private let library: Library
  private let display: ValueDisplay
  /// Knows the texts that messages point into; set once the session exists.
  private let session = Mutex<Session?>(nil)
  private let bar = Mutex(ProgressBar())

  /// - Parameter writesJSON: whether values and messages are lines of JSON.
  public init(library: Library, display: ValueDisplay, writesJSON: Bool) {
    self.library = library
    self.display = display
    self.writesJSON = writesJSON
  }

  /// Takes the session whose texts messages point into.
  public func follow(_ session: Session) { self.session.withLock { $0 = session } }

  /// Writes what happened in the run.
  public func report(_ event: Event) {
    if case .progress(let progress) = event { return bar.withLock { $0.show(progress) } }
    clearBar()
    switch event {
    case .shown(let value, _): Console.value(shown(value), from: value.origin)
    case .printed(let line): Console.value(writesJSON ? JSON.string(line).description : line)
    case .warning(let diagnostic, let file): report([diagnostic], in: file)
    case .assigned, .progress, .readAgain: break
    }
  }

  /// Takes the progress of long work off the screen: something else comes, or the run has ended.
  public func clearBar() { bar.withLock { $0.clear() } }

  /// Writes why the run failed.
  public func report(_ failure: Failure) {
    if writesJSON { return writeJSON(failure) }
    write { $0.message(failure, colour: Console.messageColours) }
  }

  private func shown(_ value: Value) -> String {
    writesJSON ? value.json(library).description : display.full(value, on: Terminal().surface)
  }

  /// Writes what the check of a script found.
  public func report(_ checked: CheckedScript) {
    if writesJSON {
      for finding in checked.findings { Console.message(finding.json.description) }
    } else if !checked.report.isEmpty {
      Console.message(checked.report, from: .rendering)
    }
  }

  /// Writes an error that stands at no place in a program.
  public static func report(_ message: String, asJSON writesJSON: Bool) {
    Console.message(
      writesJSON
        ? (["severity": "error", "message": .string(message)] as JSON).description
        : "thr: \(message)")
  }

  private func report(_ diagnostics: [Diagnostic], in file: String) {
    if writesJSON { return diagnostics.forEach { writeJSON($0, in: file) } }
    write { $0.message(diagnostics, in: file, colour: Console.messageColours) }
  }

  /// The calls that led to a failure stand in its first line.
  private func writeJSON(_ failure: Failure) {
    for (position, diagnostic) in failure.diagnostics.enumerated() {
      writeJSON(diagnostic, in: failure.file, calls: position == 0 ? failure.calls : nil)
    }
  }

  private func writeJSON(_ diagnostic: Diagnostic, in file: String, calls: CallStack? = nil) {
    let finding = CheckFinding(
      diagnostic: diagnostic, file: file, source: source(of: file) ?? Source(""))
    guard case .object(var object) = finding.json else { return }
    let frames = (calls?.innermost ?? []) + (calls?.outermost ?? [])
    if !frames.isEmpty { object["calls"] = .array(frames.map(json)) }
    Console.message(JSON.object(object).description)
  }

  private func json(_ frame: CallStack.Frame) -> JSON {
    let name =
      switch frame.kind {
      case .function(let name), .use(let name): name
      }
    var object: JSON.Object = ["name": .string(name), "file": .string(frame.file)]
    if let line = source(of: frame.file)?.lines.position(at: frame.span.start).line {
      object["line"] = .number(Double(line))
    }
    return .object(object)
  }

  private func source(of file: String) -> Source? {
    session.withLock { $0 }?.source(of: file)
  }

  private func write(_ message: (Session) -> String) {
    guard let session = session.withLock({ $0 }) else { return }
    // The message ends with a line break, and so does the output.
    Console.message(String(message(session).dropLast()), from: .rendering)
  }
}
