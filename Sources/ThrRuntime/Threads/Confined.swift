/// What one thread at a time touches, under the lock of its owner.
///
/// `@unchecked`: the owner keeps it in a `Mutex` and hands it to nothing else.
struct Confined<Content>: @unchecked Sendable {
  let content: Content

  init(_ content: Content) { self.content = content }
}
