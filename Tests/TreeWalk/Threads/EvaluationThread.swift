import CStack
import Glibc

/// The thread that programs are evaluated on, with a stack that calls nested a thousand deep fit in.
///
/// The stack is 512 MiB of address space, of which only what is used takes memory.
enum EvaluationThread {
  static let stackSize = 512 << 20

  /// Runs the body on a thread of its own and waits for it; false where no thread can be started.
  static func run(_ body: (StackBounds) -> Void) -> Bool {
    // Where address space is limited, a smaller stack means fewer nested calls, which are counted.
    [stackSize, 128 << 20, 32 << 20, 8 << 20].contains { run(body, stackSize: $0) }
  }

  private final class Work {
    let body: (StackBounds) -> Void
    let stackSize: Int

    init(_ body: @escaping (StackBounds) -> Void, _ stackSize: Int) {
      self.body = body
      self.stackSize = stackSize
    }
  }

  private static func run(_ body: (StackBounds) -> Void, stackSize: Int) -> Bool {
    withoutActuallyEscaping(body) { body in
      var attributes = pthread_attr_t()
      guard pthread_attr_init(&attributes) == 0 else { return false }
      defer { pthread_attr_destroy(&attributes) }
      guard pthread_attr_setstacksize(&attributes, stackSize) == 0 else { return false }
      let work = Work(body, stackSize)
      var thread = pthread_t()
      let started = pthread_create(
        &thread, &attributes,
        { argument in
          guard let argument else { return nil }
          let work = Unmanaged<Work>.fromOpaque(argument).takeUnretainedValue()
          work.body(StackBounds(size: work.stackSize))
          return nil
        }, Unmanaged.passUnretained(work).toOpaque())
      guard started == 0 else { return false }
      // The caller's frame owns `work` until the thread has ended.
      return withExtendedLifetime(work) { pthread_join(thread, nil) == 0 }
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

  private static var position: UInt { UInt(bitPattern: thr_stack_position()) }
}
