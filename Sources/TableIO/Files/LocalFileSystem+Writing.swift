import Glibc
import Synchronization

extension LocalFileSystem {
  private static let replacements = Atomic<Int>(0)

  /// Whether a file is being replaced in this process: ending it now would leave half of one there
  /// under a temporary name.
  public static var isReplacing: Bool { replacements.load(ordering: .sequentiallyConsistent) > 0 }

  /// Writes beside the file and renames.
  ///
  /// A symbolic link stays, and the file that it names is replaced; so do the permissions and, where
  /// the process may give a file away, the owner. A link of another user in a shared sticky folder
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
      guard fsync(temporary.descriptor) == 0 else {
        throw FileError(path: path, action: .write, code: errno)
      }
      try rename(temporary.path, to: target, path: path)
    } catch {
      _ = PathText.withBytes(of: temporary.path) { unlink($0) }
      throw error
    }
    synchronise(directory)
  }

  private func rename(
    _ temporary: String, to target: String, path: String
  ) throws(FileError) {
    let status = PathText.withBytes(of: temporary) { old in
      PathText.withBytes(of: target) { new in Glibc.rename(old, new) }
    }
    guard status == 0 else { throw FileError(path: path, action: .write, code: errno) }
  }

  /// Gives the new file the owner, the group and the permissions of the one that it replaces, as
  /// far as the process may.
  private func keepOwner(of target: String, on descriptor: Int32) {
    guard let old = PathStatus.following(target) else { return }
    if fchown(descriptor, old.st_uid, old.st_gid) != 0 {
      // Only root gives a file away; to a group of one's own everyone may.
      _ = fchown(descriptor, uid_t.max, old.st_gid)
    }
    // Last: a change of the owner clears some permissions.
    fchmod(descriptor, old.st_mode & 0o7777)
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
    var rest = piece
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { throw FileError(path: path, action: .write, code: errno) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
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
