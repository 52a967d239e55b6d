import ParallelWork
import Synchronization

/// The old entries of a long history, read on a thread of their own: no prompt waits for them.
final class OlderEntries: Sendable {
  private final class Found: Sendable {
    let entries = Mutex<[String]?>(nil)
  }

  private let found = Found()
  private let thread: SystemThread?

  init(of path: String, before end: Int) {
    let found = found
    thread = SystemThread {
      let entries = HistoryFile.entries(of: path, before: end)
      found.entries.withLock { $0 = entries }
    }
  }

  /// The entries, the oldest first, once; `nil` while they are being read.
  ///
  /// - Parameter waiting: whether to wait for them; then they are there, unless no thread could be
  ///   started.
  func take(waiting: Bool) -> [String]? {
    guard waiting || found.entries.withLock({ $0 != nil }) else { return nil }
    thread?.join()
    return found.entries.withLock { $0 }
  }
}
