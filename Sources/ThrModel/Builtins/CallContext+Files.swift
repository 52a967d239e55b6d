public import TableIO

extension CallContext {
  /// The same, reporting every file that is read, sought or written.
  public func observingFiles(_ report: @escaping @Sendable (FileAccess) -> Void) -> CallContext {
    var context = self
    context.files = ObservedFileSystem(files, reporting: report)
    return context
  }
}
