import Synchronization

/// Files that exist in memory only: for tests, and for running code that must not touch the disk.
///
/// A directory exists as long as a file lies in it.
public final class MemoryFileSystem: FileSystem {
  private let files: Mutex<[String: [UInt8]]>

  public init(_ files: [String: [UInt8]] = [:]) {
    self.files = Mutex(files)
  }

  public convenience init(texts: [String: String]) {
    self.init(texts.mapValues { Array($0.utf8) })
  }

  public func open(_ path: String) throws(FileError) -> any ByteStream {
    switch (kind(of: path), files.withLock { $0[path] }) {
    case (.directory, _): throw FileError(path: path, action: .read, cause: .isDirectory)
    case (_, let bytes?): return MemoryByteStream(bytes)
    case (_, nil): throw FileError(path: path, action: .read, cause: .missing)
    }
  }

  public func writeFileAtomically(
    _ path: String, contents: (_ emit: ByteEmitter) throws(FileError) -> Void
  ) throws(FileError) {
    if kind(of: path) == .directory {
      throw FileError(path: path, action: .write, cause: .isDirectory)
    }
    var bytes: [UInt8] = []
    try contents { (piece: UnsafeRawBufferPointer) throws(FileError) in
      bytes.append(contentsOf: piece)
    }
    files.withLock { $0[path] = bytes }
  }

  public func kind(of path: String) -> FileKind? {
    files.withLock { files in
      if files[path] != nil { return .file }
      let inside = path.hasSuffix("/") ? path : path + "/"
      return files.keys.contains { $0.hasPrefix(inside) } ? .directory : nil
    }
  }

  public func stamp(of path: String) -> FileStamp {
    switch kind(of: path) {
    case nil: .missing
    case .file?:
      files.withLock { files in
        guard let bytes = files[path] else { return .missing }
        return .version(size: bytes.count, change: bytes.hashValue, identity: 0)
      }
    case .directory?, .other?: .unknown
    }
  }

  public func list(_ directory: String) throws(FileError) -> [String] {
    let inside = directory.isEmpty || directory.hasSuffix("/") ? directory : directory + "/"
    let names = files.withLock { files in
      files.keys.filter { $0.hasPrefix(inside) }
        .compactMap { $0.dropFirst(inside.count).split(separator: "/").first.map(String.init) }
    }
    guard !names.isEmpty else {
      throw FileError(path: directory, action: .list, cause: .missing)
    }
    return Set(names).sorted()
  }
}
