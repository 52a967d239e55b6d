import CCompression

/// Decompresses zstd, of which several frames may follow each other.
///
/// It takes 128 MiB of memory at most: a frame that needs more is refused by the library.
final class ZstdDecoder: ByteDecoder {
  private let context = ZSTD_createDCtx()
  private(set) var isComplete = false

  deinit { ZSTD_freeDCtx(context) }

  func restart() {
    isComplete = false
    ZSTD_DCtx_reset(context, ZSTD_reset_session_only)
  }

  func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(CompressionFault) -> (used: Int, written: Int) {
    guard let context else { throw CompressionFault(reason: "out of memory") }
    // Without input it would wait for a frame that need not follow.
    if isComplete, input.isEmpty { return (0, 0) }
    var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let left = ZSTD_decompressStream(context, &target, &source)
    if ZSTD_isError(left) != 0 {
      throw CompressionFault(reason: Self.words(left), used: source.pos)
    }
    isComplete = left == 0
    return (source.pos, target.pos)
  }

  private static func words(_ code: Int) -> String {
    ZSTD_getErrorName(code).map { name in
      let text = String(cString: name)
      return text.prefix(1).lowercased() + text.dropFirst()
    } ?? "error \(code)"
  }
}

final class ZstdEncoder: ByteEncoder {
  private let context = ZSTD_createCCtx()

  init() { ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1) }

  deinit { ZSTD_freeCCtx(context) }

  func encode(
    _ input: UnsafeRawBufferPointer, isLast: Bool, into output: UnsafeMutableRawBufferPointer
  ) throws(CompressionFault) -> (used: Int, written: Int, isOver: Bool) {
    guard let context else { throw CompressionFault(reason: "out of memory") }
    var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let left = ZSTD_compressStream2(
      context, &target, &source, isLast ? ZSTD_e_end : ZSTD_e_continue)
    if ZSTD_isError(left) != 0 { throw CompressionFault(reason: "error \(left)") }
    return (source.pos, target.pos, isLast && left == 0)
  }
}
