import Glibc

/// The files of this machine, with paths relative to the working directory.
public struct LocalFileSystem: FileSystem {
  /// Whether files that are written outlast a loss of power at once.
  let isLasting: Bool
  private let isCancelled: (@Sendable () -> Bool)?

  /// - Parameters:
  ///   - isLasting: whether a write returns only when the disk has it; for many small files that can
  ///     be made again this takes most of the time.
  ///   - isCancelled: whether a pipe that has no writer, or whose writer is silent, is to be waited
  ///     for no longer; without it a wait for a pipe ends with the process.
  public init(isLasting: Bool = true, isCancelled: (@Sendable () -> Bool)? = nil) {
    self.isLasting = isLasting
    self.isCancelled = isCancelled
  }

  public func open(_ path: String) throws(FileError) -> any ByteStream {
    if let isCancelled, kind(of: path) == .other {
      // Opened so, a pipe does not wait for its writer; reading does, and looks up meanwhile.
      let descriptor = try openDescriptor(path, O_RDONLY | O_NONBLOCK, action: .read)
      return try LocalByteStream(descriptor, path: path, isCancelled: isCancelled)
    }
    let descriptor = try openDescriptor(path, O_RDONLY, action: .read)
    return try LocalByteStream(descriptor, path: path)
  }

  public func kind(of path: String) -> FileKind? {
    PathStatus.following(path).map { FileKind(mode: $0.st_mode) }
  }

  /// A file that was changed a moment ago may be changed again within the same tick of its clock,
  /// and is `unknown` until then.
  public func stamp(of path: String) -> FileStamp {
    guard let status = PathStatus.following(path) else { return .missing }
    guard FileKind(mode: status.st_mode) == .file else { return .unknown }
    let change = status.st_ctim.nanoseconds
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    if (0..<50_000_000).contains(now.nanoseconds - change) { return .unknown }
    return .version(
      size: Int(status.st_size), change: change, identity: Int(truncatingIfNeeded: status.st_ino))
  }

  public func canonicalPath(of path: String) -> String? {
    guard isPath(path), let resolved = PathText.withBytes(of: path, { realpath($0, nil) }) else {
      return nil
    }
    defer { free(resolved) }
    return PathText.text(of: resolved)
  }

  public func list(_ directory: String) throws(FileError) -> [String] {
    guard isPath(directory) else { throw FileError(path: directory, action: .list, code: ENOENT) }
    guard let stream = PathText.withBytes(of: directory, { opendir($0) }) else {
      throw FileError(path: directory, action: .list, code: errno)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { PathText.text(of: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

/// A file that is open for reading; closed when no one holds it any more.
private final class LocalByteStream: ByteStream {
  private let descriptor: Int32
  private let path: String
  private let opened: stat
  private var position = 0
  let size: Int?
  /// Where given, the descriptor never blocks, and is waited for between looks at this.
  private let isCancelled: (@Sendable () -> Bool)?

  /// How long a wait goes on before it is asked for, in milliseconds.
  private static let patience: Int32 = 20

  init(
    _ descriptor: Int32, path: String, isCancelled: (@Sendable () -> Bool)? = nil
  ) throws(FileError) {
    self.descriptor = descriptor
    self.path = path
    self.isCancelled = isCancelled
    var status = stat()
    let kind = fstat(descriptor, &status) == 0 ? FileKind(mode: status.st_mode) : .other
    opened = status
    // Files of /proc say 0 and have content, so 0 is as good as unknown.
    self.size = kind == .file && status.st_size > 0 ? Int(status.st_size) : nil
    if kind == .directory { throw FileError(path: path, action: .read, cause: .isDirectory) }
  }

  deinit { close(descriptor) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    while true {
      try wait()
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count == 0 { try refuseCut() }
      position += max(count, 0)
      if count >= 0 { return count }
      if errno != EINTR, isCancelled == nil || errno != EAGAIN {
        throw FileError(path: path, action: .read, code: errno)
      }
    }
  }

  /// Waits until there is something to read, or the last writer has closed: on Linux a pipe that
  /// never had a writer says neither.
  private func wait() throws(FileError) {
    guard let isCancelled else { return }
    while true {
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&request, 1, Self.patience) > 0 { return }
      if isCancelled() { throw FileError(path: path, action: .read, cause: .cancelled) }
    }
  }

  func rewind() throws(FileError) -> Bool {
    position = 0
    return lseek(descriptor, 0, SEEK_SET) == 0
  }

  func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> Int? {
    guard let size else { return nil }
    guard let start = buffer.baseAddress else { return 0 }
    let wanted = max(0, min(buffer.count, size - offset))
    var filled = 0
    while filled < wanted {
      let count = pread(
        descriptor, start + filled, wanted - filled, offset + filled)
      if count > 0 {
        filled += count
      } else if count == 0 {
        throw FileError(path: path, action: .read, cause: .changed)
      } else if errno != EINTR {
        throw FileError(path: path, action: .read, code: errno)
      }
    }
    return filled
  }

  /// Throws where the file ends before the size that it had, because it was cut or written again.
  ///
  /// Files of /sys say 4096 and have less, but nothing of them changes.
  private func refuseCut() throws(FileError) {
    guard let size, position < size else { return }
    var now = stat()
    guard fstat(descriptor, &now) == 0,
      now.st_size != opened.st_size || now.st_mtim.nanoseconds != opened.st_mtim.nanoseconds
    else { return }
    throw FileError(path: path, action: .read, cause: .changed)
  }
}

extension timespec {
  fileprivate var nanoseconds: Int { Int(tv_sec) * 1_000_000_000 + Int(tv_nsec) }
}

extension FileKind {
  init(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .directory
    default: self = .other
    }
  }
}

extension FileError {
  init(path: String, action: Action, code: Int32) {
    self.init(path: path, action: action, cause: Cause(code: code))
  }
}

extension FileError.Cause {
  init(code: Int32) {
    switch code {
    case ENOENT: self = .missing
    case EISDIR: self = .isDirectory
    case ENOTDIR: self = .notADirectory
    case EACCES, EPERM, EROFS: self = .notPermitted
    case ENOSPC, EDQUOT: self = .noSpace
    case EFBIG: self = .tooLarge
    default: self = .system(strerror(code).map { String(cString: $0) } ?? "error \(code)")
    }
  }
}

extension PathText {
  /// The text that stands for a name as C has it, up to its 0.
  public static func text(of name: UnsafePointer<CChar>) -> String {
    text(of: [UInt8](UnsafeRawBufferPointer(start: name, count: strlen(name))))
  }
}

/// Whether the system can take the text for a path: not empty, and not cut short by a NUL.
func isPath(_ path: String) -> Bool { !path.isEmpty && !path.utf8.contains(0) }

/// Opens a file, despite signals that arrive meanwhile.
func openDescriptor(
  _ path: String, _ flags: Int32, permissions: mode_t = 0, action: FileError.Action
) throws(FileError) -> Int32 {
  guard isPath(path) else { throw FileError(path: path, action: action, code: ENOENT) }
  while true {
    let descriptor = PathText.withBytes(of: path) {
      Glibc.open($0, flags | O_CLOEXEC, permissions)
    }
    if descriptor >= 0 { return descriptor }
    if errno != EINTR { throw FileError(path: path, action: action, code: errno) }
  }
}
