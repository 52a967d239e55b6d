import TableIO
import Testing

@Suite struct CSVReportTests {
  @Test(arguments: [
    (
      "a,b\n1,2\n3\n4,5,6\n7,8\n",
      [3: "1 field where 2 are expected", 4: "3 fields where 2 are expected"]
    ),
    (
      "a,b\n1,2\n\"3\"x,4\n5,\"6\" y\n",
      [3: "text after the closing quote of field 1", 4: "text after the closing quote of field 2"]
    ),
    // The lines of quoted line ends count.
    (
      "a,b\n\"x\ny\r\nz\",1\nx\n\"p\rq\",2\n3,4,5\n",
      [5: "1 field where 2 are expected", 8: "3 fields where 2 are expected"]
    ),
    ("\r\na,b\r\n\r\n1,2\r\n3\r\n", [5: "1 field where 2 are expected"]),
    // Of two reasons, the one that explains the other.
    ("a,b\n1,2\n\"x\"y,1,2\n", [3: "text after the closing quote of field 1"]),
  ])
  func namesRefusedRows(text: String, expected: [Int: String]) throws {
    let report = try read(text).report
    #expect(report.refusedCount == expected.count)
    #expect(
      Dictionary(uniqueKeysWithValues: report.refused.map { ($0.line, $0.reason.description) })
        == expected)
  }

  @Test(arguments: [
    ("a;b\n1,5;2\n2,5;3\n", ["decimal commas: line 2 has `1,5`"]),
    ("a;b\n1;2\n-2,5e3;3\n,5;4\n", ["decimal commas: line 3 has `-2,5e3`"]),
    ("a;b\nx,y;2\nred;3\n", []), ("a;b\n1,5,2;2\n1,5,2;3\n", []),
  ])
  func hintsAtDecimalCommas(text: String, notes: [String]) throws {
    let found = try read(text).report.notes.map(\.description)
    #expect(found.count == notes.count)
    for (note, words) in zip(found, notes) { #expect(note.contains(words), "\(note)") }
  }

  @Test func countsWhatItDoesNotName() throws {
    let text = "a,b\n1,2\n" + String(repeating: "3\n", count: 50)
    let report = try read(text, ReadingOptions(refusedRowsNamed: 3)).report
    #expect(report.refusedCount == 50)
    #expect(report.refused.map(\.line) == [3, 4, 5])
    #expect(report.rows == 1)
  }

  @Test func aRefusedRowDecidesNothing() throws {
    // Neither its text makes the column text, nor is its text a level.
    #expect(shown(try read("a,b\n1,2\n# end of part one\n3,4\n").table) == "a|b / 1|2 / 3|4")
    let table = try read("a,b\nx,1\ny,2,3\nz,4\n").table
    #expect(table["a"]?.values == .texts(TextValues(["x", "z"])))
  }

  @Test func aNumberOutOfRangeIsAsGoodAsAnyText() throws {
    #expect(shown(try read("a\n1e400\nx\n").table) == "a / ‹1e400› / ‹x›")
  }

  @Test func saysWhichLineMadeAColumnText() throws {
    let table = try read("age,name\n31,Ann\n\"4\n4\",Bob\nabc,Cy\nx,Di\n").table
    #expect(table["age"]?.firstText == LocatedText(text: "4\n4", line: 3))
    let error = #expect(throws: TableError.self) { try table.column("name").numbers() }
    #expect(error?.message == "column `name` is text: line 2 has `Ann`")
  }

  @Test func saysItAlsoFarIntoTheFile() throws {
    // Far beyond the first window: the file is read twice.
    let rows = (0..<90_000).map { "\($0),\($0 % 2)" }
    let text = "id,label\n" + rows.joined(separator: "\n") + "\nabc,1\n5,0\n"
    let (table, report) = try read(text)
    let error = #expect(throws: TableError.self) { try table.column("id").numbers() }
    #expect(error?.message == "column `id` is text: line 90002 has `abc`")
    #expect(report.notes == [.mixed(column: "id", first: LocatedText(text: "abc", line: 90_002))])
    #expect(table["id"]?[12_345] == .text("12345"))
    #expect(table["label"]?[12_345] == .number(1))
    #expect(table.rows == 90_002)
  }

  @Test func reportsCellsThatAreNotANumber() throws {
    let (table, report) = try read("a,b\n1,nan\nNaN,2\n-nan,3\nNAN,\n")
    #expect(shown(table) == "a|b / 1|· / ·|2 / ·|3 / ·|·")
    #expect(
      report.notes == [
        .notANumber(column: "a", count: 3, firstLine: 3),
        .notANumber(column: "b", count: 1, firstLine: 2),
      ])
    #expect(
      report.notes.first?.description
        == "column `a`: 3 cells are NaN, first on line 3; treated as missing")
  }

  @Test func reportsColumnsWithoutValues() throws {
    #expect(try read("a,b\n,1\n,2\n").report.notes == [.noValues(column: "a")])
    #expect(try read("a,b\n").report.notes == [])
  }

  @Test func reportsNearlyNumericColumns() throws {
    let notes = try read("a,b\n1,x\n2,y\n\"1,5\",1\n3,z\n").report.notes
    #expect(notes == [.mixed(column: "a", first: LocatedText(text: "1,5", line: 4))])
  }

  @Test func knowsTheLineOfEachRow() throws {
    let table = try read("\na,b\n1,2\n\n3\n\"x\ny\",4\n5,6\n7,8\n").table
    #expect((0..<table.rows).map(table.line(ofRow:)) == [3, 6, 8, 9])
    let subset = try table.subset(rows: [3, 1])
    #expect((0..<2).map(subset.line(ofRow:)) == [9, 6])
    #expect(subset.origin.numbers == [3, 1])
    #expect(subset.fingerprint == table.fingerprint)
  }
}
