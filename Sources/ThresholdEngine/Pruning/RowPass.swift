import ParallelWork
import Synchronization

/// Passes over rows in memory, on all processors where there are many.
enum RowPass {
  /// Rows that one thread takes at a time: well under a millisecond.
  static let piece = 1 << 18
  /// Fewer rows are done before another thread has started.
  private static let leastShared = 1_000_000

  /// Calls `body` for every piece of rows; each worker adds to a partial result of its own, and
  /// these are joined, in any order.
  static func run<Partial: Sendable>(
    _ rows: Range<Int>, _ isCancelled: () -> Bool, from empty: Partial,
    _ body: @escaping @Sendable (inout Partial, Range<Int>) -> Void,
    join: (inout Partial, Partial) -> Void
  ) throws(Cancelled) -> Partial {
    let partials = Mutex([Partial]())
    let pieces = (rows.count + piece - 1) / piece
    try StopSignal.asking(isCancelled) { stop throws(Cancelled) in
      Workers.run(
        pieces: pieces, threads: rows.count < leastShared ? 1 : Workers.available
      ) { worker, next in
        var partial = empty
        while let index = next() {
          let start = rows.lowerBound + index * piece
          body(&partial, start..<min(start + piece, rows.upperBound))
          if stop.isRaised(on: worker) { return }
        }
        partials.withLock { $0.append(partial) }
      }
      try stop.check()
    }
    var result = empty
    for partial in partials.withLock({ $0 }) { join(&result, partial) }
    return result
  }
}
