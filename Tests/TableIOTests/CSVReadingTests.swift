import TableIO
import Testing

@Suite struct CSVReadingTests {
  @Test(arguments: [
    ("score,label\n0.9,1\n0.2,0\n", "score|label / 0.9|1 / 0.2|0"),
    // Without a line end at the end, and with other ends.
    ("a,b\n1,2", "a|b / 1|2"),
    ("a,b\r\n1,2\r\n", "a|b / 1|2"),
    ("a,b\r1,2\r3,4", "a|b / 1|2 / 3|4"),
    ("a,b\r1,2\n3,4\r\n5,6\r", "a|b / 1|2 / 3|4 / 5|6"),
    ("\u{FEFF}a,b\n1,2\n", "a|b / 1|2"),
    ("\u{FEFF}1,2\n", "x1|x2 / 1|2"),
    // Empty lines are no rows.
    ("\n\r\n\na,b\n\n1,2\n\n\n3,4\n\n", "a|b / 1|2 / 3|4"),
    ("a\n1\n\n2\n", "a / 1 / 2"),
    ("a,b\n   \n1,2\n", "a|b / 1|2"),
    // A header without rows.
    ("a,b\n", "a|b"), ("a,b", "a|b"),
    // Double quotes.
    ("a,b\n\"x,y\",\"1\"\n", "a|b / ‹x,y›|1"),
    ("a,b\n\"say \"\"hi\"\"\",2\n", "a|b / ‹say \"hi\"›|2"),
    ("a,b\n\"one\ntwo\r\nthree\",2\n", "a|b / ‹one\ntwo\r\nthree›|2"),
    ("a,b\n \"x\" , 2 \n", "a|b / ‹x›|2"),
    ("a,b\n\"\"\"\",2\n", "a|b / ‹\"›|2"),
    ("a\n5\" pipe\n", "a / ‹5\" pipe›"),
    ("\"a\",\"b, c\"\n1,2\n", "a|b, c / 1|2"),
    // Single quotes close on their line, or are plain apostrophes.
    ("a,b\n'x,y','1'\n", "a|b / ‹x,y›|1"),
    ("a,b\n'it''s',2\n", "a|b / ‹it's›|2"),
    ("a,b\n'it's',2\n", "a|b / ‹'it's'›|2"),
    ("a,b\n'90s,2\n", "a|b / ‹'90s›|2"),
    ("a,b\n'90s,'80s\n", "a|b / ‹'90s›|‹'80s›"),
    ("a,b\n'x' ,2\n", "a|b / ‹x›|2"),
    ("a,b\n'', ''\nx,y\n", "a|b / ‹›|‹› / ‹x›|‹y›"),
    // Missing cells.
    ("a,b\n1,\n,2\n?,NA\nN/A,#N/A\nnull,NULL\n", "a|b / 1|· / ·|2 / ·|· / ·|· / ·|·"),
    ("a,b\n1,x\n2,\n3,?\n4, NA \n", "a|b / 1|‹x› / 2|· / 3|· / 4|·"),
    ("a,b\n1,\"\"\n\"\",2\n'?',3\n", "a|b / 1|· / ·|2 / ·|3"),
    // Within a column of texts, what is quoted is meant.
    ("a,b\n1,\"NA\"\n2,x\n3,\"\"\n", "a|b / 1|‹NA› / 2|‹x› / 3|‹›"),
    // Names of people are not missing.
    ("a\nNan\nNull\nNA\n", "a / ‹Nan› / ‹Null› / ·"),
    // Numbers.
    ("a,b\n+1,-2\n.5,5.\n1e3,1E-3\n-0,+.5e+1\n", "a|b / 1|-2 / 0.5|5 / 1000|0.001 / 0|5"),
    ("a,b\ninf,-Infinity\n+INF,infinity\n", "a|b / inf|-inf / inf|inf"),
    ("a,b\n1e-400,-1e-99999999999999999999\n", "a|b / 0|0"),
    ("a,b\n 1 ,\t2\t\n", "a|b / 1|2"),
    // Not numbers.
    ("a,b,c\n0x10,1_000,5%\n", "a|b|c / ‹0x10›|‹1_000›|0.05"),
    ("a,b,c\n1e,+-1,--1\n", "a|b|c / ‹1e›|‹+-1›|‹--1›"),
    ("a,b,c\n1 2,nan(x),.\n", "a|b|c / ‹1 2›|‹nan(x)›|‹.›"),
    // Texts keep what they look like where the column is texts.
    ("a\n1.50\n007\nx\n", "a / ‹1.50› / ‹007› / ‹x›"),
    // Not one cell has a value.
    ("a,b\n,1\n,2\n", "a|b / ·|1 / ·|2"),
    // A last empty field counts as one.
    ("a,b\n1,", "a|b / 1|·"),
    ("a,b\n,", "a|b / ·|·"),
    ("é,日本\nñ,1\n", "é|日本 / ‹ñ›|1"),
  ])
  func reads(text: String, expected: String) throws {
    #expect(shown(try read(text).table) == expected)
  }

