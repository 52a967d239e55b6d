import TableIO
import Testing

@Suite struct RoundTripTests {
  /// Texts that could be taken for something else, and some that could not.
  private static let awkward = [
    "", " ", "\t", "x", " x", "x ", "a,b", "a;b", "a\tb", "\"", "\"\"", "say \"hi\"", "'", "''",
    "'x'", "'x,y'", "it's", "12", "-1", "1e5", "inf", "nan", "NaN", "NA", "N/A", "#N/A", "?",
    "null",
    "NULL", "Null", "a\nb", "a\r\nb", "a\rb", "\n", "\r", "é", "日本", "🐟", "\u{FEFF}x", "# x", "1,5",
    "a\"b", "0x10", "+1", ".", "-", "=1+1", "a\u{0301}", "\u{7F}", "\u{1}",
  ]

  private static let numbers = [
    0, -0.0, 1, -1, 0.1, 0.1 + 0.2, 1e15, 1e16, 9_007_199_254_740_994, 1e300, -1e-300,
    .leastNonzeroMagnitude, .greatestFiniteMagnitude, .leastNormalMagnitude, .pi, .infinity,
    -.infinity, 1e22, 1e23,
  ]

  @Test(arguments: 0..<60)
  func anyTableReadsBackTheSame(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed + 1)
    let table = try Self.randomTable(&generator)
    let files = MemoryFileSystem()
    try table.write("t.csv", to: files)
    let options = ReadingOptions(header: true, delimiter: table.columns.count == 1 ? "," : nil)
    let again = try Table.read("t.csv", from: files, options: options)
    #expect(again.table.hasSameContent(as: table), "\(shown(table)) became \(shown(again.table))")
    #expect(again.report.refusedCount == 0)
  }

  private static func randomTable(_ generator: inout SeededGenerator) throws -> Table {
    let rows = Int.random(in: 0...30, using: &generator)
    let names = awkward.filter { !$0.isEmpty && $0.first != " " && $0 != "\t" }.shuffled(
      using: &generator)
    let columns = (0..<Int.random(in: 1...5, using: &generator)).map { index in
      let missing = Double.random(in: 0...0.5, using: &generator)
      if Bool.random(using: &generator) {
        let numbers = (0..<rows).map { _ in
          Double.random(in: 0..<1, using: &generator) < missing ? .nan : number(&generator)
        }
        return Column(names[index], numbers: numbers)
      }
      var texts: [String?] = (0..<rows).map { _ in
        Double.random(in: 0..<1, using: &generator) < missing
          ? nil : awkward.randomElement(using: &generator)
      }
      // One text at least that cannot be anything else keeps the column a column of texts.
      if rows > 0 { texts[Int.random(in: 0..<rows, using: &generator)] = "text" }
      return rows > 0 ? Column(names[index], texts: texts) : Column(names[index], numbers: [])
    }
    return try Table(columns: columns)
  }

  private static func number(_ generator: inout SeededGenerator) -> Double {
    if Bool.random(using: &generator) { return numbers.randomElement(using: &generator) ?? 0 }
    let value = Double(bitPattern: generator.next())
    return value.isNaN ? 0 : value
  }

  @Test(arguments: [
    ([Column("a", numbers: [1, .nan]), Column("b", texts: ["x", nil])], "a,b\n1,x\n,\n"),
    ([Column("a", numbers: [1, .nan])], "a\n1\nNA\n"),
    ([Column("a", texts: ["x", nil, "NA", ""])], "a\nx\nNA\n\"NA\"\n\"\"\n"),
    (
      [Column("a b", texts: ["12", "x,y", "it's", "\""])],
      "a b\n\"12\"\n\"x,y\"\n\"it's\"\n\"\"\"\"\n"
    ),
    ([Column("a", numbers: [0.1, -0.0, 1e16, .infinity])], "a\n0.1\n-0\n1e+16\ninf\n"),
    ([], ""),
  ])
  func writes(columns: [Column], expected: String) throws {
    let files = MemoryFileSystem()
    try Table(columns: columns).write("t.csv", to: files)
    #expect(String(decoding: try files.readFile("t.csv"), as: UTF8.self) == expected)
  }

  @Test func stopsWhenAskedAndLeavesTheOldFile() throws {
    let files = MemoryFileSystem(texts: ["t.csv": "old"])
    let table = try Table(columns: [Column("a", numbers: (0..<50_000).map(Double.init))])
    let error = #expect(throws: TableError.self) {
      try table.write("t.csv", to: files, isCancelled: { true })
    }
    #expect(error == TableError(.cancelled, path: "t.csv"))
    #expect(try files.readFile("t.csv") == bytes("old"))
  }

  @Test func everyDoubleReadsAsSwiftReadsIt() throws {
    var generator = SeededGenerator(seed: 7)
    var texts: [String] = []
    for _ in 0..<20_000 {
      let value = Double(bitPattern: generator.next())
      if value.isFinite { texts.append("\(value)") }
      // More digits than a Double holds, so that rounding is put to the test.
      let digits = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
        String(Int.random(in: 0...9, using: &generator))
      }
      texts.append("0." + digits.joined())
      texts.append(digits.joined() + "e\(Int.random(in: -330...260, using: &generator))")
    }
    let table = try read("a\n" + texts.joined(separator: "\n") + "\n").table
    let values = try table.column("a").numbers().values
    #expect(values.count == texts.count)
    for (text, value) in zip(texts, values) where Double(text)?.bitPattern != value.bitPattern {
      Issue.record("\(text) was read as \(value)")
    }
  }

  /// A file much larger than the window, in any style: no cell may change where it is cut.
  @Test(arguments: [("\n", 1), ("\r\n", 2), ("\r", 3)])
  func windowsCutNothing(lineEnd: String, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var text = "n,t,q,m" + lineEnd
    var (numbers, plain, quoted, sparse): ([Double], [String?], [String?], [Double]) = (
      [], [], [], []
    )
    while text.utf8.count < 1_800_000 {
      let number = Double(Int.random(in: 0...9999, using: &generator)) / 100
      let word = ["north", "south-east", "'s-Gravenhage", "east", "x"].randomElement(
        using: &generator)
      let content = Self.awkward.randomElement(using: &generator) ?? ""
      let escaped = content.split(separator: "\"", omittingEmptySubsequences: false)
        .joined(separator: "\"\"")
      let isMissing = Bool.random(using: &generator)
      let style = Int.random(in: 0...3, using: &generator)
      let numberText = ["\(number)", "\"\(number)\"", " \(number) ", "'\(number)'"][style]
      let wordText = ["\(word ?? "")", "\"\(word ?? "")\"", " \(word ?? "") ", "\(word ?? "")"][
        style]
      text += "\(numberText),\(wordText),\"\(escaped)\",\(isMissing ? "" : "1")\(lineEnd)"
      numbers.append(number)
      plain.append(word)
      quoted.append(content)
      sparse.append(isMissing ? .nan : 1)
    }
    let (table, report) = try read(text, ReadingOptions(header: true))
    #expect(table.rows == numbers.count && report.refusedCount == 0)
    // Levels are compared too: half a text at a window's end must not have become one.
    #expect(table.columns[0] == Column("n", numbers: numbers))
    #expect(table.columns[1] == Column("t", texts: plain))
    #expect(table.columns[2] == Column("q", texts: quoted))
    #expect(table.columns[3] == Column("m", numbers: sparse))
  }

  /// Where nearly all of the content is one long word after the other, windows end within words.
  @Test(arguments: ["", "\"", "'"]) func halfATextIsNoLevel(quote: String) throws {
    let unit = quote.isEmpty ? "-" : ","
    let words = ["a", "b", "c"].map { String(repeating: $0 + unit, count: 500) + $0 }
    let texts = (0..<1200).map { words[$0 % 3] }
    let text = "t,n\n" + texts.map { "\(quote)\($0)\(quote),1\n" }.joined()
    #expect(try read(text).table["t"]?.values == .texts(TextValues(texts)))
  }

  @Test func anyBytesEndInATableOrAnError() {
    var generator = SeededGenerator(seed: 11)
    let pieces = [
      "\"", "'", ",", ";", "\t", "\n", "\r", "1", "0.5", "x", "NA", "é", " ", "\0", "e9", "-",
    ]
    .map { Array($0.utf8) }
    for _ in 0..<4000 {
      let noise = (0..<Int.random(in: 0...60, using: &generator)).flatMap { _ in
        Int.random(in: 0...30, using: &generator) == 0
          ? [UInt8(truncatingIfNeeded: generator.next())]
          : pieces.randomElement(using: &generator) ?? []
      }
      guard let (table, report) = try? Table.read(bytes: noise) else { continue }
      #expect(table.columns.allSatisfy { $0.count == table.rows })
      #expect(report.rows == table.rows)
    }
  }
}
