import ParallelWork

/// Bytes in memory of their own.
///
/// 16 bytes after the last one exist and are 0, so that numbers can be loaded eight bytes at a time
/// up to the end. A pointer to the bytes is good for as long as the buffer is referred to.
final class ByteBuffer: @unchecked Sendable {
  private static let padding = 16

  let count: Int
  let storage: UnsafeMutableRawBufferPointer

  /// Refuses more bytes than there is memory for.
  ///
  /// - Parameter what: what they are, for the error.
  init(count: Int, for what: String) throws(TableError) {
    try requireMemory(count, for: what)
    self.count = count
    let all = UnsafeMutableRawBufferPointer.allocate(
      byteCount: count + Self.padding, alignment: 64)
    storage = UnsafeMutableRawBufferPointer(rebasing: all[..<count])
    for index in count..<count + Self.padding { all[index] = 0 }
  }

  deinit { storage.baseAddress?.deallocate() }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(storage) }
}

/// Refuses work that needs more bytes than there is memory for.
func requireMemory(_ bytes: Int, for what: String) throws(TableError) {
  guard !AvailableMemory.holds(bytes) else { return }
  throw TableError(
    .unsupported(
      reason: "\(what) needs \(bytes / 1_000_000) MB, which are not available",
      remedy: "leave the table in its file by `stream=true`, read fewer columns, or allow the "
        + "process more memory"))
}

/// Takes numbers and pieces from bytes, the first ones first; `nil` where the bytes end before.
struct ByteReader {
  let bytes: UnsafeRawBufferPointer
  private(set) var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var left: Int { bytes.count - offset }

  /// What was not taken yet.
  var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[offset...]) }

  /// A little-endian number.
  mutating func take<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type
  ) -> Number? {
    guard left >= MemoryLayout<Number>.size else { return nil }
    defer { offset += MemoryLayout<Number>.size }
    return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
  }

  mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
    guard count >= 0, left >= count else { return nil }
    defer { offset += count }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
  }

  /// A number of 7 bits a byte, the least first.
  mutating func takeVariable() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard let byte = take(UInt8.self) else { return nil }
      // The tenth byte has room for one more bit.
      guard shift < 63 || byte <= 1 else { return nil }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }

  /// The same with the sign in the lowest bit.
  mutating func takeZigZag() -> Int64? {
    takeVariable().map { Int64(bitPattern: $0 >> 1) ^ -Int64(bitPattern: $0 & 1) }
  }
}
