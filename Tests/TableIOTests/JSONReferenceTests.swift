import JSONText
import TableIO
import Testing

/// Tables of JSON files as Python's json module reads them; see `make_json_tables.py`.
@Suite struct JSONReferenceTests {
  private static func cases() throws -> [JSON] {
    let here = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    let bytes = try LocalFileSystem().readFile("/\(here)/Fixtures/json_tables.json")
    return try JSON(parsing: bytes).array ?? []
  }

  @Test func readsAsPythonDoes() throws {
    let cases = try Self.cases()
    #expect(cases.count > 150)
    for known in cases {
      let format = known["format"] == "json" ? TableFormat.json : .jsonLines
      let text = known["text"]?.string ?? ""
      let (table, report) = try Table.read(
        bytes: bytes(text), as: format, options: ReadingOptions(refusedRowsNamed: 100))
      #expect(table.rows == known["rows"]?.integer, "\(text)")
      #expect(report.refused.map(\.line) == known["refused"]?.array?.map { $0.integer }, "\(text)")
      let columns = known["columns"]?.array ?? []
      #expect(table.columnNames == columns.map { $0["name"]?.string }, "\(text)")
      for (column, known) in zip(table.columns, columns) {
        #expect((try? column.numbers()) == nil || known["isText"] == false, "\(text)")
        let cells = known["cells"]?.array ?? []
        #expect(cells.count == column.count)
        for (row, cell) in cells.enumerated() {
          #expect(isSame(column[row], cell), "\(column[row]) for \(cell) in \(text)")
        }
      }
    }
  }

  private func isSame(_ cell: Cell, _ known: JSON) -> Bool {
    switch (cell, known) {
    case (.missing, .null): return true
    case (.number(let number), .number(let other)): return number == other
    case (.text(let text), .string(let other)): return text == other
    case (.text(let text), .object(let object)):
      guard let nested = object["json"]?.string else { return false }
      return (try? JSON(parsing: text)) == (try? JSON(parsing: nested))
    default: return false
    }
  }
}
