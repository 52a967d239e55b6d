import Synchronization

extension Workers {
  /// Rows that one thread takes at a time: well under a millisecond.
  private static let piece = 1 << 18

  /// What a function makes of each piece of many rows, in the order of rows; on all processors.
  public static func results<Result: Sendable>(
    ofRows count: Int, _ body: @escaping @Sendable (Range<Int>) -> Result
  ) -> [Result] {
    let pieces = (count + piece - 1) / piece
    guard pieces > 1 else { return [body(0..<count)] }
    let results = Mutex([Result?](repeating: nil, count: pieces))
    run(pieces: pieces, threads: available) { _, next in
      while let index = next() {
        let result = body(index * piece..<min((index + 1) * piece, count))
        results.withLock { $0[index] = result }
      }
    }
    return results.withLock { $0.compactMap(\.self) }
  }
}

extension Array where Element: BitwiseCopyable & Sendable {
  /// One element for each of many rows, written on all processors.
  ///
  /// - Parameter fill: writes every element of a piece of the rows.
  public init(
    rows count: Int,
    _ fill: @escaping @Sendable (Range<Int>, UnsafeMutableBufferPointer<Element>) -> Void
  ) {
    self.init(unsafeUninitializedCapacity: count) { buffer, initialized in
      // Each piece is written by one thread, and read after all have ended.
      nonisolated(unsafe) let buffer = buffer
      _ = Workers.results(ofRows: count) { rows in
        fill(rows, UnsafeMutableBufferPointer(rebasing: buffer[rows]))
      }
      initialized = count
    }
  }
}
