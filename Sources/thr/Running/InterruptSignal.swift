@preconcurrency import Glibc
import ParallelWork
import Synchronization
import TableIO
import ThrRuntime

/// Ctrl-C: the first asks the run to stop, a second ends the process at once.
enum InterruptSignal {
  static let interruption = Interruption()

  private static let isReported = Atomic<Bool>(false)

  /// Says that the run was interrupted, once.
  static func report() {
    guard !isReported.exchange(true, ordering: .relaxed) else { return }
    fputs("interrupted\n", stderr)
    fflush(stderr)
  }

  static func listen() {
    // Touched before the handler can run: a lazily made global is not safe inside one.
    interruption.clear()
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      if InterruptSignal.interruption.isRaised {
        LocalFileSystem.removeTemporaries()
        _exit(ExitStatus.interrupted.rawValue)
      }
      InterruptSignal.interruption.raise()
      sem_post(Deadline.raised)
    }
    Deadline.watch()
    EndSignals.listen()
    install(action)
  }

  /// At a prompt the process always goes on: it has values to lose.
  static func listenAtPrompt() {
    interruption.clear()
    EndSignals.listen()
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in InterruptSignal.interruption.raise() }
    install(action)
  }

  private static func install(_ action: sigaction) {
    var action = action
    sigaction(SIGINT, &action, nil)
    // A parent may have handed down a mask that keeps Ctrl-C away.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }
}

/// Ends an interrupted process whose run does not stop in time: some short work, such as letting go
/// of gigabytes, cannot be asked to.
private enum Deadline {
  /// Posted by the signal handler, where little else is allowed; lives as long as the process.
  static nonisolated(unsafe) let raised: UnsafeMutablePointer<sem_t> = {
    let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    semaphore.initialize(to: sem_t())
    sem_init(semaphore, 0, 0)
    return semaphore
  }()

  private static let microseconds: UInt32 = 30_000

  /// Waits for an interrupt on a thread of its own, and gives the run its time.
  static func watch() {
    _ = raised
    SystemThread.detach { Deadline.end() }
  }

  private static func end() -> Never {
    while sem_wait(raised) != 0 {}
    usleep(microseconds)
    // Half a file would be left, under a temporary name.
    while LocalFileSystem.isReplacing { usleep(microseconds / 10) }
    // What was shown reaches its reader, unless a thread is stuck in writing it.
    if ftrylockfile(stdout) == 0 { fflush(stdout) }
    if ftrylockfile(stderr) == 0 { InterruptSignal.report() }
    _exit(ExitStatus.interrupted.rawValue)
  }
}
