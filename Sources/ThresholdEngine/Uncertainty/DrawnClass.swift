import ParallelWork

/// How often each row of a class was drawn, strictest first.
final class DrawnClass {
  private let rows: Int
  /// A byte is enough: that one row of a class is drawn more often has a chance below 1/256!.
  private let times: RowBuffer<UInt8>
  /// How many draws fell on the first rows: one number more than there are rows.
  private let sums: RowBuffer<UInt32>

  init(rows: Int) {
    self.rows = rows
    times = RowBuffer(count: rows)
    sums = RowBuffer(count: rows + 1)
  }

  /// As many rows as there are, with replacement.
  func draw(from stream: inout DrawStream, _ isCancelled: () -> Bool) throws(Cancelled) {
    let times = times.start
    times.update(repeating: 0, count: rows)
    var left = rows
    while left > 0 {
      let part = min(left, 1 << 16)
      stream.integers(part, below: UInt32(rows)) { times[$0] &+= 1 }
      left -= part
      if isCancelled() { throw Cancelled() }
    }
    var sum: UInt32 = 0
    sums.start[0] = 0
    for row in 0..<rows {
      sum &+= UInt32(times[row])
      sums.start[row + 1] = sum
    }
  }

  @inline(__always)
  func drawn(amongFirst count: UInt32) -> UInt32 { sums.start[Int(count)] }

  /// The rows that were not drawn, by whether each of two thresholds flags them.
  ///
  /// - Parameters: how many rows each flags.
  func leftOut(_ chosen: Int, _ standard: Int) -> RowCells {
    let (low, high) = (min(chosen, standard), max(chosen, standard))
    let both = undrawn(0..<low)
    let one = both + undrawn(low..<high)
    return RowCells(
      chosen: chosen == low ? both : one, standard: standard == low ? both : one,
      of: one + undrawn(high..<rows))
  }

  private func undrawn(_ range: Range<Int>) -> Double {
    let times = times.start
    var (count, row) = (0, range.lowerBound)
    while row < range.upperBound {
      // As many as a byte counts, so that many rows are compared at once.
      let end = min(row + 255, range.upperBound)
      var part: UInt8 = 0
      while row < end {
        part &+= times[row] == 0 ? 1 : 0
        row &+= 1
      }
      count += Int(part)
    }
    return Double(count)
  }
}
