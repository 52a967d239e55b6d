import TableIO
import Testing

/// Files as other programs write them.
@Suite struct CSVShapesTests {
  @Test(arguments: [
    // Ids beyond 2⁵³ and numbers beyond the largest Double are texts; no row is lost.
    (
      "id,s\n1234567890123456789,0.9\n1234567890123456788,0.1\n",
      "id|s / ‹1234567890123456789›|0.9 / ‹1234567890123456788›|0.1"
    ),
    ("id,s\n9007199254740992,1\n5,2\n", "id|s / 9007199254740992|1 / 5|2"),
    ("id,s\n9007199254740993,1\n5,2\n", "id|s / ‹9007199254740993›|1 / ‹5›|2"),
    ("id,s\n-9007199254740993,1\n", "id|s / ‹-9007199254740993›|1"),
    ("id,s\n10000000000000000000000,1\n", "id|s / 1e+22|1"),
    ("id,s\n12345678901234567890.0,1\n", "id|s / 1.2345678901234567e+19|1"),
    (
      "id,s\n12E4567,1\n34E0001,0\n56E7890,1\n",
      "id|s / ‹12E4567›|1 / ‹34E0001›|0 / ‹56E7890›|1"
    ),
    ("a,b\n1,2\n1e400,4\n", "a|b / ‹1›|2 / ‹1e400›|4"),
    // Delimiters.
    ("a|b\n1|2\n3|4\n", "a|b / 1|2 / 3|4"),
    ("a  b\n1  2\n10 20\n", "a|b / 1|2 / 10|20"),
    ("  a   b\n 1.5 x  \n  2\t y\n", "a|b / 1.5|‹x› / 2|‹y›"),
    ("name n\n\"A B\" 1\nC 2\n", "name|n / ‹A B›|1 / ‹C›|2"),
    ("full name\nJohn Doe\nJane Roe\n", "full name / ‹John Doe› / ‹Jane Roe›"),
    ("c0\nv0\na;b\n", "c0 / ‹v0› / ‹a;b›"),
    ("sep=;\na;b\n1;2\n", "a|b / 1|2"), ("\"sep=|\"\r\na|b\r\n1|2\r\n", "a|b / 1|2"),
    // Title lines.
    ("Export of May\nid;s\n1;0.9\n2;0.1\n", "id|s / 1|0.9 / 2|0.1"),
    ("station: X\nheight: 12 m\n\na,b\n1,2\n3,4\n", "a|b / 1|2 / 3|4"),
    ("# made by x\n# on Monday, at 5\na,b,c\n1,2,3\n4,5,6\n", "a|b|c / 1|2|3 / 4|5|6"),
    ("#id,s\n1,2\n3,4\n", "#id|s / 1|2 / 3|4"),
    ("Report;;\n;;\nid;p;y\n1;0,5;1\n2;0,7;0\n", "id|p|y / 1|0.5|1 / 2|0.7|0"),
    ("a,b,c\nx,,\ny,1,2\n", "a|b|c / ‹x›|·|· / ‹y›|1|2"),
    ("7,,\n1,2,3\n", "x1|x2|x3 / 7|·|· / 1|2|3"),
    // Headers of numbers.
    ("site,2019,2020\na,1,2\nb,3,4\n", "site|2019|2020 / ‹a›|1|2 / ‹b›|3|4"),
    ("a,1,2\nb,3,4\n", "x1|x2|x3 / ‹a›|1|2 / ‹b›|3|4"),
    (",0,1\n0,0.1,0.9\n1,0.8,0.2\n", "x1|0|1 / 0|0.1|0.9 / 1|0.8|0.2"),
    ("0,1,y\n0.1,0.9,1\n0.8,0.2,0\n", "0|1|y / 0.1|0.9|1 / 0.8|0.2|0"),
    ("0,1,2\n0.1,0.9,1\n", "x1|x2|x3 / 0|1|2 / 0.1|0.9|1"),
    // Delimiters at the ends of lines, and short rows.
    ("a,b\n1,2,\n3,4,\n", "a|b / 1|2 / 3|4"),
    ("a,b,\n1,2,\n3,4,\n", "a|b / 1|2 / 3|4"),
    ("a,b,c\n1,2\n3,4,x\n5,6\n", "a|b|c / 1|2|· / 3|4|‹x› / 5|6|·"),
    ("a,b\n1,2\n# JUNK\n", "a|b / 1|2"),
    // Styles of numbers.
    ("s,l\n90%,1\n4.5%,0\n", "s|l / 0.9|1 / 0.045|0"),
    ("s,l\n90%,1\n0.5,0\n", "s|l / ‹90%›|1 / ‹0.5›|0"),
    ("s;l\n0,9;1\n0,25;0\n1;0\n", "s|l / 0.9|1 / 0.25|0 / 1|0"),
    ("s;l\n1,234;1\n5,678;0\n", "s|l / ‹1,234›|1 / ‹5,678›|0"),
    ("s;p\n0,5;1,234\n0,25;5,678\n", "s|p / 0.5|1.234 / 0.25|5.678"),
    ("s;p\n0,5;1.234\n0,25;12.345\n", "s|p / 0.5|1234 / 0.25|12345"),
    ("s;p\n0,5;1.5\n0,25;2.25\n", "s|p / 0.5|1.5 / 0.25|2.25"),
    ("s;l\n1.234,5;1\n12,25;0\n", "s|l / 1234.5|1 / 12.25|0"),
    ("s,l\n\"1,234.5\",1\n200.1,0\n", "s|l / 1234.5|1 / 200.1|0"),
    ("s,l\n\"1,234\",1\n\"200\",0\n", "s|l / ‹1,234›|1 / ‹200›|0"),
    ("s;l\n4,5%;1\n10%;0\n", "s|l / 0.045|1 / 0.1|0"),
    // Missing values of Python, R and pandas.
    ("s,l\nNone,1\n<NA>,0\nna,1\nn/a,0\n0.5,1\n", "s|l / ·|1 / ·|0 / ·|1 / ·|0 / 0.5|1"),
    // Leading zeros count as numbers.
    ("z,l\n007,1\n12,0\n", "z|l / 7|1 / 12|0"),
  ])
  func reads(text: String, expected: String) throws {
    #expect(shown(try read(text).table) == expected)
  }

