import Synchronization
public import TableIO

/// The files of the disk, but for those whose current text an editor has.
public final class OpenTextFiles: FileSystem {
  /// The text of an open file; `nil` where the disk has it.
  public typealias Texts = @Sendable (_ path: String) -> [UInt8]?

  private let base: any FileSystem
  private let texts = Mutex<Texts> { _ in nil }

  public init(_ base: any FileSystem) { self.base = base }

  /// Takes the texts of the next evaluation.
  public func show(_ texts: @escaping Texts) { self.texts.withLock { $0 = texts } }

  private func text(of path: String) -> [UInt8]? { texts.withLock { $0 }(path) }

  public func open(_ path: String) throws(FileError) -> any ByteStream {
    if let bytes = text(of: path) { return MemoryByteStream(bytes) }
    return try base.open(path)
  }

  public func writeFileAtomically(
    _ path: String, contents: (_ emit: ByteEmitter) throws(FileError) -> Void
  ) throws(FileError) { try base.writeFileAtomically(path, contents: contents) }

  public func kind(of path: String) -> FileKind? {
    text(of: path) == nil ? base.kind(of: path) : .file
  }

  public func list(_ directory: String) throws(FileError) -> [String] { try base.list(directory) }

  public func stamp(of path: String) -> FileStamp {
    guard let bytes = text(of: path) else { return base.stamp(of: path) }
    return .version(size: bytes.count, change: bytes.hashValue, identity: -1)
  }

  public func canonicalPath(of path: String) -> String? {
    base.canonicalPath(of: path) ?? text(of: path).map { _ in path }
  }
}