  @Test(arguments: [
    // Any number in the first line makes it data, quotes or not.
    ("1,2\n3,4\n", "x1|x2 / 1|2 / 3|4"),
    ("a,2\nb,4\n", "x1|x2 / ‹a›|2 / ‹b›|4"),
    ("a,'2'\nb,'4'\n", "x1|x2 / ‹a›|2 / ‹b›|4"),
    ("a,\"-1e5\"\n", "x1|x2 / ‹a›|-100000"),
    ("a,?\nb,2\n", "a|? / ‹b›|2"),
    ("?,NA\n1,2\n", "?|NA / 1|2"),
  ])
  func findsTheHeader(text: String, expected: String) throws {
    #expect(shown(try read(text).table) == expected)
  }

  @Test func takesTheHeaderAsGiven() throws {
    let numbers = "1,2\n3,4\n"
    #expect(shown(try read(numbers, ReadingOptions(header: true)).table) == "1|2 / 3|4")
    let words = "a,b\nc,d\n"
    let table = try read(words, ReadingOptions(header: false)).table
    #expect(shown(table) == "x1|x2 / ‹a›|‹b› / ‹c›|‹d›")
  }

  @Test(arguments: [
    ("a,b\n1,2\n", ","), ("a;b\n1;2\n", ";"), ("a\tb\n1\t2\n", "\t"),
    // A decimal comma divides evenly as well; the semicolon is meant.
    ("a;b\n0,5;1\n0,25;0\n", ";"),
    // One in a text, or in quotes, does not.
    ("a,b\nx;y,1\nz,2\n", ","), ("a;b\n\"x;y\";1\n\"z,z\";2\n", ";"),
    ("a b,c\nx\ty,1\nz,2\n", ","), ("a\n1\n", ","),
    ("a,b,\"c\td\",\"e;f\"\n", ","), ("a,b,'c\td','e;f'\n", ","),
    // A ragged line does not hide what divides all others.
    ("a;b\n1;2\n3;4;5\n6;7\n", ";"),
  ])
  func findsTheDelimiter(text: String, expected: String) throws {
    #expect(try read(text).report.delimiter == expected)
  }

  @Test func takesTheDelimiterAsGiven() throws {
    let bars = try read("a|b\n1|x,y\n", ReadingOptions(delimiter: "|"))
    #expect(shown(bars.table) == "a|b / 1|‹x,y›")
    let spaces = try read("a b\n1 2\n", ReadingOptions(delimiter: " "))
    #expect(shown(spaces.table) == "a|b / 1|2")
    let tabs = try read("a\tb\n\t2\n 1 \t\n", ReadingOptions(delimiter: "\t"))
    #expect(shown(tabs.table) == "a|b / ·|2 / 1|·")
  }

  @Test(arguments: ["", "ab", "\"", "'", "\n", "5", "x", ".", "-", "é", "\u{7F}"])
  func refusesADelimiter(text: String) {
    #expect(problem(bytes("a\n"), ReadingOptions(delimiter: text)) == .unsuitableDelimiter(text))
  }

  @Test(arguments: [
    ("a,a,b\n1,2,3\n", ["a", "a_2", "b"]),
    ("a,a_2,a\n1,2,3\n", ["a", "a_2", "a_3"]),
    ("a,a,a_2\n1,2,3\n", ["a", "a_3", "a_2"]),
    (",a,\n1,2,3\n", ["x1", "a", "x3"]),
    ("x2,,\n1,2,3\n", ["x2", "x2_2", "x3"]),
  ])
  func makesNamesUnique(text: String, expected: [String]) throws {
    #expect(try read(text).table.columnNames == expected)
  }

  @Test func reportsNewNames() throws {
    #expect(
      try read("a,a,\n1,2,3\n").report.notes == [
        .renamed(from: "a", to: "a_2"), .renamed(from: "", to: "x3"),
      ])
  }

  @Test func readsRealFiles() throws {
    let mammography = try Table.read(example("mammography.csv"), from: LocalFileSystem())
    #expect(mammography.table.columnNames == (1...7).map { "x\($0)" })
    #expect(mammography.table.rows == 11_183)
    #expect(
      mammography.table["x7"]?.distinctValues().values == [
        DistinctValue(value: .number(-1), count: 10_923),
        DistinctValue(value: .number(1), count: 260),
      ])
    #expect(mammography.report.refusedCount == 0)
    #expect(mammography.table["x1"]?[0] == .number(0.23001961))

    let suicide = try Table.read(example("suicide.csv"), from: LocalFileSystem())
    #expect(suicide.table.columnNames == ["age", "gender", "dsi", "suicide"])
    #expect(suicide.table.rows == 532)
    #expect(
      suicide.table["suicide"]?.distinctValues().values == [
        DistinctValue(value: .text("no"), count: 496),
        DistinctValue(value: .text("yes"), count: 36),
      ])
  }

  /// The data that the examples ship with.
  private func example(_ name: String) -> String {
    let repository = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(repository)/scripts/examples/data/\(name)"
  }
}
