import Glibc

/// Why entries cannot be kept in the history's file.
enum HistoryFault: Error, Hashable, Sendable {
  /// Another process has held its lock for as long as a prompt may wait.
  case locked
  /// A folder, a pipe or a device is in its place.
  case notAFile
  /// An error of the operating system, by its number.
  case system(Int32)
}

/// A file that no one else writes to while this exists.
final class LockedFile {
  private let descriptor: Int32
  private let status: stat

  /// When opening makes a file, readable by its owner alone.
  enum Making {
    case never, whereMissing, always

    fileprivate var flags: Int32 {
      switch self {
      case .never: 0
      case .whereMissing: O_CREAT
      case .always: O_CREAT | O_EXCL
      }
    }
  }

  /// Between two attempts at the lock.
  private static let pause = 5

  /// Opens the file and waits for its lock.
  ///
  /// - Parameter patience: for how many milliseconds.
  init(path: String, _ making: Making, patience: Int = 0) throws(HistoryFault) {
    // Opening a pipe to read and write does not wait.
    let descriptor = open(path, O_RDWR | O_APPEND | O_CLOEXEC | O_NONBLOCK | making.flags, 0o600)
    guard descriptor >= 0 else {
      throw errno == EISDIR || errno == ENXIO ? .notAFile : .system(errno)
    }
    var status = stat()
    do throws(HistoryFault) {
      fstat(descriptor, &status)
      guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
      try Self.lock(descriptor, patience: patience)
    } catch {
      close(descriptor)
      throw error
    }
    // Its size may be another one by now.
    fstat(descriptor, &status)
    self.descriptor = descriptor
    self.status = status
  }

  deinit { close(descriptor) }

  private static func lock(_ descriptor: Int32, patience: Int) throws(HistoryFault) {
    var waited = 0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EINTR || errno == EWOULDBLOCK else { throw .system(errno) }
      guard waited < patience else { throw .locked }
      usleep(UInt32(pause) * 1_000)
      waited += pause
    }
  }

  var inode: UInt64 { UInt64(status.st_ino) }

  /// The size when the lock was won.
  var size: Int { Int(status.st_size) }

  /// Whether the path still leads to this file.
  func isStillAt(_ path: String) -> Bool {
    var other = stat()
    return stat(path, &other) == 0 && other.st_ino == status.st_ino && other.st_dev == status.st_dev
  }

  func bytes(from start: Int, to end: Int) -> [UInt8] {
    let count = max(end - start, 0)
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count, let base = buffer.baseAddress {
        let got = pread(descriptor, base + filled, count - filled, off_t(start + filled))
        if got < 0, errno == EINTR { continue }
        if got <= 0 { break }
        filled += got
      }
    }
  }

  func lastByte(of size: Int) -> UInt8? { bytes(from: size - 1, to: size).first }

  /// Appends a text.
  func write(_ text: String) throws(HistoryFault) {
    var text = text
    let fault = text.withUTF8 { bytes -> Int32? in
      var written = 0
      while written < bytes.count, let base = bytes.baseAddress {
        let count = Glibc.write(descriptor, base + written, bytes.count - written)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return errno }
        written += count
      }
      return nil
    }
    if let fault { throw .system(fault) }
  }
}
