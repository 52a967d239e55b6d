import CStack
import ParallelWork

/// The thread that programs are evaluated on, with a stack that calls nested a thousand deep fit in.
///
/// The stack is 512 MiB of address space, of which only what is used takes memory.
enum EvaluationThread {
  static let stackSize = 512 << 20

  /// Runs the body on a thread of its own and waits for it; false where no thread can be started.
  static func run(_ body: (StackBounds) -> Void) -> Bool {
    // Where address space is limited, a smaller stack means fewer nested calls, which are counted.
    [stackSize, 128 << 20, 32 << 20, 8 << 20].contains { size in
      SystemThread.run(stackSize: size) { body(StackBounds(size: size)) }
    }
  }
}

/// Where the evaluation thread's stack lies.
struct StackBounds: Sendable {
  private let top: UInt
  private let size: UInt

  /// Made near the top of the thread's stack.
  init(size: Int) {
    top = Self.position
    self.size = UInt(size)
  }

  /// Whether the caller runs on this stack at all.
  var holdsCaller: Bool { Self.position <= top && top - Self.position < size }

  /// Whether an eighth is left, which one expression of the greatest depth, or a builtin, needs.
  var hasRoom: Bool { holdsCaller && top - Self.position < size - size / 8 }

  /// Where the caller's frame lies: a local of its own may lie elsewhere, as under AddressSanitizer.
  private static var position: UInt { UInt(bitPattern: thr_stack_position()) }
}
