import TableIO
import Testing

@Suite struct TableTests {
  private func table() throws -> Table {
    try Table(columns: [
      Column("n", numbers: [3, .nan, 1, 3, -0.0]), Column("t", texts: ["b", "a", nil, "b", "c"]),
    ])
  }

  @Test func holdsItsCells() throws {
    let table = try table()
    #expect(shown(table) == "n|t / 3|‹b› / ·|‹a› / 1|· / 3|‹b› / 0|‹c›")
    #expect(table["n"]?.missingRows == [1] && table["t"]?.missingRows == [2])
    #expect(table["t"]?.missingCount == 1)
    #expect(table["x"] == nil)
    #expect(table.line(ofRow: 3) == 4)
  }

  @Test func selectsRowsAndColumns() throws {
    let table = try table()
    #expect(shown(try table.subset(rows: [4, 0, 0])) == "n|t / 0|‹c› / 3|‹b› / 3|‹b›")
    #expect(
      shown(try table.filtered([false, true, true, false, false])) == "n|t / ·|‹a› / 1|·")
    #expect(try table.selecting(["t", "n"]).columnNames == ["t", "n"])
    #expect(try table.removing(["n"]).columnNames == ["t"])
    #expect(
      try table.appending(Column("k", numbers: [1, 2, 3, 4, 5])).columnNames == ["n", "t", "k"])
    // What is left is numbered again, as if it had been read.
    #expect(
      try table.subset(rows: [4, 1])["t"]?.values == .texts(TextValues(["c", "a"])))
  }

  @Test func keepsTheIdentityOfRows() throws {
    let table = try table()
    let twice = try table.subset(rows: [4, 2, 0]).subset(rows: [2, 0])
    #expect(twice.origin.numbers == [0, 4])
    #expect(twice.fingerprint == table.fingerprint)
    #expect(
      try table.appending(Column("k", texts: Array(repeating: "", count: 5))).origin == table.origin
    )
    #expect(try self.table() == table)
    #expect(try table.subset(rows: Array(0..<5)).hasSameContent(as: table))
  }

  @Test func refusesWhatDoesNotFit() throws {
    let table = try table()
    func problem(_ body: () throws -> Table) -> TableError.Problem? {
      #expect(throws: TableError.self, performing: { try body() })?.problem
    }
    #expect(problem { try table.subset(rows: [0, 5]) } == .rowOutOfRange(5, rows: 5))
    #expect(problem { try table.subset(rows: [-1]) } == .rowOutOfRange(-1, rows: 5))
    #expect(
      problem { try table.filtered([true]) }
        == .unequalLengths(column: "filter", count: 1, expected: 5))
    #expect(problem { try table.selecting(["n", "x"]) } == .unknownColumn("x", among: ["n", "t"]))
    #expect(problem { try table.selecting(["n", "n"]) } == .duplicateName("n"))
    #expect(problem { try table.removing(["x"]) } == .unknownColumn("x", among: ["n", "t"]))
    #expect(
      problem { try table.appending(Column("n", numbers: [1, 2, 3, 4, 5])) } == .duplicateName("n"))
    #expect(
      problem { try Table(columns: [Column("a", numbers: [1]), Column("b", numbers: [])]) }
        == .unequalLengths(column: "b", count: 0, expected: 1))
  }

  @Test func countsDistinctValues() throws {
    let table = try table()
    #expect(
      table["n"]?.distinctValues().values.map { "\(shown($0.value)) \($0.count)" }
        == ["0 1", "1 1", "3 2"])
    #expect(
      table["t"]?.distinctValues().values.map { "\(shown($0.value)) \($0.count)" }
        == ["‹b› 2", "‹a› 1", "‹c› 1"])
    #expect(table["n"]?.distinctValues(atMost: 3).isComplete == true)
    #expect(table["n"]?.distinctValues(atMost: 2).isComplete == false)
    #expect(table["t"]?.distinctValues(atMost: 2).isComplete == false)
    #expect(table["t"]?.distinctValues(atMost: 2).values.count == 2)
    #expect(Column("n", numbers: [0, -0.0, 0]).distinctValues().values.count == 1)
  }

  @Test func fingerprintsDistinguishContents() throws {
    let text = "a,b\n" + (0..<100).map { "\($0),x" }.joined(separator: "\n")
    let original = try read(text).table
    #expect(try read(text, ReadingOptions(header: false)).table.fingerprint == original.fingerprint)
    var seen: Set = [original.fingerprint]
    // Any one byte changed, any two swapped, one more, one less.
    let bytes = bytes(text)
    for index in bytes.indices.dropFirst(4) where bytes[index] != 0x0A && bytes[index] != 0x2C {
      var changed = bytes
      changed[index] ^= 0x01
      #expect(seen.insert(try Table.read(bytes: changed).table.fingerprint).inserted)
    }
    #expect(seen.insert(try Table.read(bytes: bytes + [0x0A]).table.fingerprint).inserted)
    #expect(seen.insert(try Table.read(bytes: bytes.dropLast()).table.fingerprint).inserted)
  }

  @Test func fingerprintsDistinguishColumns() throws {
    let tables = [
      [Column("a", numbers: [1, 2])], [Column("a", numbers: [2, 1])],
      [Column("b", numbers: [1, 2])],
      [Column("a", texts: ["1", "2"])], [Column("a", texts: ["12", ""])],
      [Column("a", texts: ["", "12"])], [Column("a", texts: ["1", nil])],
      [Column("a", numbers: [1]), Column("b", numbers: [2])], [],
    ]
    #expect(Set(try tables.map { try Table(columns: $0).fingerprint }).count == tables.count)
  }
}
