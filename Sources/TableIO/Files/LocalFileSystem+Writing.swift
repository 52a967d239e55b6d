import Glibc
import Synchronization

extension LocalFileSystem {
  private static let replacements = Atomic<Int>(0)

  /// Whether a file is being replaced in this process: ending it now would leave half of one there
  /// under a temporary name.
  public static var isReplacing: Bool { replacements.load(ordering: .sequentiallyConsistent) > 0 }

  /// Writes beside the file and renames.
  ///
  /// A symbolic link stays, and the file that it names is replaced; the permissions of a file that
  /// is replaced stay. A pipe or a device, which cannot be replaced, is written to directly; so is
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
      guard access(target, W_OK) == 0 else {
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
    let (temporary, descriptor) = try createBeside(target, path: path)
    do throws(FileError) {
      defer { close(descriptor) }
      keepPermissions(of: target, on: descriptor)
      try write(contents, to: descriptor, path: path)
      guard fsync(descriptor) == 0 else {
        throw FileError(path: path, action: .write, code: errno)
      }
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, target) == 0 else {
      let code = errno
      unlink(temporary)
      throw FileError(path: path, action: .write, code: code)
    }
    synchronise(directory)
  }

  /// A new, empty file in the directory of the target, with the permissions that the process
  /// gives to new files.
  private func createBeside(
    _ target: String, path: String
  ) throws(FileError) -> (temporary: String, descriptor: Int32) {
    let name = target.split(separator: "/").last.map(String.init) ?? ""
    var attempts = 0
    while true {
      let mark = String(UInt32.random(in: 0...UInt32.max), radix: 36)
      // The longest file name is 255 bytes; the end of a long one is left out.
      let temporary = parent(of: target) + "/.\(name.prefix(50)).\(mark)~"
      let descriptor = Glibc.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (temporary, descriptor) }
      attempts += 1
      if (errno != EEXIST && errno != EINTR) || attempts > 100 {
        throw FileError(path: path, action: .write, code: errno)
      }
    }
  }

  private func keepPermissions(of target: String, on descriptor: Int32) {
    var status = stat()
    if stat(target, &status) == 0 { fchmod(descriptor, status.st_mode & 0o7777) }
  }

  /// Makes a rename lasting.
  ///
  /// Some file systems cannot; the content is safe without it.
  private func synchronise(_ directory: String) {
    let descriptor = Glibc.open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
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

/// The path at the end of a chain of symbolic links, whether or not a file is there.
private func linkTarget(of path: String) throws(FileError) -> String {
  guard isPath(path) else { throw FileError(path: path, action: .write, code: ENOENT) }
  var target = path
  for _ in 0..<40 {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(target, &buffer, buffer.count)
    guard count > 0 else { return target }
    let link = String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    target = link.hasPrefix("/") ? link : parent(of: target) + "/" + link
  }
  throw FileError(path: path, action: .write, code: ELOOP)
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

/// The directory of a path.
private func parent(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}
