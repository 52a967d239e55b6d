import Glibc
import Synchronization

/// Work in numbered pieces, done by several threads.
public enum Workers {
  /// The processors that there are.
  public static var available: Int { max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1) }

  /// Calls `body` on each of some threads, the caller's among them, and waits for all.
  ///
  /// Each asks for the next piece until there is none.
  /// - Parameter body: called with the number of the worker, the caller's being 0.
  public static func run(
    pieces: Int, threads: Int,
    _ body: @escaping @Sendable (_ worker: Int, _ next: () -> Int?) -> Void
  ) {
    let crew = Crew(pieces: pieces, body)
    let wanted = min(max(threads, 1), max(pieces, 1))
    let others = (1..<wanted).compactMap { crew.start(worker: $0) }
    crew.work(as: 0)
    for thread in others { pthread_join(thread, nil) }
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

    private final class Place {
      let crew: Crew
      let worker: Int

      init(_ crew: Crew, _ worker: Int) { (self.crew, self.worker) = (crew, worker) }
    }

    /// `nil` where no thread can be started: the others do its work.
    func start(worker: Int) -> pthread_t? {
      let place = Unmanaged.passRetained(Place(self, worker))
      var thread = pthread_t()
      let status = pthread_create(
        &thread, nil,
        { argument in
          guard let argument else { return nil }
          let place = Unmanaged<Place>.fromOpaque(argument).takeRetainedValue()
          place.crew.work(as: place.worker)
          return nil
        }, place.toOpaque())
      guard status == 0 else {
        place.release()
        return nil
      }
      return thread
    }
  }
}
