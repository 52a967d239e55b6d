import Glibc

/// A thread of the operating system, outside Swift's pool: for work that blocks or needs much
/// stack.
public struct SystemThread: @unchecked Sendable {
  private let thread: pthread_t

  /// Starts a thread that someone must `join`; `nil` where none can be started.
  ///
  /// - Parameter stackSize: in bytes; the system's own where `nil`.
  public init?(stackSize: Int? = nil, _ body: @escaping @Sendable () -> Void) {
    guard let thread = Self.create(stackSize, isDetached: false, body) else { return nil }
    self.thread = thread
  }

  /// Waits until its work is done; to be called once.
  public func join() { pthread_join(thread, nil) }

  /// Starts a thread that is not waited for; false where none can be started.
  @discardableResult
  public static func detach(
    stackSize: Int? = nil, _ body: @escaping @Sendable () -> Void
  ) -> Bool {
    create(stackSize, isDetached: true, body) != nil
  }

  /// Does work on a thread of its own and waits for it; false where none can be started.
  public static func run(stackSize: Int? = nil, _ body: () -> Void) -> Bool {
    withoutActuallyEscaping(body) { body in
      let work = OneThread(body)
      guard let thread = SystemThread(stackSize: stackSize, { work.body() }) else { return false }
      thread.join()
      return true
    }
  }

  /// The caller waits meanwhile, so no two threads are ever in the body.
  private struct OneThread: @unchecked Sendable {
    let body: () -> Void

    init(_ body: @escaping () -> Void) { self.body = body }
  }

  private final class Work {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private static func create(
    _ stackSize: Int?, isDetached: Bool, _ body: @escaping @Sendable () -> Void
  ) -> pthread_t? {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return nil }
    defer { pthread_attr_destroy(&attributes) }
    if let stackSize, pthread_attr_setstacksize(&attributes, stackSize) != 0 { return nil }
    if isDetached {
      pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    }
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let status = pthread_create(&thread, &attributes, start, work.toOpaque())
    if status != 0 { work.release() }
    return status == 0 ? thread : nil
  }

  private static let start: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
    {
      if let work = $0 { Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body() }
      return nil
    }
}
