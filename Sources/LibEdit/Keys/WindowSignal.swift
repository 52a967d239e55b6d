import Glibc
import Synchronization

/// Hears that the terminal's window has changed its size.
public enum WindowSignal {
  private static let raised = Atomic<Bool>(false)

  /// Installs the handler; without SA_RESTART, so that a waiting reader wakes up.
  public static func listen() {
    // Touched before the handler can run: a lazily made global is not safe inside one.
    raised.store(false, ordering: .relaxed)
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      WindowSignal.raised.store(true, ordering: .relaxed)
    }
    sigaction(SIGWINCH, &action, nil)
  }

  static var isRaised: Bool { raised.load(ordering: .relaxed) }

  /// Whether it was heard since the last time.
  public static func take() -> Bool { raised.exchange(false, ordering: .relaxed) }
}
