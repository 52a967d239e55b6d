import Glibc
import Synchronization

/// Stops a statement that takes too long or too much.
///
/// Asked from every loop, so that it looks at the clock each time, and at the memory now and then.
final class NotebookLimits: Sendable {
  enum Stopped: Int {
    case not, interrupted, statementTime, runTime, memory
  }

  private let interruption: Interruption
  private let budget: Notebook.Budget
  private let runEnd: Int
  private let memoryAtStart: Int
  private let statementEnd = Atomic<Int>(.max)
  /// Whether the statement under way has less time than a statement may take.
  private let isShort = Atomic<Bool>(false)
  private let nextLook = Atomic<Int>(0)
  private let stopped = Atomic<Int>(0)

  init(_ budget: Notebook.Budget, _ interruption: Interruption) {
    self.budget = budget
    self.interruption = interruption
    runEnd = MonotonicClock.now + Self.nanoseconds(budget.seconds)
    memoryAtStart = ResidentMemory.bytes
  }

  func beginStatement() {
    stopped.store(0, ordering: .relaxed)
    let now = MonotonicClock.now
    let most = Self.nanoseconds(budget.secondsPerStatement)
    // Some of what is left is left to the statements after it, however many take too long.
    let share = max(0, runEnd - now) / 5 * 3
    isShort.store(share < most, ordering: .relaxed)
    statementEnd.store(now + min(most, share), ordering: .relaxed)
  }

  /// Why the statement under way was stopped, if it was.
  var reason: Stopped { Stopped(rawValue: stopped.load(ordering: .relaxed)) ?? .not }

  /// How much memory the process may have in use, in bytes: what is known beforehand to take more is
  /// refused before it begins.
  var memoryCeiling: Int? {
    memoryAtStart > 0 ? memoryAtStart + min(budget.bytes, .max - memoryAtStart) : nil
  }

  var isInterrupted: Bool { interruption.isRaised }

  var hasTimeLeft: Bool { MonotonicClock.now < runEnd }

  var shouldStop: Bool {
    if stopped.load(ordering: .relaxed) != 0 { return true }
    let reason = reasonToStop()
    if reason != .not { stopped.store(reason.rawValue, ordering: .relaxed) }
    return reason != .not
  }

  private func reasonToStop() -> Stopped {
    if interruption.isRaised { return .interrupted }
    let now = MonotonicClock.now
    if now >= statementEnd.load(ordering: .relaxed) {
      return isShort.load(ordering: .relaxed) ? .runTime : .statementTime
    }
    if now >= nextLook.load(ordering: .relaxed) {
      nextLook.store(now + 5_000_000, ordering: .relaxed)
      if ResidentMemory.bytes - memoryAtStart > budget.bytes { return .memory }
    }
    return .not
  }

  private static func nanoseconds(_ seconds: Double) -> Int {
    Int(min(max(seconds, 0), 1e8) * 1e9)
  }
}

/// The memory of this process that is really there.
enum ResidentMemory {
  private static let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))

  /// In bytes; 0 where it is unknown.
  static var bytes: Int {
    let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return 0 }
    defer { close(file) }
    return withUnsafeTemporaryAllocation(byteCount: 128, alignment: 1) { buffer in
      let count = max(0, read(file, buffer.baseAddress, buffer.count))
      let fields = buffer[..<count].split(separator: UInt8(ascii: " "))
      guard fields.count > 1 else { return 0 }
      return pageSize * fields[1].reduce(0) { $0 * 10 + Int($1 &- UInt8(ascii: "0")) }
    }
  }

  /// Gives back to the system what was freed, where its allocator can.
  static func trim() {
    typealias Trim = @convention(c) (Int) -> Int32
    guard let symbol = dlsym(nil, "malloc_trim") else { return }
    _ = unsafeBitCast(symbol, to: Trim.self)(0)
  }
}
