/// Compresses what is written to a file, piece by piece.
struct CompressingEmitter {
  private static let pieceSize = 1 << 16

  private let encoder: any ByteEncoder
  private let path: String

  init(_ compression: Compression, path: String) {
    (encoder, self.path) = (compression.encoder(), path)
  }

  /// Hands over the compressed bytes of a piece.
  ///
  /// - Parameter isLast: whether it is the last piece.
  func write(
    _ piece: UnsafeRawBufferPointer, isLast: Bool, to emit: ByteEmitter
  ) throws(FileError) {
    var rest = piece
    var failure: FileError?
    withUnsafeTemporaryAllocation(byteCount: Self.pieceSize, alignment: 16) { output in
      do throws(FileError) {
        var isOver = false
        while !isOver {
          let step = try encode(rest.prefix(1 << 30), isLast: isLast, into: output)
          rest = UnsafeRawBufferPointer(rebasing: rest[step.used...])
          if step.written > 0 {
            try emit(UnsafeRawBufferPointer(rebasing: output[..<step.written]))
          }
          isOver = isLast ? step.isOver : rest.isEmpty && step.written < output.count
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private func encode(
    _ input: Slice<UnsafeRawBufferPointer>, isLast: Bool, into output: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> (used: Int, written: Int, isOver: Bool) {
    let input = UnsafeRawBufferPointer(rebasing: input)
    do throws(CompressionFault) {
      return try encoder.encode(input, isLast: isLast, into: output)
    } catch {
      throw FileError(path: path, action: .write, cause: .system(error.reason))
    }
  }
}
