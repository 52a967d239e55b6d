import Foundation
import TableIO
import Testing

@Suite struct ParquetWritingTests {
  private func table() throws -> Table {
    try Table(columns: [
      Column("n", numbers: [1, -0.0, .nan, 1e300, 0.1, .infinity]),
      Column("i", numbers: [1, 0, .nan, -3, 0x1p53, 7]),
      Column("t\"x", texts: ["a", nil, "\"\\\n", "é😀", "\u{1}", "7"]),
      Column("none", numbers: [.nan, .nan, .nan, .nan, .nan, .nan]),
      Column("empty", texts: [nil, nil, nil, nil, nil, nil]),
      Column("same", texts: ["x", "x", "x", "x", "x", "x"]),
    ])
  }

  @Test func writesWhatReadsBackTheSame() throws {
    let files = MemoryFileSystem()
    for table in [try table(), try table().subset(rows: [])] {
      try table.write("t.parquet", to: files)
      #expect(try Table.read("t.parquet", from: files).table.hasSameContent(as: table))
    }
  }

  /// Several pages, and levels whose numbers take from one bit to many.
  @Test(arguments: [1, 2, 3, 200, 70_000])
  func writesLargeTables(levels: Int) throws {
    let rows = 140_000
    let table = try Table(columns: [
      Column("n", numbers: (0..<rows).map { $0 % 11 == 0 ? .nan : Double($0) / 8 }),
      Column("t", texts: (0..<rows).map { $0 % 7 == 0 ? nil : "level \($0 % levels)" }),
    ])
    let files = MemoryFileSystem()
    try table.write("t.parquet", to: files)
    #expect(try Table.read("t.parquet", from: files).table.hasSameContent(as: table))
  }

  @Test func formatsThatAreReadOnlyAreRefused() throws {
    let files = MemoryFileSystem()
    for path in ["t.arrow", "t.npy", "t.npz"] {
      let error = #expect(throws: TableError.self) { try table().write(path, to: files) }
      #expect(error?.message == "`\(path)`: this format is read only")
      #expect(!files.exists(path))
    }
    #expect(TableFormat.all.filter(\.isWritten).contains(.parquet))
    #expect(!TableFormat.all.filter(\.isWritten).contains(.arrow))
  }
}
