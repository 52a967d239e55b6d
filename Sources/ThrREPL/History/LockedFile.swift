import Glibc

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

  /// Opens the file and waits for its lock.
  init?(path: String, _ making: Making) {
    descriptor = open(path, O_RDWR | O_APPEND | O_CLOEXEC | making.flags, 0o600)
    guard descriptor >= 0 else { return nil }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else {
        close(descriptor)
        return nil
      }
    }
    var status = stat()
    fstat(descriptor, &status)
    self.status = status
  }

  deinit { close(descriptor) }

  var inode: UInt64 { UInt64(status.st_ino) }

  /// The size when the lock was won.
  var size: Int? { status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil }

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

  /// Appends a text; false where the file system refuses.
  func write(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var written = 0
      while written < bytes.count {
        guard let base = bytes.baseAddress else { return false }
        let count = Glibc.write(descriptor, base + written, bytes.count - written)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return false }
        written += count
      }
      return true
    }
  }
}
