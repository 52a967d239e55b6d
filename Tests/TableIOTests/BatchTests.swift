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

  /// The files of other programs, whose cells are known.
  @Test(arguments: ParquetTests.files + ArrowTests.files)
  func holdWhatOthersWrote(name: String) throws {
    let (tables, report) = try batches("\(BinaryFiles.folder)/\(name)", LocalFileSystem())
    let names = try Table.columnNames(
      of: "\(BinaryFiles.folder)/\(name)", from: LocalFileSystem())
    let table = try Table(joining: tables, named: names)
    #expect(report.rows == table.rows)
    if table.rows > 0 { #expect(BinaryFiles.difference(table, name) == nil) }
  }

  @Test func holdTheRecordBatchesOfArrow() throws {
    let (tables, _) = try batches("\(BinaryFiles.folder)/chunks.arrow", LocalFileSystem())
    #expect(tables.count > 1)
  }

  /// Of records a batch is a window.
  @Test(arguments: ["a.jsonl", "a.json"])
  func holdAllRowsOfRecords(path: String) throws {
    let files = MemoryFileSystem()
    let count = 30_000
    let table = try Table(columns: [
      Column("id", numbers: (0..<count).map { $0 % 7 == 3 ? .nan : Double($0) }),
      Column("word", texts: (0..<count).map { $0 % 5 == 0 ? nil : "word \($0 / 9_000)" }),
    ])
    try table.write(path, to: files)
    let (tables, report) = try batches(path, files)
    try #require(tables.count > 1)
    #expect(report.rows == count)
    #expect(try Table(joining: tables, named: []).hasSameContent(as: table))
    var options = ReadingOptions()
    options.columns = ["id"]
    let chosen = try batches(path, files, options).tables
    #expect(chosen.allSatisfy { $0.columnNames == ["id"] })
    #expect(try Table(joining: chosen, named: []).column("id") == table.column("id"))
  }

  @Test func sayWhereATextComesLateInRecords() {
    let text = String(repeating: "{\"a\": 1}\n", count: 100_000) + "{\"a\": \"x\"}\n"
    let files = MemoryFileSystem(texts: ["a.jsonl": text])
    let error = #expect(throws: TableError.self) { try batches("a.jsonl", files) }
    #expect(error?.message == "`a.jsonl`: column `a` is text: line 100001 has `x`")
  }

  @Test func haveColumnsThatComeUpLate() throws {
    let text = String(repeating: "{\"a\": 1}\n", count: 100_000) + "{\"a\": 2, \"b\": 0.5}\n"
    let files = MemoryFileSystem(texts: ["a.jsonl": text])
    var options = ReadingOptions()
    options.columns = ["b"]
    let tables = try batches("a.jsonl", files, options).tables
    #expect(tables.reduce(0) { $0 + $1.rows } == 100_001)
    #expect(tables.dropLast().allSatisfy { $0["b"]?.missingCount == $0.rows })
    let last = try #require(tables.last)
    #expect(try last.column("b")[last.rows - 1] == .number(0.5))
  }

  @Test func haveTheColumnsOfPartitions() throws {
    let files = MemoryFileSystem(texts: [
      "d/day=1/a.csv": "a\n1\n2\n", "d/day=2/a.csv": "a\n3\n",
    ])
    let (tables, report) = try batches("d", files)
    #expect(tables.map { shown($0) } == ["a|day / 1|‹1› / 2|‹1›", "a|day / 3|‹2›"])
    #expect(report.columnNames == ["a", "day"])
    #expect(tables[1].place(ofRow: 0) == "line 2 of `d/day=2/a.csv`")
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
