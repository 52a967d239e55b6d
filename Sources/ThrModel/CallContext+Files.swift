import TableIO

extension CallContext {
  /// The same, telling of every file that is read or written, by its path.
  public func observingFiles(
    reading: @escaping @Sendable (String) -> Void, writing: @escaping @Sendable (String) -> Void
  ) -> CallContext {
    var context = self
    context.files = ObservedFileSystem(files) { access in
      switch access {
      case .read(let path): reading(path)
      case .written(let path): writing(path)
      }
    }
    return context
  }
}
