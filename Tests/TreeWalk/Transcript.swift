import Synchronization
import TableIO
import ThrModel
import ThrRuntime
import ThrSyntax

/// Everything that can be seen of a run, one line for each thing, to be compared as texts.
public struct Transcript: Sendable {
  let library: Library
  let files: [String: [UInt8]]
  let isInteractive: Bool
  let isStrict: Bool

  /// - Parameters:
  ///   - files: what programs may read, by path; each run begins with them as they are here.
  ///   - isInteractive: whether the texts are the inputs of a prompt.
  public init(
    _ library: Library, files: [String: String] = [:], isInteractive: Bool = false,
    isStrict: Bool = false
  ) {
    self.init(
      library, bytes: files.mapValues { Array($0.utf8) }, isInteractive: isInteractive,
      isStrict: isStrict)
  }

  public init(
    _ library: Library, bytes files: [String: [UInt8]], isInteractive: Bool = false,
    isStrict: Bool = false
  ) {
    self.library = library
    self.files = files
    self.isInteractive = isInteractive
    self.isStrict = isStrict
  }

  private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
  }

  private func context() -> CallContext {
    CallContext(files: MemoryFileSystem(files), display: ValueDisplay(library))
  }

  /// What the compiled programs do.
  public func compiled(_ inputs: [String], file: String? = nil) -> [String] {
    let lines = Lines()
    let session = ThrRuntime.Session(
      library, context: context(), arguments: ["one", "two"],
      options: .init(isStrict: isStrict, isInteractive: isInteractive)
    ) { event in line(of: event).map { lines.add($0) } }
    for input in inputs {
      switch session.run(parse(Source(input)), file: file) {
      case .finished: lines.add("finished")
      case .cancelled: lines.add("cancelled")
      case .exited(let status): lines.add("exited \(status)")
      case .failed(let failure):
        lines.add("failed in \(failure.file): \(failure.diagnostics)")
        lines.add("calls \(failure.calls)".replacing("ThrRuntime."))
      }
    }
    return lines.all + session.variables.map { "\($0.name) is \(text(of: $0.value))" }
      + (isInteractive ? [session.script(in: "")] : [])
  }

  /// What the tree walk does.
  public func walked(_ inputs: [String], file: String? = nil) -> [String] {
    let lines = Lines()
    let session = Session(
      library, context: context(), arguments: ["one", "two"],
      options: .init(isStrict: isStrict, isInteractive: isInteractive)
    ) { event in line(of: event).map { lines.add($0) } }
    for input in inputs {
      switch session.run(parse(Source(input)), file: file) {
      case .finished: lines.add("finished")
      case .cancelled: lines.add("cancelled")
      case .exited(let status): lines.add("exited \(status)")
      case .failed(let failure):
        lines.add("failed in \(failure.file): \(failure.diagnostics)")
        lines.add("calls \(failure.calls)".replacing("TreeWalk."))
      }
    }
    return lines.all + session.variables.map { "\($0.name) is \(text(of: $0.value))" }
      + (isInteractive ? [session.script(in: "")] : [])
  }

  /// Progress is reported by the clock, and so left out.
  private func line(of event: Event) -> String? {
    switch event {
    case .shown(let value, let span): "shown \(text(of: value)) at \(span)"
    case .assigned(let name, let value, let span):
      "assigned \(name) \(text(of: value)) at \(span)"
    case .printed(let line): "printed \(line)"
    case .warning(let diagnostic, let file): "warning in \(file): \(diagnostic)"
    case .progress: nil
    case .readAgain(let path): "read again \(path)"
    }
  }

  private func text(of value: Value) -> String {
    switch value {
    case .number(let number): "number \(number.bitPattern)"
    default: "\(ValueDisplay(library).line(value)) of \(value.depth)"
    }
  }
}

extension String {
  /// Without the name of a module.
  fileprivate func replacing(_ module: String) -> String {
    var text = ""
    var rest = self[...]
    while let range = rest.firstRange(of: module) {
      text += rest[..<range.lowerBound]
      rest = rest[range.upperBound...]
    }
    return text + rest
  }
}
