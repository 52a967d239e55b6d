import Glibc
import Synchronization
import ThrRuntime

/// Ctrl-C: the first asks the run to stop, a second ends the process at once.
enum InterruptSignal {
  static let interruption = Interruption()

  static func listen() {
    // Touched before the handler can run: a lazily made global is not safe inside one.
    interruption.clear()
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      if InterruptSignal.interruption.isRaised { _exit(ExitStatus.interrupted.rawValue) }
      InterruptSignal.interruption.raise()
    }
    sigaction(SIGINT, &action, nil)
    // A parent may have handed down a mask that keeps Ctrl-C away.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }
}
