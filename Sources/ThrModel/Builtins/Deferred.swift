import Synchronization

/// Something large that is made when it is first needed, and then kept.
///
/// Threads that need it first at the same time may each make it; all of them see the same one.
final class Deferred<Value: AnyObject & Sendable>: Sendable {
  private let made = AtomicLazyReference<Value>()
  private let make: @Sendable () -> Value

  init(_ make: @escaping @Sendable () -> Value) { self.make = make }

  var value: Value { made.load() ?? made.storeIfNil(make()) }
}
