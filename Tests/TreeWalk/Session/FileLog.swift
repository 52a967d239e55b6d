import Synchronization
import TableIO
import ThrModel

/// Notes which files are read and written, by paths without detours.
final class FileLog: Sendable {
  private let accesses = Mutex<[FileAccess]>([])

  /// What was noted since it was last asked, each access once, in order.
  func drain() -> [FileAccess] {
    accesses.withLock { accesses in
      defer { accesses = [] }
      return accesses
    }
  }

  /// The same context, whose files are watched.
  func watching(_ context: CallContext) -> CallContext {
    context.observingFiles { access in
      self.accesses.withLock { accesses in
        if !accesses.contains(access) { accesses.append(access) }
      }
    }
  }
}
