import Glibc
import Synchronization

/// Runs numbered pieces of work on several threads.
public enum Workers {
  /// Number of processors.
  public static var available: Int { max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1) }

  /// Calls `body` on each of some threads, the caller's among them, and waits for all.
  ///
  /// Each asks for the next piece until there is none. Where a thread cannot be started, the others
  /// do its work.
  /// - Parameter body: called with the number of the worker, the caller's being 0.
  public static func run(
    pieces: Int, threads: Int,
    _ body: @escaping @Sendable (_ worker: Int, _ next: () -> Int?) -> Void
  ) {
    let crew = Crew(pieces: pieces, body)
    let wanted = min(max(threads, 1), max(pieces, 1))
    let others = (1..<wanted).compactMap { worker in SystemThread { crew.work(as: worker) } }
    crew.work(as: 0)
    for thread in others { thread.join() }
  }

  private final class Crew: Sendable {
    private let pieces: Int
    private let started = Atomic<Int>(0)
    private let body: @Sendable (Int, () -> Int?) -> Void

    init(pieces: Int, _ body: @escaping @Sendable (Int, () -> Int?) -> Void) {
      self.pieces = pieces
      self.body = body
    }

    func work(as worker: Int) {
      body(worker) {
        let piece = started.add(1, ordering: .relaxed).oldValue
        return piece < pieces ? piece : nil
      }
    }
  }
}
