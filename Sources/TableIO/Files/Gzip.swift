import CCompression

/// Decompresses gzip, of which several members may follow each other.
final class GzipDecoder: ByteDecoder {
  private let stream: UnsafeMutablePointer<z_stream>
  private let isReady: Bool
  private(set) var isComplete = false

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    isReady = thr_inflate_init(stream, Int32(THR_GZIP_OR_ZLIB)) == Z_OK
  }

  deinit {
    if isReady { inflateEnd(stream) }
    stream.deallocate()
  }

  func restart() {
    isComplete = false
    inflateReset(stream)
  }

  func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(CompressionFault) -> (used: Int, written: Int) {
    guard isReady else { throw CompressionFault(reason: "out of memory") }
    if isComplete {
      let padding = try beginMember(input)
      if isComplete || padding > 0 { return (padding, 0) }
    }
    stream.pointee.take(input)
    stream.pointee.give(output)
    let status = inflate(stream, Z_NO_FLUSH)
    let used = input.count - Int(stream.pointee.avail_in)
    let written = output.count - Int(stream.pointee.avail_out)
    switch status {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: isComplete = true
    case Z_NEED_DICT: throw CompressionFault(reason: "a dictionary is needed", used: used)
    default:
      let reason = stream.pointee.msg.map { String(cString: $0) } ?? "error \(status)"
      throw CompressionFault(reason: reason, used: used)
    }
    return (used, written)
  }

  /// Looks for the next member; zeros between members, as tapes have them, are no content.
  private func beginMember(_ input: UnsafeRawBufferPointer) throws(CompressionFault) -> Int {
    let used = input.firstIndex { $0 != 0 } ?? input.count
    guard used < input.count else { return used }
    guard input[used] == 0x1F else {
      throw CompressionFault(reason: "other bytes follow the compressed ones", used: used)
    }
    restart()
    return used
  }
}

/// Compresses as gzip's usual level does, without a name or a time, so that equal content makes
/// equal files.
final class GzipEncoder: ByteEncoder {
  private let stream: UnsafeMutablePointer<z_stream>
  private let isReady: Bool

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    isReady = thr_deflate_init(stream) == Z_OK
  }

  deinit {
    if isReady { deflateEnd(stream) }
    stream.deallocate()
  }

  func encode(
    _ input: UnsafeRawBufferPointer, isLast: Bool, into output: UnsafeMutableRawBufferPointer
  ) throws(CompressionFault) -> (used: Int, written: Int, isOver: Bool) {
    guard isReady else { throw CompressionFault(reason: "out of memory") }
    stream.pointee.take(input)
    stream.pointee.give(output)
    let status = deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
    guard status == Z_OK || status == Z_BUF_ERROR || status == Z_STREAM_END else {
      throw CompressionFault(reason: "error \(status)")
    }
    return (
      input.count - Int(stream.pointee.avail_in), output.count - Int(stream.pointee.avail_out),
      status == Z_STREAM_END
    )
  }
}

extension z_stream {
  // Buffers here are far below 4 GiB.
  fileprivate mutating func take(_ input: UnsafeRawBufferPointer) {
    next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    avail_in = UInt32(input.count)
  }

  fileprivate mutating func give(_ output: UnsafeMutableRawBufferPointer) {
    next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    avail_out = UInt32(output.count)
  }
}
