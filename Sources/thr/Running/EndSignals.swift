import Glibc
import TableIO

/// Signals that end the process from outside: no half of a file stays under a temporary name.
enum EndSignals {
  /// Removes temporary files before a signal ends the process as it would without this.
  static func listen() {
    // Touched before a handler can run: a lazily made global is not safe inside one.
    LocalFileSystem.removeTemporaries()
    for number in [SIGTERM, SIGHUP, SIGQUIT] { removeTemporaries(on: number) }
    // A write beyond the limit of file sizes then fails with a reason.
    signal(SIGXFSZ, SIG_IGN)
  }

  private static func removeTemporaries(on number: Int32) {
    var old = sigaction()
    sigaction(number, nil, &old)
    // `nohup` hands down that a hang-up is ignored.
    guard old.__sigaction_handler.sa_handler == nil else { return }
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { number in
      LocalFileSystem.removeTemporaries()
      signal(number, SIG_DFL)
      raise(number)
    }
    sigaction(number, &action, nil)
    // A parent may have handed down a mask that keeps the signal away.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, number)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }
}
