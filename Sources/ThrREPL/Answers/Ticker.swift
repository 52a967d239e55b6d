import Glibc
import ParallelWork

/// Calls a closure ten times a second while something runs, and sleeps else.
final class Ticker: Sendable {
  private static let interval: Int32 = 100

  /// The end of a pipe that says “begun” and “ended” by a byte each.
  private let signal: Int32

  /// - Parameter tick: called on a thread of its own.
  init?(_ tick: @escaping @Sendable () -> Void) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // Nothing waits for the thread: a byte more or less is no reason to stop a run.
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    signal = ends[1]
    let work = Work(source: ends[0], tick: tick)
    guard SystemThread.detach({ work.run() }) else {
      for end in ends { close(end) }
      return nil
    }
  }

  deinit { close(signal) }

  func begin() { send(1) }
  func end() { send(0) }

  private func send(_ byte: UInt8) {
    var byte = byte
    _ = write(signal, &byte, 1)
  }

  private final class Work: Sendable {
    private let source: Int32
    private let tick: @Sendable () -> Void

    init(source: Int32, tick: @escaping @Sendable () -> Void) {
      self.source = source
      self.tick = tick
    }

    /// Ends when the other end of the pipe is closed.
    func run() {
      // Ctrl-C and a new size of the window are for the thread that waits for keys.
      var all = sigset_t()
      sigfillset(&all)
      pthread_sigmask(SIG_BLOCK, &all, nil)
      var isRunning = false
      while true {
        var request = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
        let ready = poll(&request, 1, isRunning ? Ticker.interval : -1)
        if ready == 0 { tick() }
        guard ready > 0 else { continue }
        var byte: UInt8 = 0
        guard read(source, &byte, 1) == 1 else { break }
        isRunning = byte == 1
      }
      close(source)
    }
  }
}
