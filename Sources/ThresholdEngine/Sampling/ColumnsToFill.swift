/// Columns of the same length that several threads fill, each its own rows.
struct ColumnsToFill<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  /// What has been filled.
  let columns: [[Element]]
  /// The first element of each column, by its number; valid as long as the columns are neither
  /// changed nor gone.
  let starts: [UnsafeMutablePointer<Element>?]

  /// Elements of no value yet.
  ///
  /// - Parameter numbers: Of each column in turn: `starts` goes by them, in any order.
  init(rows: Int, numbers: [Int]) {
    let columns = numbers.map { _ in
      [Element](unsafeUninitializedCapacity: rows) { _, count in count = rows }
    }
    var starts = [UnsafeMutablePointer<Element>?](repeating: nil, count: numbers.count)
    for (column, number) in zip(columns, numbers) {
      starts[number] = column.withUnsafeBufferPointer {
        UnsafeMutablePointer(mutating: $0.baseAddress)
      }
    }
    self.starts = starts
    self.columns = columns
  }
}