  private func options(_ set: (inout ReadingOptions) -> Void) -> ReadingOptions {
    var options = ReadingOptions()
    set(&options)
    return options
  }

  @Test func readsAsAsked() throws {
    func found(_ text: String, _ set: (inout ReadingOptions) -> Void) throws -> String {
      shown(try read(text, options(set)).table)
    }
    let zip = "zip,s\n00123,1\n02139,2\n"
    #expect(try found(zip) { $0.text = ["zip"] } == "zip|s / ‹00123›|1 / ‹02139›|2")
    let title = "Title\na;b\n1;2\n3;4\n"
    #expect(try found(title) { $0.skip = 1 } == "a|b / 1|2 / 3|4")
    #expect(try found("1,2\nx,y\n3,4\n") { $0.skip = 1 } == "x|y / 3|4")
    let lines = "a\nb,c\nd,e\n"
    #expect(
      try found(lines) { ($0.skip, $0.delimiter) = (0, ";") } == "a / ‹b,c› / ‹d,e›")
    let remarks = "#x\na,b\n#1,2\n3,4\n  # y\n5,6"
    #expect(try found(remarks) { $0.comment = "#" } == "a|b / 3|4 / 5|6")
    let commas = "s;t\n1,234;1.5\n5,678;x\n"
    #expect(try found(commas) { $0.decimal = "," } == "s|t / 1.234|‹1.5› / 5.678|‹x›")
    #expect(try found(commas) { $0.thousands = "," } == "s|t / 1234|‹1.5› / 5678|‹x›")
    #expect(try found("s;t\n0,5;1\n") { $0.decimal = "." } == "s|t / ‹0,5›|1")
    #expect(
      try found("s;t\n1'234,5;1\n") { ($0.decimal, $0.thousands) = (",", "'") } == "s|t / 1234.5|1")
    #expect(try found("s,c\n-999,NA\n5,x\n") { $0.missing = ["-999"] } == "s|c / ·|‹NA› / 5|‹x›")
    #expect(try found("s,c\nNA,NA\n5,US\n") { $0.missing = [] } == "s|c / ‹NA›|‹NA› / ‹5›|‹US›")
  }

  @Test(arguments: [
    ("utf-16", [0xFF, 0xFE, 0x61, 0, 0x0A, 0, 0xE9, 0, 0x0A, 0] as [UInt8]),
    ("UTF-16", [0xFE, 0xFF, 0, 0x61, 0, 0x0A, 0, 0xE9, 0, 0x0A]),
    ("utf-16le", [0x61, 0, 0x0A, 0, 0xE9, 0, 0x0A, 0]),
    ("utf_16_be", [0, 0x61, 0, 0x0A, 0, 0xE9, 0, 0x0A]),
    ("latin1", [0x61, 0x0A, 0xE9, 0x0A]), ("windows-1252", [0x61, 0x0A, 0xE9, 0x0A]),
  ])
  func decodes(encoding: String, content: [UInt8]) throws {
    let read = try Table.read(bytes: content, options: options { $0.encoding = encoding })
    #expect(shown(read.table) == "a / ‹é›")
  }

  @Test func decodesWhatIsNotInTheBasicPlane() throws {
    // 😀 is D83D DE00 in UTF-16; € is 80 in Windows-1252.
    let smile: [UInt8] = [0x61, 0, 0x0A, 0, 0x3D, 0xD8, 0x00, 0xDE]
    #expect(
      shown(try Table.read(bytes: smile, options: options { $0.encoding = "utf-16le" }).table)
        == "a / ‹😀›")
    let euro: [UInt8] = [0x61, 0x0A, 0x80]
    #expect(
      shown(try Table.read(bytes: euro, options: options { $0.encoding = "cp1252" }).table)
        == "a / ‹€›")
    let broken: [UInt8] = [0x61, 0, 0x0A, 0, 0x3D, 0xD8, 0x61, 0]
    #expect(problem(broken, options { $0.encoding = "utf-16le" }) == .invalidUTF8(line: 2))
    #expect(problem([0x61], options { $0.encoding = "ebcdic" }) == .unknownEncoding("ebcdic"))
  }

  @Test(arguments: [
    ("id,s\n1234567890123456789,1\n", "no number holds `1234567890123456789` exactly, on line 2"),
    ("t\na;b\n1;2\n", "line 1 is read as a title, and the table begins on line 2; `skip=0`"),
    ("0,y\n1,2\n", "line 1 contains numbers and is read as the names"),
    ("a b\n1 2\n", "separated by spaces; `delimiter=\",\"`"),
    ("a,b,c\n1,2\n3,4,5\n", "1 row has fewer fields than there are columns, first on line 2"),
    ("a,b\n1,2\n1,2,\n", "1 row has a delimiter at the end, first on line 3"),
    ("s,l\n5%,1\n", "percentages, which are read as shares of 1: line 2 has `5%`; `text=[\"s\"]`"),
    ("s;l\n0,5;1\n", "decimal commas: line 2 has `0,5`; `decimal=\".\"`"),
    ("s,l\n\"1,000,000\",1\n", "separated thousands: line 2 has `1,000,000`; `text=[\"s\"]`"),
    ("s;l\n1,234;1\n", "set `decimal=\",\"` or `thousands=\",\"`"),
    ("z,l\n007,1\n", "leading zeros: line 2 has `007`"),
    (",a\n0,5\n1,6\n", "column `x1` has the row numbers"),
    ("0,1,2\n5,6,7\n", "counts 0, 1, 2, …, is read as data"),
    ("a,1,2\nb,3,4\n", "line 1 contains texts and numbers and is read as data"),
    ("site,2019,2020\na,1,2\n", "line 1 contains numbers and is read as the names"),
    ("Report;;\nid;p;y\n1;2;3\n", "line 1 is read as a title"),
  ])
  func statesItsGuesses(text: String, words: String) throws {
    let notes = try read(text).report.notes.map(\.description)
    #expect(notes.count == 1)
    #expect(notes.first?.contains(words) == true, "\(notes)")
  }

  @Test func knowsTheRowIndexOfPandas() throws {
    #expect(try read(",a\n0,5\n1,6\n").table["x1"]?.isRowIndex == true)
    #expect(try read(",a\n1,5\n2,6\n").table["x1"]?.isRowIndex == true)
    #expect(try read("Unnamed: 0,a\n0,5\n1,6\n").table["Unnamed: 0"]?.isRowIndex == true)
    #expect(try read(",a\n0,5\n2,6\n").table["x1"]?.isRowIndex == false)
    let table = try read(",a\n0,5\n1,6\n").table
    #expect(try table.subset(rows: [1]).columns[0].isRowIndex == true)
  }

  @Test func writesLeadingZerosAsTheyWere() throws {
    let files = MemoryFileSystem(texts: ["a.csv": "zip,s\n00123,0.5\n2139,1\n"])
    let table = try Table.read("a.csv", from: files).table
    try table.subset(rows: [1, 0]).write("b.csv", to: files)
    #expect(
      String(decoding: try files.readFile("b.csv"), as: UTF8.self)
        == "zip,s\n2139,1\n00123,0.5\n")
  }

  @Test func namesManyEqualColumnsInLinearTime() throws {
    let names = [String](repeating: "a", count: 16_000).joined(separator: ",")
    let (table, report) = try read(names + "\n")
    #expect(table.columnNames.suffix(1) == ["a_16000"])
    #expect(report.notes.count == 15_999)
  }

  @Test func reportsAFileThatShrinks() {
    let error = #expect(throws: TableError.self) { try Table.read("cut", from: CutFile()) }
    #expect(error?.problem == .changedWhileReading)
  }
}

/// A file that is shorter than it was when it was opened.
private struct CutFile: FileSystem {
  func open(_ path: String) throws(FileError) -> any ByteStream { Content() }
  func kind(of path: String) -> FileKind? { .file }
  func list(_ directory: String) throws(FileError) -> [String] { [] }
  func writeFileAtomically(
    _ path: String, contents: (_ emit: ByteEmitter) throws(FileError) -> Void
  ) throws(FileError) {}

  private final class Content: ByteStream {
    private let rest = MemoryByteStream(Array("a,b\n1,2\n".utf8))
    let size: Int? = 100
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
      try rest.read(into: buffer)
    }
    func rewind() throws(FileError) -> Bool { try rest.rewind() }
  }
}
