import Synchronization
import ThrModel

/// Notes which files are read and written, by paths without detours.
final class FileLog: Sendable {
  enum Access: Hashable, Sendable {
    case read(String)
    case written(String)
  }

  private let accesses = Mutex<[Access]>([])

  private func note(_ access: Access) { accesses.withLock { $0.append(access) } }

  /// What was noted since it was last asked.
  func drain() -> [Access] {
    accesses.withLock { accesses in
      defer { accesses = [] }
      return accesses
    }
  }

  /// The same context, whose files are watched.
  func watching(_ context: CallContext) -> CallContext {
    context.observingFiles(
      reading: { self.note(.read(SourcePath.resolve($0, in: ""))) },
      writing: { self.note(.written(SourcePath.resolve($0, in: ""))) })
  }
}
