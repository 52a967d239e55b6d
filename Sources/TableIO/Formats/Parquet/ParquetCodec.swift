import CCompression

/// How the bytes of pages are compressed (parquet.thrift, `CompressionCodec`).
enum ParquetCodec {
  /// Unpacks bytes into a buffer of the very size that they unpack to.
  static func unpack(
    _ bytes: UnsafeRawBufferPointer, codec: Int, into output: UnsafeMutableRawBufferPointer
  ) throws(ParquetFault) {
    let (from, count) = (bytes.baseAddress, bytes.count)
    let (to, room) = (output.baseAddress, output.count)
    let written: Int
    switch codec {
    case 0:
      guard count == room else { throw .damaged("\(count) bytes where \(room) are expected") }
      output.copyMemory(from: bytes)
      return
    case 1: written = thr_snappy(from, count, to, room)
    case 2: written = thr_inflate(from, count, to, room, Int32(THR_GZIP_OR_ZLIB))
    case 5: written = oldLZ4(bytes, into: output) ?? thr_lz4(from, count, to, room)
    case 6: written = thr_zstd(from, count, to, room)
    case 7: written = thr_lz4(from, count, to, room)
    default: throw .unsupported("compression by \(name(of: codec))")
    }
    guard written == room else {
      throw .damaged("\(count) bytes of \(name(of: codec)) that do not unpack to \(room)")
    }
  }

  static func name(of codec: Int) -> String {
    let names = ["nothing", "snappy", "gzip", "LZO", "Brotli", "LZ4", "zstd", "LZ4"]
    return names.indices.contains(codec) ? names[codec] : "the unknown codec \(codec)"
  }

  /// Hadoop's frames: both sizes in big-endian, and a block; `nil` where the bytes are none.
  private static func oldLZ4(
    _ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> Int? {
    var reader = ByteReader(bytes)
    var written = 0
    while reader.left > 0 {
      guard let size = reader.take(UInt32.self), let packed = reader.take(UInt32.self),
        let block = reader.take(Int(packed.byteSwapped)),
        Int(size.byteSwapped) <= output.count - written
      else { return nil }
      let room = UnsafeMutableRawBufferPointer(
        rebasing: output[written..<written + Int(size.byteSwapped)])
      guard thr_lz4(block.baseAddress, block.count, room.baseAddress, room.count) == room.count
      else { return nil }
      written += room.count
    }
    return written
  }
}
