extension TableFormat {
  /// Apache Parquet, with columns of numbers, booleans, texts, dates and times.
  public static let parquet = TableFormat(
    "a Parquet file", endings: ["parquet", "parq", "pq"],
    marks: [ParquetReader.mark, Array("PARE".utf8)], .supported(ParquetCoding()))
}

struct ParquetCoding: TableCoding {
  var readsParts: Bool { true }

  var batches: Batching { .ofPlainFiles }

  func readBatches(
    _ stream: any ByteStream, options: ReadingOptions, isCancelled: () -> Bool,
    _ body: (Table) throws(TableError) -> Bool
  ) throws(TableError) -> ReadingReport {
    try options.refuseTextOptions()
    return try ParquetReader(stream).readBatches(options: options, isCancelled: isCancelled, body)
  }

  func read(
    _ stream: any ByteStream, options: ReadingOptions, isCancelled: () -> Bool
  ) throws(TableError) -> (table: Table, report: ReadingReport) {
    try options.refuseTextOptions()
    return try ParquetReader(stream).read(options: options, isCancelled: isCancelled)
  }

  func columnNames(
    of stream: any ByteStream, options: ReadingOptions
  ) throws(TableError) -> [String] { try ParquetReader(stream).columnNames }

  /// Any table can be written so.
  func check(_ table: Table) {}

  func write(
    _ table: Table, to emit: ByteEmitter, isCancelled: () -> Bool
  ) throws(FileError) -> Bool {
    var writer = ParquetWriter(table)
    return try writer.write(to: emit, isCancelled: isCancelled)
  }
}
