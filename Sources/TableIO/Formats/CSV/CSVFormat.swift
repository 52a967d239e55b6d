extension TableFormat {
  /// Comma-separated text, which is also read with `;` and tabs.
  public static let csv = TableFormat(
    "CSV text", endings: ["csv", "txt"], .supported(CSVCoding()))
}

struct CSVCoding: TableCoding {
  var batches: Batching { .always }

  func read(
    _ stream: any ByteStream, options: ReadingOptions, isCancelled: () -> Bool
  ) throws(TableError) -> (table: Table, report: ReadingReport) {
    try CSVReader(stream, options: options).read(isCancelled: isCancelled)
  }

  func columnNames(
    of stream: any ByteStream, options: ReadingOptions
  ) throws(TableError) -> [String] {
    try CSVReader(stream, options: options).columnNames()
  }

  func readBatches(
    _ stream: any ByteStream, options: ReadingOptions, isCancelled: () -> Bool,
    _ body: (Table) throws(TableError) -> Bool
  ) throws(TableError) -> ReadingReport {
    try CSVReader(stream, options: options).readBatches(isCancelled: isCancelled, body)
  }

  /// Any table can be written so.
  func check(_ table: Table) {}

  func write(
    _ table: Table, to emit: ByteEmitter, isCancelled: () -> Bool
  ) throws(FileError) -> Bool {
    guard !table.columns.isEmpty else { return true }
    var writer = CSVWriter(table)
    return try writer.write(to: emit, isCancelled: isCancelled)
  }
}
