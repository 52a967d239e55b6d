import Glibc
import ParallelWork

/// Ends the server when the process that started it is gone, even where its pipes stay open because
/// another process inherited them.
struct ClientWatch {
  /// What `initialize` named.
  let process: pid_t
  private let isParent: Bool

  init(process: Int) {
    self.process = pid_t(truncatingIfNeeded: process)
    isParent = getppid() == self.process
  }

  /// Calls once the client has died.
  func start(every interval: UInt32 = 1, then end: @escaping @Sendable () -> Void) {
    SystemThread.detach(stackSize: 8 << 20) { [self] in
      while isAlive { sleep(interval) }
      end()
    }
  }

  /// A dead parent that no one has waited for still has its number, but its children have another
  /// parent.
  private var isAlive: Bool {
    if isParent, getppid() != process { return false }
    return kill(process, 0) == 0 || errno == EPERM
  }
}
