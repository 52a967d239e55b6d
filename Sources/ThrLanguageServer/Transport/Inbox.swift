import Glibc

/// A queue between threads: any may post, one takes.
///
/// `@unchecked`: everything inside is touched under the lock only.
final class Inbox<Element: Sendable>: @unchecked Sendable {
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let arrival = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// The elements from `first` on; the others have been taken.
  private var elements: [Element?] = []
  private var first = 0

  init() {
    pthread_mutex_init(lock, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    // Deadlines must not move with the clock on the wall.
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(arrival, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(arrival)
    pthread_mutex_destroy(lock)
    arrival.deallocate()
    lock.deallocate()
  }

  func post(_ element: Element) {
    locked { elements.append(element) }
    pthread_cond_signal(arrival)
  }

  /// Waits for the next element; `nil` where none came before the deadline.
  func take(before deadline: ContinuousClock.Instant? = nil) -> Element? {
    locked {
      while first == elements.count {
        guard let deadline else {
          pthread_cond_wait(arrival, lock)
          continue
        }
        let rest = ContinuousClock.now.duration(to: deadline)
        guard rest > .zero else { return nil }
        wait(rest)
      }
      return takeFirst()
    }
  }

  /// Whether the next element waits already and meets a condition.
  func isNext(where condition: (Element) -> Bool) -> Bool {
    locked { first < elements.count && elements[first].map(condition) == true }
  }

  private func takeFirst() -> Element? {
    let element = elements[first]
    elements[first] = nil
    first += 1
    if first == elements.count || first > 1_000 {
      elements.removeFirst(first)
      first = 0
    }
    return element
  }

  private func wait(_ duration: Duration) {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let (seconds, attoseconds) = duration.components
    time.tv_sec += Int(seconds)
    time.tv_nsec += Int(attoseconds / 1_000_000_000)
    if time.tv_nsec >= 1_000_000_000 {
      time.tv_sec += 1
      time.tv_nsec -= 1_000_000_000
    }
    pthread_cond_timedwait(arrival, lock, &time)
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return body()
  }
}
