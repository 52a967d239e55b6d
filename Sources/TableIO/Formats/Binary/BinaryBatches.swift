/// Rows of a binary file that are handed over in parts.
struct BinaryBatches {
  private let source: BinarySource
  private var fingerprint: UInt64?
  /// What was handed over.
  private(set) var report: ReadingReport

  init(_ source: BinarySource, names: [String], notes: [ReadingNote]) {
    self.source = source
    report = ReadingReport(notes: notes, columnNames: names)
  }

  /// Hands over the next rows; returns whether to go on.
  mutating func handOver(
    _ columns: [Column], rows: Int, _ body: (Table) throws(TableError) -> Bool
  ) throws(TableError) -> Bool {
    let content: UInt64 = if let fingerprint { fingerprint } else { try source.fingerprint() }
    fingerprint = content
    var lines = LineRuns()
    lines.append(row: 0, line: report.rows + 1)
    report.rows += rows
    let origin = RowOrigin(fingerprint: content, count: rows, lines: lines)
    return try body(Table(columns: columns, origin: origin))
  }
}
