import Glibc
import Synchronization
import TerminalOutput
import ThrModel
import ThrRuntime
import ThrSyntax

/// Shows what a run tells: values as a person wants them, one line for what an assignment made,
/// messages on standard error, the progress of long work.
///
/// Told from the evaluation thread while the prompt waits.
final class Answers: Sendable {
  /// What is shown of a run.
  struct Manner: Sendable {
    /// Assignments are told, in one line each.
    var tellsAssignments = true
    /// Nothing is told at all.
    var isSilent = false
    /// A value taller than the screen goes to the pager.
    var pages = true
  }

  private struct State {
    var manner = Manner()
    var bar = ProgressBar()
    var last: Value?
    /// Whether a run is under way.
    var isRunning = true
    var terminal = Terminal()

    /// Keeps the value of what is shown or assigned.
    mutating func note(_ event: Event) {
      switch event {
      case .shown(let value, _), .assigned(_, let value, _): last = value
      default: break
      }
    }
  }

  private let display: ValueDisplay
  private let state = Mutex(State(isRunning: false))
  private let ticker = Mutex<Ticker?>(nil)
  /// Knows the texts that messages point into; set once the session exists.
  private let session = Mutex<Session?>(nil)

  init(display: ValueDisplay) { self.display = display }

  func follow(_ session: Session) { self.session.withLock { $0 = session } }

  /// A run begins.
  func begin(_ manner: Manner) {
    state.withLock { $0 = State(manner: manner) }
    ticker.withLock { ticker in
      if ticker == nil { ticker = Ticker { [weak self] in self?.tick() } }
      ticker?.begin()
    }
  }

  /// Says that work goes on which does not say how far it is.
  private func tick() {
    state.withLock { state in
      if state.isRunning { state.bar.showTime() }
    }
  }

  /// The run has ended; gives the value that was shown or assigned last.
  func end() -> Value? {
    ticker.withLock { $0?.end() }
    return state.withLock { state in
      state.isRunning = false
      state.bar.clear()
      return state.last
    }
  }

  func tell(_ event: Event) {
    state.withLock { state in
      if state.manner.isSilent { return state.note(event) }
      if case .progress(let progress) = event { return state.bar.show(progress) }
      state.bar.clear()
      switch event {
      case .shown(let value, _):
        state.last = value
        show(value, state)
      case .assigned(let name, let value, _):
        state.last = value
        if state.manner.tellsAssignments { tellAssignment(name, value, state.terminal) }
      case .printed(let line): Terminal.write(line + "\n")
      case .warning(let diagnostic, let file): tell([diagnostic], in: file)
      case .progress: break
      }
    }
  }

  private func show(_ value: Value, _ state: State) {
    let text = display.full(value, on: state.terminal.surface)
    if state.manner.pages, Pager.isNeeded(for: text, on: state.terminal), Pager.show(text + "\n") {
      return
    }
    Terminal.write(text + "\n")
  }

  private func tellAssignment(_ name: String, _ value: Value, _ terminal: Terminal) {
    let line = ScreenRow("\(name) = \(display.quotedLine(value))").cut(to: terminal.width)
    let text = line.map(\.text).joined()
    Terminal.write((terminal.isColoured ? text.faint : text) + "\n")
  }

  private func tell(_ diagnostics: [Diagnostic], in file: String) {
    guard let session = session.withLock({ $0 }) else { return }
    Messages.write(
      session.message(
        diagnostics, in: file, colour: Messages.areColoured, width: Messages.width))
  }
}

/// Messages on standard error.
enum Messages {
  static var areColoured: Bool { isatty(STDERR_FILENO) == 1 && Terminal().isColoured }

  /// The columns of the terminal that they are shown on, if they are.
  static var width: Int? { isatty(STDERR_FILENO) == 1 ? Terminal().width : nil }

  static func write(_ text: String) { Terminal.write(text, to: STDERR_FILENO) }
}

extension ValueDisplay {
  /// The value in one line, a text in its quotes.
  fileprivate func quotedLine(_ value: Value) -> String {
    if case .text = value { value.sourceText } else { line(value) }
  }
}

extension String {
  fileprivate var faint: String { TextStyle.faint.sequence + self + TextStyle.reset }
}
