/// Use of a file.
public enum FileAccess: Hashable, Sendable {
  case read(String)
  /// Asked whether it exists, and as what.
  case sought(String)
  /// Written whole; an attempt that fails leaves the old file and is not reported.
  case written(String)
}

/// Files that report their reading and writing to an observer.
public struct ObservedFileSystem: FileSystem {
  private let base: any FileSystem
  private let report: @Sendable (FileAccess) -> Void

  public init(_ base: any FileSystem, reporting report: @escaping @Sendable (FileAccess) -> Void) {
    self.base = base
    self.report = report
  }

  public func open(_ path: String) throws(FileError) -> any ByteStream {
    report(.read(path))
    return try base.open(path)
  }

  public func writeFileAtomically(
    _ path: String, contents: (_ emit: ByteEmitter) throws(FileError) -> Void
  ) throws(FileError) {
    try base.writeFileAtomically(path, contents: contents)
    report(.written(path))
  }

  public func kind(of path: String) -> FileKind? {
    report(.sought(path))
    return base.kind(of: path)
  }

  public func stamp(of path: String) -> FileStamp { base.stamp(of: path) }

  public func canonicalPath(of path: String) -> String? { base.canonicalPath(of: path) }

  public func list(_ directory: String) throws(FileError) -> [String] { try base.list(directory) }
}
