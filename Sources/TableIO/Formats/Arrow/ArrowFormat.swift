extension TableFormat {
  /// Arrow's IPC format: the stream, and the file that is also called Feather.
  public static let arrow = TableFormat(
    "an Arrow file", endings: ["arrow", "feather", "arrows", "ipc"],
    marks: [ArrowReader.fileMark, [0xFF, 0xFF, 0xFF, 0xFF]], .supported(ArrowCoding()))
}

/// Columns of numbers, booleans, texts, dates and times, dictionaries of them, and missing values.
struct ArrowCoding: TableReading {
  var batches: Batching { .ofPlainFiles }

  func readBatches(
    _ stream: any ByteStream, options: ReadingOptions, isCancelled: () -> Bool,
    _ body: (Table) throws(TableError) -> Bool
  ) throws(TableError) -> ReadingReport {
    try options.refuseTextOptions()
    return try ArrowReader(stream).readBatches(options: options, isCancelled: isCancelled, body)
  }

  func read(
    _ stream: any ByteStream, options: ReadingOptions, isCancelled: () -> Bool
  ) throws(TableError) -> (table: Table, report: ReadingReport) {
    try options.refuseTextOptions()
    return try ArrowReader(stream).read(options: options, isCancelled: isCancelled)
  }

  func columnNames(
    of stream: any ByteStream, options: ReadingOptions
  ) throws(TableError) -> [String] { try ArrowReader(stream).columnNames }
}
