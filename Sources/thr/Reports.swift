import JSONText
import Synchronization
import ThrLibrary
import ThrModel
import ThrRuntime
import ThrSyntax

/// Writes what a run tells: values to standard output, messages to standard error.
final class Reports: Sendable {
  private let writesJSON: Bool
  private let library: Library
  private let display: ValueDisplay
  /// Knows the texts that messages point into; set once the session exists.
  private let session = Mutex<Session?>(nil)

  init(library: Library, display: ValueDisplay, writesJSON: Bool) {
    self.library = library
    self.display = display
    self.writesJSON = writesJSON
  }

  func follow(_ session: Session) { self.session.withLock { $0 = session } }

  func tell(_ event: Event) {
    switch event {
    case .shown(let value, _): Output.value(shown(value))
    case .printed(let line): Output.value(line)
    case .warning(let diagnostic, let file): tell([diagnostic], in: file)
    case .assigned, .progress: break
    }
  }

  func tell(_ failure: Failure) {
    tell(failure.diagnostics, in: failure.file)
    let calls = failure.calls
    for frame in calls.innermost { Output.message(line(frame)) }
    if calls.omitted > 0 { Output.message("  … \(calls.omitted) more calls") }
    for frame in calls.outermost { Output.message(line(frame)) }
  }

  private func shown(_ value: Value) -> String {
    writesJSON ? value.json(library).description : display.full(value, on: Output.surface)
  }

  private func tell(_ diagnostics: [Diagnostic], in file: String) {
    let source = source(of: file) ?? Source("")
    let renderer = DiagnosticRenderer(source: source, file: file, colour: Output.messageColours)
    // The renderer ends its text with a line break, and so does the output.
    Output.message(String(renderer.render(diagnostics).dropLast()))
  }

  private func line(_ frame: CallStack.Frame) -> String {
    let place = source(of: frame.file).map {
      "\(frame.file):\($0.lines.position(at: frame.span.start).line)"
    }
    let what =
      switch frame.kind {
      case .function(let name): "in `\(name)`, called"
      case .use(let path): "in \"\(path)\", used"
      }
    return "  \(what) at \(place ?? frame.file)"
  }

  private func source(of file: String) -> Source? {
    session.withLock { $0 }?.source(of: file)
  }
}
