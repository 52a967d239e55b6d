import Dispatch
import Foundation
import ThrSyntax

/// Runs work on a thread of its own with a stack of the given size, and waits for it.
func onThread(stackSize: Int, _ work: @escaping @Sendable () -> Void) {
  let ended = DispatchSemaphore(value: 0)
  let thread = Thread {
    work()
    ended.signal()
  }
  thread.stackSize = stackSize
  thread.start()
  ended.wait()
}
