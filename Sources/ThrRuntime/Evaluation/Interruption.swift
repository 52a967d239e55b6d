import Synchronization

/// Asks a running program to stop.
///
/// A signal handler may raise it: it only stores to an atomic.
public final class Interruption: Sendable {
  private let requested = Atomic<Bool>(false)

  public init() {}

  /// Ends the run within milliseconds; it stays raised until it is cleared.
  public func raise() { requested.store(true, ordering: .relaxed) }

  public func clear() { requested.store(false, ordering: .relaxed) }

  public var isRaised: Bool { requested.load(ordering: .relaxed) }
}
