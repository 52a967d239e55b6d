import Glibc

/// Lets several threads do numbered pieces of work, and the last part of each one after the other, in
/// the order of their numbers.
public final class OrderedQueue: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  private var turn = 0
  private var isStopped = false

  public init() {
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    changed = .allocate(capacity: 1)
    changed.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  /// Waits until all pieces with lower numbers have had their turn, and takes its own.
  ///
  /// Each number from 0 on must be given once, in increasing order by each thread.
  /// - Parameter body: returns whether the pieces after this one are to have their turns.
  /// - Returns: whether they are; false, without a turn, where an earlier piece stopped all.
  public func inTurn(_ number: Int, _ body: () -> Bool) -> Bool {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while turn != number, !isStopped { pthread_cond_wait(changed, mutex) }
    guard !isStopped else { return false }
    let goesOn = body()
    if goesOn { turn += 1 } else { isStopped = true }
    pthread_cond_broadcast(changed)
    return goesOn
  }

  /// Ends all turns that have not begun, from any thread.
  ///
  /// - Parameter body: run while no piece has its turn, unless all were stopped before.
  public func stop(_ body: () -> Void) {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    guard !isStopped else { return }
    body()
    isStopped = true
    pthread_cond_broadcast(changed)
  }
}
