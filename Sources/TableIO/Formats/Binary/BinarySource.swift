/// The bytes of a file of a binary format, at any offset.
///
/// Safe to use from several threads at once: only positional reads are made, which a `ByteStream`
/// allows.
final class BinarySource: @unchecked Sendable {
  private let stream: any ByteStream
  private let start: Int

  /// In bytes.
  let size: Int

  /// As errors name it: “Parquet file”.
  let kind: String

  /// What cannot be read at any offset, such as a pipe, is kept in memory.
  init(_ stream: any ByteStream, kind: String) throws(TableError) {
    self.kind = kind
    start = 0
    do throws(FileError) {
      if let size = stream.size, try Self.isPositional(stream) {
        (self.stream, self.size) = (stream, size)
      } else {
        let bytes = try stream.readToEnd()
        (self.stream, self.size) = (MemoryByteStream(bytes), bytes.count)
      }
    } catch {
      throw TableError(.file(error))
    }
  }

  private init(_ stream: any ByteStream, start: Int, size: Int, kind: String) {
    (self.stream, self.start, self.size, self.kind) = (stream, start, size, kind)
  }

  /// A part of this source as one of its own; the part must lie within.
  func part(_ range: Range<Int>, kind: String) -> BinarySource {
    BinarySource(stream, start: start + range.lowerBound, size: range.count, kind: kind)
  }

  /// Bytes in memory.
  static func memory(_ bytes: [UInt8], kind: String) -> BinarySource {
    BinarySource(MemoryByteStream(bytes), start: 0, size: bytes.count, kind: kind)
  }

  private static func isPositional(_ stream: any ByteStream) throws(FileError) -> Bool {
    try withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) { buffer in
      Result { () throws(FileError) in try stream.read(at: 0, into: buffer) != nil }
    }.get()
  }

  /// The bytes of a range, which the file must have.
  func read(_ range: Range<Int>, for what: String) throws(TableError) -> ByteBuffer {
    guard range.lowerBound >= 0, range.upperBound <= size else {
      throw damaged(
        "\(what) would take bytes \(range.lowerBound) to \(range.upperBound), and there are \(size)"
      )
    }
    let buffer = try ByteBuffer(count: range.count, for: what)
    guard !range.isEmpty else { return buffer }
    do throws(FileError) {
      let count = try stream.read(at: start + range.lowerBound, into: buffer.storage)
      if count == range.count { return buffer }
    } catch {
      throw TableError(.file(error))
    }
    throw TableError(.changedWhileReading)
  }

  /// The bytes from an offset on; the length may be a nonsense number from the file.
  func read(at offset: Int, count: Int, for what: String) throws(TableError) -> ByteBuffer {
    guard offset >= 0, count >= 0, offset <= size, count <= size - offset else {
      throw damaged("\(what) would take \(count) bytes from byte \(offset), and there are \(size)")
    }
    return try read(offset..<offset + count, for: what)
  }

  func damaged(_ reason: String) -> TableError { TableError(.damaged(kind: kind, reason: reason)) }
}

extension BinarySource {
  /// How many pieces of what size stand for the content of a large file.
  private static let (pieces, pieceSize) = (64, 1 << 12)
  private static let tail = 1 << 16

  /// A hash of the size, of pieces spread over the content, and of its last 64 KiB, where formats
  /// keep what lies where: the same whichever columns are read.
  func fingerprint() throws(TableError) -> UInt64 {
    var hash = Fingerprint()
    withUnsafeBytes(of: UInt64(size).littleEndian) { hash.update($0) }
    func add(_ range: Range<Int>) throws(TableError) {
      let buffer = try read(range, for: "the content")
      hash.update(buffer.bytes)
      withExtendedLifetime(buffer) {}
    }
    if size <= Self.pieces * Self.pieceSize + Self.tail {
      try add(0..<size)
    } else {
      let step = (size - Self.tail) / Self.pieces
      for piece in 0..<Self.pieces { try add(piece * step..<piece * step + Self.pieceSize) }
      try add(size - Self.tail..<size)
    }
    return hash.value
  }
}
