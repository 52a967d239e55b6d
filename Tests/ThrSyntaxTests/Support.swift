import Dispatch
import Foundation
import ThrSyntax

/// A small seeded generator, so that a failure can be repeated (SplitMix64, Steele 2014).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

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
