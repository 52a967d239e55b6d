import Glibc
import Synchronization
import ThrModel

/// How far a run has come: the turns of its outermost loop, and within one what a builtin reports.
///
/// A loop reads the clock every few milliseconds, however short its turns are.
final class LoopProgress: Sendable {
  /// Between two messages, in nanoseconds.
  private static let pause = 50_000_000

  private let report: @Sendable (Progress) -> Void
  /// The outermost loop; no loop where there are no turns.
  private let turns = Atomic<Int>(0)
  private let done = Atomic<Int>(0)
  private let lastReported = Atomic<Int>(0)

  init(_ report: @escaping @Sendable (Progress) -> Void) { self.report = report }

  /// Begins to count turns, unless a loop around this one is counted already.
  func begin(_ count: Int) -> LoopTurns? {
    guard count > 1, turns.load(ordering: .relaxed) == 0 else { return nil }
    turns.store(count, ordering: .relaxed)
    done.store(0, ordering: .relaxed)
    lastReported.store(MonotonicClock.now, ordering: .relaxed)
    return LoopTurns(self)
  }

  func end() { turns.store(0, ordering: .relaxed) }

  /// Takes what a builtin reports of itself.
  func take(_ progress: Progress) {
    guard isTime else { return }
    let count = turns.load(ordering: .relaxed)
    guard count > 1 else { return report(progress) }
    let turn = Double(done.load(ordering: .relaxed))
    report(Progress(progress.label, fraction: (turn + progress.fraction) / Double(count)))
  }

  fileprivate func complete(_ turn: Int) { done.store(turn, ordering: .relaxed) }

  fileprivate func reportTurn() {
    guard isTime else { return }
    let count = turns.load(ordering: .relaxed)
    let fraction = Double(done.load(ordering: .relaxed)) / Double(max(count, 1))
    report(Progress("looping", fraction: fraction))
  }

  private var isTime: Bool {
    let now = MonotonicClock.now
    guard now - lastReported.load(ordering: .relaxed) >= Self.pause else { return false }
    lastReported.store(now, ordering: .relaxed)
    return true
  }
}

/// The turns of one loop.
struct LoopTurns {
  private let progress: LoopProgress
  private var count = 0
  private var next = 1
  /// How many turns pass between two looks at the clock.
  private var stride = 1
  private var lastLook = MonotonicClock.now

  fileprivate init(_ progress: LoopProgress) { self.progress = progress }

  /// Counts a turn that is over.
  mutating func complete() {
    count += 1
    progress.complete(count)
    if count >= next { look() }
  }

  private mutating func look() {
    let now = MonotonicClock.now
    let passed = now - lastLook
    if passed < 2_000_000, stride < 1 << 20 { stride *= 2 }
    if passed > 20_000_000 { stride = max(1, stride / 4) }
    lastLook = now
    next = count + stride
    progress.reportTurn()
  }
}

/// The time since the machine was started, in nanoseconds.
enum MonotonicClock {
  static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
  }
}
