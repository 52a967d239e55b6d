import Synchronization
import TerminalOutput
import ThrModel
import ThrRuntime
import ThrSyntax

/// Shows what a run reports: values as a person wants them, one line for what an assignment made,
/// messages on standard error, the progress of long work.
///
/// Called from the evaluation thread while the prompt waits.
final class Answers: Sendable {
  /// What is shown of a run.
  struct Options: Sendable {
    /// Assignments are shown, in one line each.
    var showsAssignments = true
    /// Nothing is shown at all.
    var isSilent = false
    /// A value taller than the screen goes to the pager.
    var pages = true
  }

  private struct State {
    var options = Options()
    var bar = ProgressBar()
    var last: Value?
    /// Whether a run is under way.
    var isRunning = true
    /// Whether something is being written, so that no progress may be drawn.
    var isWriting = false
    var terminal = Terminal()
  }

  /// What there is to write, and how.
  private struct Entry {
    let event: Event
    let options: Options
    let terminal: Terminal
  }

  private let display: ValueDisplay
  private let state = Mutex(State(isRunning: false))
  private let ticker = Mutex<Ticker?>(nil)
  /// Knows the texts that messages point into; set once the session exists.
  private let session = Mutex<Session?>(nil)

  init(display: ValueDisplay) { self.display = display }

  func follow(_ session: Session) { self.session.withLock { $0 = session } }

  /// A run begins.
  func begin(_ options: Options) {
    state.withLock { $0 = State(options: options) }
    ticker.withLock { ticker in
      if ticker == nil { ticker = Ticker { [weak self] in self?.tick() } }
      ticker?.begin()
    }
  }

  /// Says that work goes on which does not say how far it is.
  private func tick() {
    state.withLock { state in
      if state.isRunning, !state.isWriting { state.bar.showTime() }
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

  /// Runs the body, which writes on the terminal, while nothing else does.
  func whileWriting<Result>(_ body: () -> Result) -> Result {
    state.withLock { state in
      state.bar.clear()
      state.isWriting = true
    }
    defer { state.withLock { $0.isWriting = false } }
    return body()
  }

  /// Shows what happened in the run.
  func report(_ event: Event) {
    if case .progress(let progress) = event { return show(progress) }
    guard let entry = taken(event) else { return }
    // The pager may be open for minutes: nothing else waits for it.
    write(entry)
    state.withLock { $0.isWriting = false }
  }

  private func show(_ progress: Progress) {
    state.withLock { state in
      if !state.options.isSilent, !state.isWriting { state.bar.show(progress) }
    }
  }

  /// Keeps the value of what is shown or assigned; `nil` where nothing is to be written.
  private func taken(_ event: Event) -> Entry? {
    state.withLock { state in
      switch event {
      case .shown(let value, _), .assigned(_, let value, _): state.last = value
      default: break
      }
      guard !state.options.isSilent else { return nil }
      state.bar.clear()
      state.isWriting = true
      return Entry(event: event, options: state.options, terminal: state.terminal)
    }
  }

  // MARK: - Writing

  private func write(_ entry: Entry) {
    switch entry.event {
    case .shown(let value, _): show(value, entry)
    case .assigned(let name, let value, _):
      if entry.options.showsAssignments { showAssignment(name, value, entry.terminal) }
    case .printed(let line): Terminal.write(line + "\n")
    case .warning(let diagnostic, let file): show([diagnostic], in: file)
    case .readAgain(let path): Messages.write("`\(path)` has changed and is read again\n")
    case .progress: break
    }
  }

  private func show(_ value: Value, _ entry: Entry) {
    let text = display.full(value, on: entry.terminal.surface)
    if entry.options.pages, Pager.isNeeded(for: text, on: entry.terminal),
      Pager.show(text + "\n", from: value.origin)
    {
      return
    }
    Terminal.write(text + "\n", from: value.origin)
  }

  private func showAssignment(_ name: String, _ value: Value, _ terminal: Terminal) {
    let line = ScreenRow("\(name) = \(display.quotedLine(value))").cut(to: terminal.width)
    let text = line.map(\.text).joined()
    Terminal.write((terminal.isColoured ? text.faint : text) + "\n", from: .rendering)
  }

  private func show(_ diagnostics: [Diagnostic], in file: String) {
    guard let session = session.withLock({ $0 }) else { return }
    Messages.write(
      session.message(
        diagnostics, in: file, colour: Messages.areColoured, width: Messages.width),
      from: .rendering)
  }
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
