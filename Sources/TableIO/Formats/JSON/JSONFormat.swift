extension TableFormat {
  /// An array of records: `[{"score": 0.9, "label": 1}, …]`.
  public static let json = TableFormat(
    "a JSON array of records", endings: ["json"], .supported(JSONCoding(layout: .array)))

  /// A record on each line.
  public static let jsonLines = TableFormat(
    "JSON Lines", endings: ["jsonl", "ndjson"], .supported(JSONCoding(layout: .lines)))
}

/// How records follow each other.
enum JSONLayout: Sendable {
  case array
  case lines
}

/// Reads either layout under any name; writes the one that the name asks for.
struct JSONCoding: TableCoding {
  let layout: JSONLayout

  var batches: Batching { .always }

  func read(
    _ stream: any ByteStream, options: ReadingOptions, isCancelled: () -> Bool
  ) throws(TableError) -> (table: Table, report: ReadingReport) {
    try check(options)
    return try JSONRecordsReader(stream, options: options).read(isCancelled: isCancelled)
  }

  func columnNames(
    of stream: any ByteStream, options: ReadingOptions
  ) throws(TableError) -> [String] {
    try JSONRecordsReader(stream, options: options).columnNames()
  }

  func readBatches(
    _ stream: any ByteStream, options: ReadingOptions, isCancelled: () -> Bool,
    _ body: (Table) throws(TableError) -> Bool
  ) throws(TableError) -> ReadingReport {
    try check(options)
    return try JSONRecordsReader(stream, options: options)
      .readBatches(isCancelled: isCancelled, body)
  }

  private func check(_ options: ReadingOptions) throws(TableError) {
    if options.header != nil { throw TableError(.unsuitableOption("header")) }
    if options.delimiter != nil { throw TableError(.unsuitableOption("delimiter")) }
    let others: [(String, Bool)] = [
      ("text", !options.text.isEmpty), ("skip", options.skip != nil),
      ("comment", options.comment != nil), ("decimal", options.decimal != nil),
      ("thousands", options.thousands != nil), ("missing", options.missing != nil),
      ("encoding", options.encoding != nil),
    ]
    if let option = others.first(where: \.1) { throw TableError(.unsuitableOption(option.0)) }
  }

  /// JSON has no infinite numbers.
  func check(_ table: Table) throws(TableError) {
    for column in table.columns {
      guard case .numbers(let numbers) = column.values,
        let row = numbers.values.firstIndex(where: \.isInfinite)
      else { continue }
      throw TableError(.infiniteNumber(column: column.name, row: row))
    }
  }

  func write(
    _ table: Table, to emit: ByteEmitter, isCancelled: () -> Bool
  ) throws(FileError) -> Bool {
    var writer = JSONRecordsWriter(table, layout: layout)
    return try writer.write(to: emit, isCancelled: isCancelled)
  }
}
