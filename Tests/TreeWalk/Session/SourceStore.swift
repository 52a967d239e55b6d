import Synchronization
import ThrSyntax

/// The texts that a session has run, by name, so that messages can show their lines.
final class SourceStore: Sendable {
  private let sources = Mutex<[String: Source]>([:])

  func add(_ source: Source, named name: String) {
    sources.withLock { $0[name] = source }
  }

  func source(of name: String) -> Source? {
    sources.withLock { $0[name] }
  }
}
