import Synchronization
import ThrLibrary
public import ThrModel
public import ThrRuntime

/// What a script shows while it runs, on the way to a page.
public final class CollectedReport: Sendable {
  private let report = Mutex(ScriptReport())

  public init() {}

  /// Takes what goes to standard output elsewhere.
  @Sendable public func take(_ event: Event) {
    report.withLock { report in
      switch event {
      case .shown(let value, _): report.show(value)
      case .printed(let line): report.print(line)
      case .assigned, .warning, .progress, .readAgain: break
      }
    }
  }

  public var isEmpty: Bool { report.withLock { $0.isEmpty } }

  /// Writes the page, whole or not at all.
  public func write(to path: String, title: String, _ context: CallContext) throws {
    try report.withLock { report in
      try report.write(to: path, title: title, context)
    }
  }
}
