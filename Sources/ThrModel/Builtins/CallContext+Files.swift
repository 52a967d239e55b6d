public import TableIO

extension CallContext {
  /// The same, telling of every file that is read, sought or written.
  public func observingFiles(_ tell: @escaping @Sendable (FileAccess) -> Void) -> CallContext {
    var context = self
    context.files = ObservedFileSystem(files, telling: tell)
    return context
  }
}
