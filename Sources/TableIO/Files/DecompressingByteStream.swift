import ParallelWork

/// The content of a file that may be compressed: its first bytes show whether it is, not its name.
///
/// It takes 64 KiB, and what the decoder does, beside the caller's buffer.
final class DecompressingByteStream: ByteStream {
  private static let pieceSize = 1 << 16

  private let base: any ByteStream
  private let path: String
  private let piece: UnsafeMutableRawBufferPointer
  private var unread = 0..<0

  /// Where in the file the piece begins.
  private var offset = 0
  private var hasBegun = false
  private var baseEnded = false
  private var compression: Compression?
  private var decoder: (any ByteDecoder)?

  /// How many bytes have been decompressed, and for how many there was memory.
  private var total = 0
  private var provided = 0
  private let isKept: Bool

  /// - Parameter isKept: whether the content becomes a table, which takes about as much memory.
  init(_ base: any ByteStream, path: String, isKept: Bool = true) {
    (self.base, self.path, self.isKept) = (base, path, isKept)
    piece = .allocate(byteCount: Self.pieceSize, alignment: 16)
  }

  deinit { piece.deallocate() }

  /// A stream of the content: the file's own where that can be read at any offset and is not
  /// compressed.
  static func content(
    of stream: any ByteStream, path: String, isKept: Bool = true
  ) throws(FileError) -> any ByteStream {
    var isPlain = false
    var failure: FileError?
    withUnsafeTemporaryAllocation(byteCount: Compression.markLength, alignment: 1) { head in
      do throws(FileError) {
        guard let count = try stream.read(at: 0, into: head) else { return }
        isPlain = Compression(of: UnsafeRawBufferPointer(rebasing: head[..<count])) == nil
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return isPlain ? stream : DecompressingByteStream(stream, path: path, isKept: isKept)
  }

  /// Known of files that are not compressed only.
  var size: Int? { hasBegun && compression == nil ? base.size : nil }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    if !hasBegun { try begin() }
    guard let decoder, let compression else { return try readPlain(into: buffer) }
    while true {
      let input = UnsafeRawBufferPointer(rebasing: piece[unread])
      let step = try decode(input, decoder, into: buffer)
      unread = unread.lowerBound + step.used..<unread.upperBound
      if step.written > 0 {
        total += step.written
        try base.admit(decompressed: total)
        try refuseTooLarge()
        return step.written
      }
      if step.used > 0 { continue }
      guard unread.isEmpty || !baseEnded && unread.count < piece.count else {
        throw damage(compression, "no progress", 0)
      }
      if try !fetch() {
        if decoder.isComplete { return 0 }
        throw FileError(
          path: path, action: .read,
          cause: .cutShort(compression: compression.rawValue, byte: offset))
      }
    }
  }

  /// Refuses content for which there is no memory: its size shows only while it is decompressed.
  private func refuseTooLarge() throws(FileError) {
    guard isKept, total > provided else { return }
    provided = total + 1 << 26
    guard !AvailableMemory.holds(total) else { return }
    throw FileError(path: path, action: .read, cause: .noMemory(needed: total))
  }

  func rewind() throws(FileError) -> Bool {
    guard try base.rewind() else { return false }
    (unread, offset, total, baseEnded) = (0..<0, 0, 0, false)
    decoder?.restart()
    return true
  }

  private func decode(
    _ input: UnsafeRawBufferPointer, _ decoder: any ByteDecoder,
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> (used: Int, written: Int) {
    // zlib counts in 32 bits.
    let output = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(1 << 30))
    do throws(CompressionFault) {
      return try decoder.decode(input, into: output)
    } catch {
      throw damage(compression ?? .gzip, error.reason, error.used)
    }
  }

  private func damage(_ compression: Compression, _ reason: String, _ used: Int) -> FileError {
    let place = offset - unread.count + used
    return FileError(
      path: path, action: .read,
      cause: .damaged(compression: compression.rawValue, byte: place, reason: reason))
  }

  /// Recognises the compression by as many first bytes as that takes.
  private func begin() throws(FileError) {
    let head = UnsafeMutableRawBufferPointer(rebasing: piece[..<Compression.markLength])
    let count = try base.fill(head)
    (unread, offset, hasBegun) = (0..<count, count, true)
    compression = Compression(of: UnsafeRawBufferPointer(rebasing: piece[unread]))
    decoder = compression?.decoder()
  }

  /// Reads the next piece of the file; false at its end.
  private func fetch() throws(FileError) -> Bool {
    if baseEnded { return false }
    // A decoder that takes nothing of a few bytes waits for those that follow.
    let kept = UnsafeRawBufferPointer(rebasing: piece[unread])
    piece.copyMemory(from: kept)
    let count = try base.read(
      into: UnsafeMutableRawBufferPointer(rebasing: piece[kept.count...]))
    offset += count
    unread = 0..<kept.count + count
    baseEnded = count == 0
    return count > 0
  }

  private func readPlain(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    if unread.isEmpty { return try base.read(into: buffer) }
    let taken = UnsafeRawBufferPointer(rebasing: piece[unread].prefix(buffer.count))
    buffer.copyMemory(from: taken)
    unread = unread.lowerBound + taken.count..<unread.upperBound
    return taken.count
  }
}
