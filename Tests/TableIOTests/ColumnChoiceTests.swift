import TableIO
import Testing

/// Tables of which some columns are wanted: they are those of the whole table.
@Suite struct ColumnChoiceTests {
  @Test(arguments: [
    "id,score,label\n1,0.5,1\n2,0.25,0\n", "a,b\n1,2\n3\n4,5,6\n7,8\n",
    "a,b,c\n1,\"x,y\",3\n2,\"p\nq\",4\n5,'r,s',6\n", "a;b;c\n1,5;2;x\n1,234;3;y\n",
    "a;b;c\n1.234;2,5;x\n5.678;3,5;y\n", "a\tb\n1,234\t\"1,5\"\n2,345\t\"2,5\"\n",
    "a,b,\n1,2,\n3,4,\n", ",a,b\n0,x,1\n1,y,2\n", "a,a,b\n1,2,3\n", "a b  c\n1 2 3\n4  5 6\n",
    "a,b\n\n1,\n,2\n\n,\n", "a\n1\n\nx\n", "a,b\r\n1,x\r\n2,y\r\n", "a,b\n1,x\"y\n2,\"z\"w\n3,v\n",
    "Report of May\n\na,b,c\n1,2,3\n4,5,6\n", "a,b\n007,1\n010,NA\n", "a,b\nnan,1\n2,nan\n",
    "a|b|c\n1|50%|x\n2|75%|y\n", "1,2,3\n4,5,6\n", "a,b\n x , y\n 1 , \"q\"\n",
  ])
  func choosesWhatTheWholeTableHas(text: String) throws { try holds(for: text) }

  @Test func choosesAmongRowsOfAllMakes() throws {
    var draws = SeededGenerator(seed: 5)
    let cells = [
      "0.5", "12", "", "NA", "\"a,b\"", "'c;d'", "\"e\nf\"", "g h", " 7 ", "1,5", "x\"y",
    ]
    for _ in 0..<400 {
      let delimiter = [",", ";", "\t"][Int.random(in: 0..<3, using: &draws)]
      let columns = Int.random(in: 1...4, using: &draws)
      var lines = [(0..<columns).map { "c\($0)" }.joined(separator: delimiter)]
      for _ in 0..<Int.random(in: 1...8, using: &draws) {
        let odd = Int.random(in: 0..<12, using: &draws)
        let count = odd == 0 ? columns + 1 : odd == 1 ? max(1, columns - 1) : columns
        let row = (0..<count).map { _ in cells[Int.random(in: 0..<cells.count, using: &draws)] }
        lines.append(row.joined(separator: delimiter))
      }
      try holds(for: lines.joined(separator: "\n") + "\n")
    }
  }

  /// A file large enough to be read in parts.
  @Test func choosesInLargeFiles() throws {
    let rows = (0..<40_000).map { row in
      row % 9_000 == 8_999 ? "\(row),\"two\nlines\",0.5,x\n" : "\(row),word \(row % 7),0.\(row),y\n"
    }
    try holds(
      for: "id,word,score,end\n" + rows.joined(), choices: [["score"], ["word", "end"], []])
  }

  @Test(arguments: [
    #"{"a": 1, "b": "x"}"# + "\n" + #"{"b": 2, "c": [1, 2]}"# + "\n",
    #"[{"a": 1, "b": {"c": 2}}, {"a": "x"}, 5, {"a": 1, "a": 2}]"#,
    #"{"a": 1, "b": "\q"}"# + "\n" + #"{"a": 2, "b": "y\n"}"# + "\n" + #"{"a": 3, "b": null}"#
      + "\n",
    #"{"a": 1, "b": "\u0000"}"# + "\n" + #"{"a": 12345678901234567890, "b": 1}"# + "\n",
  ])
  func choosesKeysOfRecords(text: String) throws { try holds(for: text, as: .jsonLines) }

  @Test func ignoresNamesThatAreNotThere() throws {
    var options = ReadingOptions()
    options.columns = ["b", "z"]
    let (table, report) = try read("a,b\n1,2\n3,4\n", options)
    #expect(shown(table) == "b / 2 / 4")
    #expect(report.columnNames == ["a", "b"])
  }

  /// What is not wanted cannot stand in the way, but still has to be in rows.
  @Test func doesNotReadOtherCells() throws {
    var options = ReadingOptions()
    options.columns = ["b"]
    let text = bytes("a,b\n") + [0xE9, 0x2C, 0x31, 0x0A]
    #expect(shown(try Table.read(bytes: text, options: options).table) == "b / 1")
    #expect(problem(bytes("a,b\n\"x,1\n"), options) == .unterminatedQuote(line: 2))
  }

  private func holds(
    for text: String, as format: TableFormat = .csv, choices: [Set<String>]? = nil
  ) throws {
    let whole = try? Table.read(bytes: bytes(text), as: format)
    let names = whole?.table.columnNames ?? ["a"]
    let single = names.map { Set([$0]) }
    for wanted in choices ?? [[], Set(names.dropFirst())] + single {
      var options = ReadingOptions()
      options.columns = wanted
      let chosen = try? Table.read(bytes: bytes(text), as: format, options: options)
      let expected = try whole?.table.selecting(names.filter(wanted.contains))
      let place = Comment("\(text.prefix(200)) \(wanted)")
      #expect(chosen?.table == expected, place)
      #expect(chosen?.report.columnNames == whole?.table.columnNames, place)
      #expect(chosen?.report.refused == whole?.report.refused, place)
      #expect(chosen?.report.refusedCount == whole?.report.refusedCount, place)
      for note in chosen?.report.notes ?? [] {
        #expect(whole?.report.notes.contains(note) == true, place)
      }
    }
  }
}
