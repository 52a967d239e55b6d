import JSONText
import TableIO
import Testing

/// CSV files as other programs write them, read as pandas reads them when it is told how; see
/// `make_csv_tables.py`.
@Suite struct CSVReferenceTests {
  private static func cases() throws -> [JSON] {
    let here = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    let bytes = try LocalFileSystem().readFile("/\(here)/Fixtures/csv_tables.json")
    return try JSON(parsing: bytes).array ?? []
  }

  @Test func readsAsPandasDoes() throws {
    let cases = try Self.cases()
    #expect(cases.count == 120)
    for known in cases {
      let text = known["text"]?.string ?? ""
      let (table, report) = try Table.read(bytes: bytes(text))
      #expect(report.refusedCount == 0, "\(text)")
      let columns = known["columns"]?.array ?? []
      #expect(table.columnNames == columns.map { $0["name"]?.string }, "\(text)")
      for (column, known) in zip(table.columns, columns) {
        let cells = known["cells"]?.array ?? []
        #expect(cells.count == column.count, "\(text)")
        for (row, cell) in cells.enumerated() where row < column.count {
          #expect(isSame(column[row], cell), "\(column[row]) for \(cell) in \(text)")
        }
      }
    }
  }

  private func isSame(_ cell: Cell, _ known: JSON) -> Bool {
    switch (cell, known) {
    case (.missing, .null): true
    case (.number(let number), .number(let other)): number == other
    case (.text(let text), .string(let other)): text == other
    default: false
    }
  }

  /// With any bytes changed, each line is a row, is refused, or is named in a note.
  @Test func losesNoRowInSilence() throws {
    var generator = SeededGenerator(seed: 5)
    for known in try Self.cases().prefix(60) {
      var content = bytes(known["text"]?.string ?? "")
      for _ in 0..<3 where !content.isEmpty {
        let place = Int.random(in: 0..<content.count, using: &generator)
        content[place] = Array(";,|\t 5x#%".utf8).randomElement(using: &generator) ?? 0x20
      }
      // A carriage return alone ends a line too, which the count below does not know.
      guard !content.contains(0x0D), let (table, report) = try? Table.read(bytes: content) else {
        continue
      }
      let lines = content.split(separator: 0x0A).count
      let heads = (report.header ? 1 : 0) + titles(report)
      let hasDelimiterLine = content.starts(with: Array("sep=".utf8)) ? 1 : 0
      #expect(
        table.rows + report.refusedCount + heads + hasDelimiterLine == lines,
        "\(String(decoding: content, as: UTF8.self)) \(report)")
    }
  }

  private func titles(_ report: ReadingReport) -> Int {
    report.notes.reduce(0) { count, note in
      if case .titleLines(let titles, _, _) = note { count + titles } else { count }
    }
  }
}
