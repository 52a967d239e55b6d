import ParallelWork

/// The files that a caller lets others reach.
///
/// Nothing in this package opens a file by itself.
public protocol FileSystem: Sendable {
  /// Opens a file for reading, from its first byte.
  func open(_ path: String) throws(FileError) -> any ByteStream

  /// Writes a file whole or not at all: readers see the old content until the new one is complete
  /// and safely on the disk. `contents` hands the bytes over piece by piece; any error it throws
  /// leaves the old file as it was.
  func writeFileAtomically(
    _ path: String, contents: (_ emit: ByteEmitter) throws(FileError) -> Void
  ) throws(FileError)

  /// Kind of file at a path; `nil` for none.
  func kind(of path: String) -> FileKind?

  /// The names in a directory, ascending.
  func list(_ directory: String) throws(FileError) -> [String]

  /// Which state of the file stands at a path.
  func stamp(of path: String) -> FileStamp

  /// The absolute path of what stands at a path, with every symbolic link resolved; `nil` for
  /// nothing, and where there are no such paths.
  func canonicalPath(of path: String) -> String?
}

extension FileSystem {
  public func stamp(of path: String) -> FileStamp { kind(of: path) == nil ? .missing : .unknown }

  public func canonicalPath(of path: String) -> String? { kind(of: path).map { _ in path } }
}

/// Takes the next bytes of a file that is being written.
public typealias ByteEmitter = (UnsafeRawBufferPointer) throws(FileError) -> Void

public enum FileKind: Hashable, Sendable {
  case file, directory
  /// A pipe, a terminal, a device.
  case other
}

/// The bytes of a file, from the first to the last.
public protocol ByteStream: AnyObject {
  /// The size in bytes where it is known.
  var size: Int? { get }

  /// Fills a part of the buffer, which is not empty, and returns its size: 0 only at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int

  /// Goes back to the first byte; false where that is impossible, as in a pipe.
  func rewind() throws(FileError) -> Bool

  /// Fills the buffer with the bytes from an offset on, and returns how many there were: fewer only
  /// at the end; `nil` where reading is possible from the first byte to the last only.
  ///
  /// Several threads may ask at once. The place where `read` goes on stays as it is.
  func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> Int?

  /// Refuses content that has grown to so many bytes while it was decompressed.
  func admit(decompressed bytes: Int) throws(FileError)
}

extension ByteStream {
  public func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> Int? { nil }

  public func admit(decompressed bytes: Int) throws(FileError) {}
}

extension FileSystem {
  /// All bytes of a file.
  public func readFile(_ path: String) throws(FileError) -> [UInt8] {
    let stream = try open(path)
    try stream.refuseTooLarge(path)
    return try stream.readToEnd()
  }

  /// All bytes of a file, unless they are more than a limit: what has no end is not read to it.
  public func readFile(_ path: String, atMost limit: Int) throws(FileError) -> [UInt8] {
    let stream = try open(path)
    if stream.size ?? 0 <= limit { try stream.refuseTooLarge(path) }
    guard stream.size ?? 0 <= limit, let bytes = try stream.readToEnd(atMost: limit) else {
      throw FileError(path: path, action: .read, cause: .largerThan(limit))
    }
    return bytes
  }

  public func writeFileAtomically(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    try writeFileAtomically(path) { (emit: ByteEmitter) throws(FileError) in
      // The closure of withUnsafeBytes forgets which error it throws.
      let result = bytes.withUnsafeBytes { piece -> Result<Void, FileError> in
        Result { () throws(FileError) in try emit(piece) }
      }
      try result.get()
    }
  }

  public func exists(_ path: String) -> Bool { kind(of: path) != nil }
}

extension ByteStream {
  /// Refuses a file of more bytes than there is memory for.
  func refuseTooLarge(_ path: String) throws(FileError) {
    guard let size, !AvailableMemory.holds(size) else { return }
    throw FileError(path: path, action: .read, cause: .noMemory(needed: size))
  }

  /// All bytes from here to the end.
  public func readToEnd() throws(FileError) -> [UInt8] {
    try readToEnd(atMost: .max) ?? []
  }

  /// All bytes from here to the end; `nil` where there are more than a limit.
  func readToEnd(atMost limit: Int) throws(FileError) -> [UInt8]? {
    var bytes: [UInt8] = []
    let least = 1 << 16
    var next = max(least, (size ?? 0) + 1)
    while true {
      let wanted = next
      var failure: FileError?
      let piece = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
        do throws(FileError) {
          count = try fill(UnsafeMutableRawBufferPointer(buffer))
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
      if bytes.isEmpty { bytes = piece } else { bytes += piece }
      if bytes.count > limit { return nil }
      if piece.count < wanted { return bytes }
      next = max(least, bytes.count)
    }
  }

  /// Reads until the buffer is full or the file ends, and returns the bytes read.
  func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      if count == 0 { break }
      filled += count
    }
    return filled
  }
}

/// A stream over bytes in memory.
public final class MemoryByteStream: ByteStream {
  private let bytes: [UInt8]
  private var position = 0

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  public var size: Int? { bytes.count }

  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let count = min(buffer.count, bytes.count - position)
    buffer.copyBytes(from: bytes[position..<position + count])
    position += count
    return count
  }

  public func rewind() throws(FileError) -> Bool {
    position = 0
    return true
  }

  public func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> Int? {
    let part = bytes.dropFirst(offset).prefix(buffer.count)
    buffer.copyBytes(from: part)
    return part.count
  }
}
