import ParallelWork
import Synchronization

/// The rows of all clusters shared out among lots, each row to any lot by lot: if the rows of every
/// lot are then put in random order, all orders of all rows are equally likely (Rao, “Generation of
/// random permutations of given number of elements using random sampling numbers”, 1961).
///
/// A lot is what is drawn by itself, and stays in the caches meanwhile. The lots depend on
/// the recipe and the seed, not on the number of threads.
struct RowLots: Sendable {
  /// For each lot, its rows of each cluster.
  let counts: [[UInt32]]
  /// Where each lot begins.
  let starts: [Int]

  private static let rowsPerLot = 4_096
  /// What one stream of draws shares out.
  private static let rowsPerPiece = 1 << 20

  init(
    _ clusters: [Range<Int>], rows: Int, seed: UInt64, threads: Int, _ stop: StopSignal
  ) throws(Cancelled) {
    let lots = Self.lots(rows: rows, clusters: clusters.count)
    let pieces = clusters.enumerated().flatMap { cluster, rows in
      stride(from: 0, to: rows.count, by: Self.rowsPerPiece).map {
        (cluster: cluster, rows: min(Self.rowsPerPiece, rows.count - $0))
      }
    }
    let none = [[UInt32]](repeating: [UInt32](repeating: 0, count: clusters.count), count: lots)
    let counts = Mutex(none)
    Workers.run(pieces: pieces.count, threads: threads) { worker, next in
      while let piece = next(), !stop.isRaised(on: worker) {
        // Streams from the other end than the lots'.
        var stream = DrawStream(seed: seed, number: -1 - piece)
        let drawn = Self.drawn(pieces[piece].rows, lots: lots, &stream)
        counts.withLock {
          for lot in 0..<lots { $0[lot][pieces[piece].cluster] += drawn[lot] }
        }
      }
    }
    try stop.check()
    self.counts = counts.withLock { $0 }
    var (starts, start) = ([Int](), 0)
    for lot in self.counts {
      starts.append(start)
      start += lot.reduce(0) { $0 + Int($1) }
    }
    self.starts = starts
  }

  /// A power of two, so that a few bits draw a lot; few where there are many clusters to count.
  private static func lots(rows: Int, clusters: Int) -> Int {
    let most = min(rows / max(rowsPerLot, clusters), 1 << 16)
    return most > 1 ? 1 << (Int.bitWidth - 1 - most.leadingZeroBitCount) : 1
  }

  /// How many of some rows each lot gets; a word draws for four.
  private static func drawn(_ rows: Int, lots: Int, _ stream: inout DrawStream) -> [UInt32] {
    guard lots > 1 else { return [UInt32(rows)] }
    var drawn = [UInt32](repeating: 0, count: lots)
    let mask = UInt64(lots - 1)
    drawn.withUnsafeMutableBufferPointer { drawn in
      for first in stride(from: 0, to: rows, by: 4) {
        var word = stream.next()
        for _ in 0..<min(4, rows - first) {
          drawn[Int(truncatingIfNeeded: word & mask)] &+= 1
          word &>>= 16
        }
      }
    }
    return drawn
  }
}
