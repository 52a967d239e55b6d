import CKernels

/// Rows of numbers one after the other, for several threads that write to different rows.
final class RowTable: @unchecked Sendable {
  let rows: Int
  let columns: Int
  private let values: UnsafeMutablePointer<Double>

  /// Numbers of no value yet.
  init(rows: Int, columns: Int) {
    (self.rows, self.columns) = (rows, columns)
    values = .allocate(capacity: max(rows * columns, 1))
  }

  deinit { values.deallocate() }

  func row(_ row: Int) -> UnsafeMutablePointer<Double> { values + row * columns }

  /// Writes part of a sequence that runs through some columns, row after row.
  ///
  /// - Parameter start: Where in the sequence the part begins.
  func write(
    _ part: UnsafePointer<Double>, count: Int, from start: Int, columns: Range<Int>
  ) {
    var (row, column) = start.quotientAndRemainder(dividingBy: columns.count)
    var (part, left) = (part, count)
    while left > 0 {
      let some = min(columns.count - column, left)
      self.row(row).advanced(by: columns.lowerBound + column).update(from: part, count: some)
      (part, left) = (part + some, left - some)
      (row, column) = (row + 1, 0)
    }
  }
}
