extension Table {
  /// Reads a table from a file of comma-separated text.
  public static func read(
    _ path: String, from files: any FileSystem, options: ReadingOptions = ReadingOptions(),
    isCancelled: () -> Bool = { false }
  ) throws(TableError) -> (table: Table, report: ReadingReport) {
    throw TableError(.empty)
  }

  public static func read(
    bytes: [UInt8], options: ReadingOptions = ReadingOptions(),
    isCancelled: () -> Bool = { false }
  ) throws(TableError) -> (table: Table, report: ReadingReport) {
    throw TableError(.empty)
  }

  public func write(
    _ path: String, to files: any FileSystem, isCancelled: () -> Bool = { false }
  ) throws(TableError) {
  }
}
