/// A format that is read and not written.
protocol TableReading: TableCoding {}

extension TableReading {
  var isWritten: Bool { false }

  var readsParts: Bool { true }

  func check(_ table: Table) throws(TableError) {
    throw TableError(
      .unsupported(
        reason: "this format is read only",
        remedy: "write the table as Parquet or CSV, under a name that ends in .parquet or .csv"))
  }

  func write(
    _ table: Table, to emit: ByteEmitter, isCancelled: () -> Bool
  ) throws(FileError) -> Bool { true }
}
