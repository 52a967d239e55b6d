import CFiles
import Glibc
import Synchronization

extension LocalFileSystem {
  private static let replacements = Atomic<Int>(0)

  /// Whether a file is being replaced in this process: ending it now would leave half of one there
  /// under a temporary name.
  public static var isReplacing: Bool { replacements.load(ordering: .sequentiallyConsistent) > 0 }

  /// Writes beside the file and renames.
  ///
  /// A symbolic link stays, and the file that it names is replaced; so do the permissions, the
  /// access list and, where the process may give a file away, the owner. A file with several names
  /// (hard links) keeps them: the content is copied into it once it is whole on the disk, which only
  /// a crash of the machine can cut short. A link of another user in a shared sticky folder
  /// is refused. A pipe or a device, which cannot be replaced, is written to directly; so is
  /// what the process holds open, `/dev/stdout` and `/dev/fd/3`, after what stands there already.
  public func writeFileAtomically(
    _ path: String, contents: (_ emit: ByteEmitter) throws(FileError) -> Void
  ) throws(FileError) {
    if let open = openDescriptor(named: path) {
      // What was printed before stands before.
      fflush(nil)
      let descriptor = dup(open)
      guard descriptor >= 0 else { throw FileError(path: path, action: .write, code: errno) }
      defer { close(descriptor) }
      return try write(contents, to: descriptor, path: path)
    }
    let target = try linkTarget(of: path)
    switch kind(of: target) {
    case .directory: throw FileError(path: path, action: .write, cause: .isDirectory)
    case .other:
      let descriptor = try openDescriptor(target, O_WRONLY, action: .write)
      defer { close(descriptor) }
      try write(contents, to: descriptor, path: path)
    case .file:
      // A rename would replace a file that is protected against writing.
      guard PathText.withBytes(of: target, { access($0, W_OK) }) == 0 else {
        throw FileError(path: path, action: .write, code: errno)
      }
      try replace(target, path: path, contents: contents)
    case nil:
      try replace(target, path: path, contents: contents)
    }
  }

  private func replace(
    _ target: String, path: String, contents: (_ emit: ByteEmitter) throws(FileError) -> Void
  ) throws(FileError) {
    guard !target.hasSuffix("/") else {
      throw FileError(path: path, action: .write, cause: .isDirectory)
    }
    let directory = parent(of: target)
    guard kind(of: directory) != nil else {
      throw FileError(path: path, action: .write, cause: .missingDirectory(directory))
    }
    Self.replacements.add(1, ordering: .sequentiallyConsistent)
    defer { Self.replacements.subtract(1, ordering: .sequentiallyConsistent) }
    let temporary = try TemporaryFiles.make(beside: target, path: path)
    defer {
      TemporaryFiles.forget(temporary)
      // Only now is its lock let go.
      close(temporary.descriptor)
    }
    do throws(FileError) {
      keepOwner(of: target, on: temporary.descriptor)
      try write(contents, to: temporary.descriptor, path: path)
      if let old = PathStatus.following(target), old.st_nlink > 1 {
        try fill(target, from: temporary, path: path)
        return
      }
      guard !isLasting || fsync(temporary.descriptor) == 0 else {
        throw FileError(path: path, action: .write, code: errno)
      }
      try rename(temporary.path, to: target, path: path)
    } catch {
      _ = PathText.withBytes(of: temporary.path) { unlink($0) }
      throw error
    }
    if isLasting { synchronise(directory) }
  }

  private func rename(
    _ temporary: String, to target: String, path: String
  ) throws(FileError) {
    let status = PathText.withBytes(of: temporary) { old in
      PathText.withBytes(of: target) { new in Glibc.rename(old, new) }
    }
    guard status == 0 else { throw FileError(path: path, action: .write, code: errno) }
  }

  /// Copies the temporary file into the target, so that the target stays the same file, and
  /// removes it.
  private func fill(
    _ target: String, from temporary: TemporaryFiles.Place, path: String
  ) throws(FileError) {
    let source = try openDescriptor(temporary.path, O_RDONLY, action: .write)
    defer { close(source) }
    let descriptor = try openDescriptor(target, O_WRONLY, action: .write)
    defer { close(descriptor) }
    let size = lseek(source, 0, SEEK_END)
    lseek(source, 0, SEEK_SET)
    // Nothing is overwritten before the disk is known to hold all of it.
    let shortage = size > 0 ? posix_fallocate(descriptor, 0, size) : 0
    guard shortage == 0 || shortage == EOPNOTSUPP || shortage == EINVAL else {
      throw FileError(path: path, action: .write, code: shortage)
    }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    var count = Glibc.read(source, buffer.baseAddress, buffer.count)
    while count > 0 {
      try write(UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: descriptor, path: path)
      count = Glibc.read(source, buffer.baseAddress, buffer.count)
    }
    guard count == 0, ftruncate(descriptor, size) == 0, fsync(descriptor) == 0 else {
      throw FileError(path: path, action: .write, code: errno)
    }
    _ = PathText.withBytes(of: temporary.path) { unlink($0) }
  }

  /// Gives the new file the owner, the group, the permissions and the access list of the one that it
  /// replaces, as far as the process may.
  private func keepOwner(of target: String, on descriptor: Int32) {
    guard let old = PathStatus.following(target) else { return }
    if fchown(descriptor, old.st_uid, old.st_gid) != 0 {
      // Only root gives a file away; to a group of one's own everyone may.
      _ = fchown(descriptor, uid_t.max, old.st_gid)
    }
    // Last: a change of the owner clears some permissions.
    fchmod(descriptor, old.st_mode & 0o7777)
    keepAccessList(of: target, on: descriptor)
  }

  private func keepAccessList(of target: String, on descriptor: Int32) {
    let source = PathText.withBytes(of: target) { Glibc.open($0, O_RDONLY | O_CLOEXEC) }
    guard source >= 0 else { return }
    defer { close(source) }
    var list = [UInt8](repeating: 0, count: 1 << 12)
    let size = thr_access_list(source, &list, list.count)
    if size > 0 { _ = thr_set_access_list(descriptor, list, size) }
  }

  /// Makes a rename lasting.
  ///
  /// Some file systems cannot; the content is safe without it.
  private func synchronise(_ directory: String) {
    let descriptor = PathText.withBytes(of: directory) {
      Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}

/// Hands every piece to the file, despite signals that arrive meanwhile.
private func write(
  _ contents: (_ emit: ByteEmitter) throws(FileError) -> Void, to descriptor: Int32, path: String
) throws(FileError) {
  try contents { (piece: UnsafeRawBufferPointer) throws(FileError) in
    try write(piece, to: descriptor, path: path)
  }
}

private func write(
  _ piece: UnsafeRawBufferPointer, to descriptor: Int32, path: String
) throws(FileError) {
  var rest = piece
  while !rest.isEmpty {
    let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
    if count < 0 && errno == EINTR { continue }
    if count < 0 { throw FileError(path: path, action: .write, code: errno) }
    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
  }
}

/// The descriptor that a path such as `/dev/stdout` names: a link to the file that was handed to
/// the process, which must not be replaced under its feet.
private func openDescriptor(named path: String) -> Int32? {
  switch path {
  case "/dev/stdout": return STDOUT_FILENO
  case "/dev/stderr": return STDERR_FILENO
  default:
    let folder = ["/dev/fd/", "/proc/self/fd/"].first { path.hasPrefix($0) }
    return folder.flatMap { Int32(path.dropFirst($0.count)) }.flatMap { $0 >= 0 ? $0 : nil }
  }
}
