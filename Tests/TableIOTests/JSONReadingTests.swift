import TableIO
import Testing

@Suite struct JSONReadingTests {
  private func read(
    _ text: String, _ format: TableFormat = .jsonLines
  ) throws -> (table: Table, report: ReadingReport) {
    try Table.read(bytes: bytes(text), as: format)
  }

  private func problem(_ text: String, _ format: TableFormat = .jsonLines) -> TableError.Problem? {
    do throws(TableError) {
      _ = try Table.read(bytes: bytes(text), as: format)
      return nil
    } catch {
      return error.problem
    }
  }

  @Test(arguments: [
    (#"{"a":1,"b":"x"}"#, "a|b / 1|‹x›"),
    ("\u{FEFF}\r\n{\"a\":1}\r\n\r\n{\"a\":2}", "a / 1 / 2"),
    (#"[{"a":1},{"b":2}]"#, "a|b / 1|· / ·|2"),
    (#" [ { "a" : null } , { "a" : 0.5 } ] "#, "a / · / 0.5"),
    ("{\"a\":true}\n{\"a\":false}", "a / ‹true› / ‹false›"),
    ("{\"a\":1.50}\n{\"a\":\"x\"}", "a / ‹1.50› / ‹x›"),
    ("{\"a\":null}\n{\"a\":\"x\"}\n{\"a\":7}", "a / · / ‹x› / ‹7›"),
    ("{\"a\":[1, 2]}\n{\"a\":{\"b\":3}}", "a / ‹[1, 2]› / ‹{\"b\":3}›"),
    ("{\"a\":12345678901234567}", "a / ‹12345678901234567›"),
    ("{\"a\":100000000000000000000}", "a / 1e+20"),
    ("{\"a\":NaN}\n{\"a\":-Infinity}", "a / · / -inf"),
    (#"{"a\u0062":"\ud83d\ude00\n"}"#, "ab / ‹😀\n›"),
    ("{}\n{}", " /  / "),
  ])
  func reads(text: String, table: String) throws { #expect(try shown(read(text).table) == table) }

  /// A record that cannot be read is counted and named, and the next one is read.
  @Test(arguments: [
    (
      "{\"a\":1}\n{\"a\":\n{\"a\":2}", 2, "a record that is not valid JSON: the text ends too early"
    ),
    ("{\"a\":1}\n{\"a\":2", 2, "a record that is not valid JSON: the text ends too early"),
    (
      "{\"a\":1}\n{a:2}", 2,
      "a record that is not valid JSON: `a` where a key in double quotes is expected"
    ),
    ("{\"a\":1}\n{\"a\":2} x", 2, "a record that is not valid JSON: text after its end"),
    ("{\"a\":1}\n7", 2, "a number where a record is expected"),
    ("{\"a\":1}\n{\"b\":1,\"b\":2}", 2, "the key `b` twice"),
    (
      "{\"a\":\"x\"}\n{\"a\":\"\\q\"}", 2,
      "a record that is not valid JSON: an escape that is not valid JSON"
    ),
  ])
  func refuses(text: String, line: Int, reason: String) throws {
    let (table, report) = try read(text)
    #expect(report.refused.map(\.line) == [line])
    #expect(report.refused.map(\.reason.description) == [reason])
    #expect(table.columnNames == ["a"])
    #expect(table.rows + report.refusedCount == text.split(separator: "\n").count)
  }

  @Test(
    arguments: [
      ("", .empty), (" \n", .empty), ("[]", .noRecords),
      ("hello", .malformedJSON(line: 1, reason: "`h` where a record or an array is expected")),
      (
        "[{\"a\":1},\n{\"a\":2}",
        .malformedJSON(line: 2, reason: "the file ends before the array does")
      ),
      ("[{\"a\":1},\n{\"a\" 2}]", .malformedJSON(line: 2, reason: "`2` where `:` is expected")),
      ("[{\"a\":1}]\nx", .malformedJSON(line: 2, reason: "text after the end of the array")),
      (
        "[{\"a\":1} {\"a\":2}]", .malformedJSON(line: 1, reason: "`{` where `,` or `]` is expected")
      ),
      (
        "{\n\"a\": 1\n}",
        .everyRowRefused(
          count: 3, columns: 0,
          first: RefusedRow(line: 1, reason: .malformedRecord("the text ends too early")))
      ),
    ] as [(String, TableError.Problem)])
  func finds(text: String, expected: TableError.Problem) { #expect(problem(text) == expected) }

  @Test(arguments: [
    (
      "{\"a\":1}\n{\"a\":\"x\"}",
      "column `a` is text, as it holds numbers and other values: line 2 has `x`"
    ),
    (
      "{\"a\":12345678901234567}",
      "column `a` is text, as no number holds `12345678901234567` exactly, on line 1"
    ),
    ("{\"a\":[]}", "column `a`: 1 cell is an array or object, first on line 1; kept as JSON text"),
    ("{\"a\":1}\n{\"a\":NaN}", "column `a`: 1 cell is NaN, first on line 2; treated as missing"),
    ("{\"a\":null}", "column `a` has no values"),
  ])
  func notes(text: String, note: String) throws {
    #expect(try read(text).report.notes.map(\.description) == [note])
  }

  /// Records that do not fit into one window, with the text of numbers kept on the second walk.
  @Test(arguments: [TableFormat.json, .jsonLines])
  func readsLargeFiles(format: TableFormat) throws {
    let count = 40_000
    var records = (0..<count).map {
      "{\"id\": \($0), \"name\": \"n\($0 % 7)\", \"late\": \($0).50}"
    }
    records[count - 1] = "{\"id\": -1, \"name\": null, \"late\": \"x\"}"
    let text =
      format == .json
      ? "[" + records.joined(separator: ",\n") + "]" : records.joined(separator: "\n")
    let (table, report) = try read(text, format)
    #expect(table.rows == count && report.refusedCount == 0)
    #expect(table["late"]?[39_998] == .text("39998.50"))
    #expect(table["id"]?[39_998] == .number(39_998))
    #expect(table["name"]?[count - 1] == .missing)
    #expect(table.line(ofRow: 39_998) == 39_999)
  }

  @Test func readsByTheEndingOfTheName() throws {
    let files = MemoryFileSystem(texts: [
      "a.jsonl": "{\"x\":1}", "b.NDJSON": "{\"x\":2}", "c.json": "[{\"x\":3}]",
      "d.zip": "PK\u{3}\u{4}",
    ])
    for path in ["a.jsonl", "b.NDJSON", "c.json"] {
      #expect(try Table.columnNames(of: path, from: files) == ["x"])
      #expect(try Table.read(path, from: files).table.rows == 1)
      #expect(throws: TableError(.unsuitableOption("header"), path: path)) {
        try Table.read(path, from: files, options: ReadingOptions(header: true))
      }
    }
    #expect(throws: TableError(.foreignFormat(.zip), path: "d.zip")) {
      try Table.read("d.zip", from: files)
    }
  }

  @Test(arguments: ["t.json", "t.jsonl", "t.ndjson", "t.csv"])
  func writesWhatReadsBackTheSame(path: String) throws {
    let files = MemoryFileSystem()
    let table = try Table(columns: [
      Column("n", numbers: [1, -0.0, .nan, 1e300, 0.1, 123_456_789_012]),
      Column("t\"x", texts: ["a", nil, "\"\\\n", "é😀", "\u{1}", "7"]),
    ])
    try table.write(path, to: files)
    let (again, report) = try Table.read(path, from: files)
    #expect(again.hasSameContent(as: table))
    #expect(report.refusedCount == 0)
  }

  @Test func writesNoInfinity() throws {
    let files = MemoryFileSystem()
    let table = try Table(columns: [Column("n", numbers: [1, .infinity])])
    #expect(throws: TableError(.infiniteNumber(column: "n", row: 1), path: "t.json")) {
      try table.write("t.json", to: files)
    }
    #expect(!files.exists("t.json"))
  }

  /// Broken files neither stop the program nor lose rows in silence.
  @Test func bearsRandomChanges() {
    var generator = SeededGenerator(seed: 5)
    let starts = [
      "{\"a\":1,\"b\":\"x\\u00e9\"}\n{\"a\":-2.5e3,\"b\":null}\n{\"b\":[1,{\"c\":true}]}\n",
      "[{\"a\":1},\n {\"a\":\"y\",\"b\":12345678901234567890}, {}]",
    ]
    let bytes = Array("{}[]\",:\\0-.eE+ \n\r\tntfuNI\u{0}é".utf8)
    for round in 0..<4_000 {
      var text = Array(starts[round % 2].utf8)
      for _ in 0...Int.random(in: 0..<4, using: &generator) {
        let place = Int.random(in: 0..<text.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: text[place] = bytes.randomElement(using: &generator) ?? 0
        case 1: text.insert(bytes.randomElement(using: &generator) ?? 0, at: place)
        default: text.removeSubrange(place..<min(place + 3, text.count - 1))
        }
        if text.isEmpty { text = [0x7B] }
      }
      guard let (table, report) = try? Table.read(bytes: text, as: .jsonLines) else { continue }
      #expect(table.columns.allSatisfy { $0.count == table.rows })
      let isLines = text.first { ![0x20, 0x0A, 0x0D, 0x09].contains($0) } == UInt8(ascii: "{")
      guard isLines else { continue }
      let lines = text.split(separator: 0x0A).count { line in
        line.contains { ![0x20, 0x0D, 0x09].contains($0) }
      }
      #expect(table.rows + report.refusedCount == lines)
    }
  }
}
