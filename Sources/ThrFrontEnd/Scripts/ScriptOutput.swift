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

  /// - Parameter writesJSON: whether each shown value is one line of JSON.
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
    case .printed(let line): Console.value(line)
    case .warning(let diagnostic, let file): report([diagnostic], in: file)
    case .assigned, .progress, .readAgain: break
    }
  }

  /// Takes the progress of long work off the screen: something else comes, or the run has ended.
  public func clearBar() { bar.withLock { $0.clear() } }

  /// Writes why the run failed.
  public func report(_ failure: Failure) {
    write { $0.message(failure, colour: Console.messageColours) }
  }

  private func shown(_ value: Value) -> String {
    writesJSON ? value.json(library).description : display.full(value, on: Terminal().surface)
  }

  private func report(_ diagnostics: [Diagnostic], in file: String) {
    write { $0.message(diagnostics, in: file, colour: Console.messageColours) }
  }

  private func write(_ message: (Session) -> String) {
    guard let session = session.withLock({ $0 }) else { return }
    // The message ends with a line break, and so does the output.
    Console.message(String(message(session).dropLast()), from: .rendering)
  }
}
