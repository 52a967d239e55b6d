import Synchronization
import TableIO
import ThrModel
import ThrRuntime
import ThrSyntax
import ToyLibrary

/// One session with a toy library, and what it reported.
final class Run: Sendable {
  let session: Session
  let display = ValueDisplay(Library.running)
  let files: MemoryFileSystem

  init(
    files: [String: String] = [:], arguments: [String] = [], isStrict: Bool = false,
    isInteractive: Bool = false, interruption: Interruption = Interruption()
  ) {
    let events = Box()
    let disk = MemoryFileSystem(texts: files)
    self.files = disk
    session = Session(
      Library.running,
      context: CallContext(
        files: disk, display: ValueDisplay(Library.running)),
      arguments: arguments, options: .init(isStrict: isStrict, isInteractive: isInteractive),
      interruption: interruption
    ) { event in events.events.withLock { $0.append(event) } }
    box = events
  }

  private final class Box: Sendable { let events = Mutex<[Event]>([]) }
  private let box: Box

  var events: [Event] { box.events.withLock { $0 } }

  @discardableResult
  func callAsFunction(
    _ source: String, file: String? = nil, alreadyReported: Set<Finding> = []
  ) -> Session.Outcome {
    session.run(parse(source), file: file, alreadyReported: alreadyReported)
  }

  /// What was shown, printed and warned of, each in one line.
  var lines: [String] {
    events.compactMap { event in
      switch event {
      case .shown(let value, _): display.line(value)
      case .printed(let line): "print: \(line)"
      case .warning(let diagnostic, _): "warning: \(diagnostic.kind.name)"
      case .readAgain(let path): "again: \(path)"
      case .assigned, .progress: nil
      }
    }
  }
}

/// What a program shows, each value in one line; its failure stands last.
func shown(_ source: String, files: [String: String] = [:]) -> [String] {
  let run = Run(files: files)
  switch run(source) {
  case .finished: return run.lines
  case .failed(let failure):
    let error = failure.diagnostics[0]
    return run.lines + ["\(error.kind.name): \(error.message)"]
  case .cancelled: return run.lines + ["cancelled"]
  case .exited(let status): return run.lines + ["exited with \(status)"]
  }
}

/// A source with one place marked by `«` and `»`.
struct Marked {
  let source: String
  let span: Span

  init(_ text: String) {
    let start = text.utf8.prefix(upTo: text.firstIndex(of: "«") ?? text.startIndex).count
    let end = text.utf8.prefix(upTo: text.firstIndex(of: "»") ?? text.startIndex).count
    source = String(text.filter { $0 != "«" && $0 != "»" })
    // The opening mark itself stands before the end.
    span = Span(start, end - "«".utf8.count)
  }
}

extension Session.Outcome {
  var failure: Failure? {
    if case .failed(let failure) = self { failure } else { nil }
  }
}
