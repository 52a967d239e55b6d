import TableIO
import Testing

/// Files that are read batch by batch: the same rows as in the whole table.
@Suite struct BatchTests {
  private func batches(
    _ path: String, _ files: any FileSystem, _ options: ReadingOptions = ReadingOptions()
  ) throws -> (tables: [Table], report: ReadingReport) {
    var tables: [Table] = []
    let report = try Table.forEachBatch(of: path, from: files, options: options) { batch in
      tables.append(batch)
      return true
    }
    return (tables, report)
  }

  private static let text = {
    let rows = (0..<100_000).map { row in
      row % 30_000 == 29_999
        ? "\(row),\"two\nlines\",0.5\n" : "\(row),word \(row / 40_000),0.\(row)\n"
    }
    return "id,word,score\n" + rows.joined() + "1,2\n1,2,3,4\n"
  }()

  @Test(arguments: ["a.csv", "a.csv.gz"])
  func holdAllRowsInOrder(path: String) throws {
    let files = MemoryFileSystem(texts: ["a.csv": Self.text])
    let whole = try Table.read("a.csv", from: files)
    try whole.table.write("a.csv.gz", to: files)
    let table = try Table.read(path, from: files).table
    let (tables, report) = try batches(path, files)
    try #require(tables.count > 1)
    #expect(report.rows == table.rows)
    var row = 0
    for batch in tables {
      #expect(batch.columnNames == table.columnNames)
      // The columns of a part of the whole are equal, codes and lines included.
      let part = try table.subset(rows: Array(row..<row + batch.rows))
      #expect(batch.hasSameContent(as: part))
      for index in [0, batch.rows / 2, batch.rows - 1] {
        #expect(batch.line(ofRow: index) == part.line(ofRow: index))
      }
      row += batch.rows
    }
    #expect(row == table.rows)
  }

  @Test func holdChosenColumns() throws {
    let files = MemoryFileSystem(texts: ["a.csv": Self.text])
    var options = ReadingOptions()
    options.columns = ["score"]
    let (tables, report) = try batches("a.csv", files, options)
    #expect(tables.allSatisfy { $0.columnNames == ["score"] })
    #expect(report.columnNames == ["id", "word", "score"])
    #expect(report.refused.map(\.line) == [100_000 + 3 + 3])
  }

  @Test func sayWhereATextComesLate() {
    let text = "a\n" + String(repeating: "0.25\n", count: 300_000) + "x\n"
    let files = MemoryFileSystem(texts: ["a.csv": text])
    let error = #expect(throws: TableError.self) { try batches("a.csv", files) }
    #expect(error?.message == "`a.csv`: column `a` is text: line 300002 has `x`")
  }

  @Test func stopWhenTheyAreEnough() throws {
    let files = MemoryFileSystem(texts: ["a.csv": Self.text])
    var count = 0
    _ = try Table.forEachBatch(of: "a.csv", from: files) { _ in
      count += 1
      return false
    }
    #expect(count == 1)
  }

  @Test func followEachOtherInSeveralFiles() throws {
    let files = MemoryFileSystem(texts: [
      "d/a.csv": "a\n1\n2\n", "d/b.csv": "a\n3\n", "e/a.csv": "a\n1\n", "e/b.csv": "b\n1\n",
      "f/a.jsonl": "{\"a\": 1}\n",
    ])
    #expect(try batches("d", files).tables.map { shown($0) } == ["a / 1 / 2", "a / 3"])
    #expect(try batches("f/a.jsonl", files).tables.map { shown($0) } == ["a / 1"])
    let error = #expect(throws: TableError.self) { try batches("e", files) }
    #expect(error?.message.contains("`b` is added") == true)
  }
}
