import TableIO
import Testing

/// Files that several threads read section by section: the same table as when they are read from the
/// first byte to the last, as a compressed file is.
@Suite struct SectionTests {
  private func tables(_ text: String) throws -> (sections: Table, walk: Table) {
    let files = MemoryFileSystem(texts: ["a.csv": text])
    let sections = try Table.read("a.csv", from: files).table
    return (sections, try Table.read("a.csv", from: UnseekableFiles(files)).table)
  }

  /// 100 rows whose length divides no section, over and over.
  @Test func plainRowsStayInOrder() throws {
    let rows = (0..<100).map { "\(Double($0 * $0 + 7) / 977),\($0 % 7 == 0 ? 1 : 0)\n" }
    let text = "score,label\n" + String(repeating: rows.joined(), count: 1_300)
    try #require(text.utf8.count > 4 << 19)
    let (sections, walk) = try tables(text)
    #expect(sections == walk)
    #expect(sections.rows == 130_000)
    let scores = (0..<100).map { Double($0 * $0 + 7) / 977 }
    let expected = Array(repeating: scores, count: 1_300).joined()
    #expect(try sections.column("score").numbers().values.elementsEqual(expected))
    #expect(sections.line(ofRow: 129_999) == 130_001)
  }

  @Test func oddRowsStayInOrder() throws {
    var rows = (0..<700).map { "\($0),0.\($0),word \($0 % 5)\n" }
    rows[100] = "100,\"0.5\",\"two\nlines\"\n"
    rows[200] = "1,2,3,4\n"
    rows[300] = "300,NA,x\r\n"
    rows[400] = "\n"
    let text = "id,score,word\n" + String(repeating: rows.joined(), count: 100)
    try #require(text.utf8.count > 2 << 19)
    let (sections, walk) = try tables(text)
    #expect(sections == walk)
    #expect(sections.rows == 698 * 100)
    // Row 100 takes two lines; one row is refused, and one line is empty.
    #expect(sections.line(ofRow: 698) == 2 + 701)
  }

  /// A cell that reaches over three sections and holds what looks like rows, and a text in a column
  /// of numbers far behind it.
  @Test func longCellsAndLateTexts() throws {
    let cell = "\"" + String(repeating: "7,8\n", count: 400_000) + "\""
    let rows = String(repeating: "1,2\n", count: 150_000)
    let (sections, walk) = try tables("a,b\n" + rows + "3,\(cell)\n" + rows + "4,x\n")
    #expect(sections == walk)
    #expect(sections.rows == 300_002)
    #expect(sections["b"]?.firstText?.line == 150_002)
    #expect(sections.line(ofRow: 300_001) == 300_003 + 400_000)
  }

  @Test func reportsFaultsWhereTheyAre() throws {
    let rows = String(repeating: "1.5,2\n", count: 300_000)
    #expect(problem(bytes("a,b\n" + rows + "1,\"x\n" + rows)) == .unterminatedQuote(line: 300_002))
    let refused = try read("a,b\n" + rows + "1,2,3\n" + rows).report.refused
    #expect(refused.map(\.line) == [300_002])
  }

  /// Numbers in quotes are read in another way than plain ones.
  @Test func plainNumbersAreCorrectlyRounded() throws {
    var draws = SeededGenerator(seed: 4)
    var plain = "a,b\n"
    var expected: [Double] = []
    while plain.utf8.count < 1 << 20 {
      let number = Double.random(in: 0..<1, using: &draws)
      let digits = String(UInt64.random(in: 0...9_999_999_999_999_999, using: &draws))
      let text =
        switch Int.random(in: 0..<6, using: &draws) {
        case 0: "\(number)"
        case 1: "-0.000\(digits)"
        case 2: Self.fraction(from: &draws)
        case 3: Self.fraction(from: &draws) + "E+0\(Int.random(in: 0...9, using: &draws))"
        case 4: "\(digits)e-\(Int.random(in: 0...70, using: &draws))"
        default: "\(Int.random(in: 0...999, using: &draws)).\(digits)"
        }
      plain += text + ",1\n"
      expected.append(try #require(Double(text)))
    }
    let values = try read(plain).table.column("a").numbers().values
    #expect(values.elementsEqual(expected) { $0.bitPattern == $1.bitPattern })
  }

  /// A digit, a point and 1 to 24 digits, of which many are zeros or nines.
  private static func fraction(from draws: inout SeededGenerator) -> String {
    let digits = (0..<Int.random(in: 1...24, using: &draws)).map { _ in
      [0, 0, 9, Int.random(in: 0...9, using: &draws)][Int.random(in: 0...3, using: &draws)]
    }
    return (Bool.random(using: &draws) ? "-" : "")
      + "\(Int.random(in: 0...9, using: &draws))." + digits.map(String.init).joined()
  }

  /// What has a point, a digit too many or another sign is no number, however fast it is read.
  @Test(arguments: ["0.5.5", "0..5", "0.5x", "0.5e", "--0.5", "0.5e9999999", "+-0.5", "0.5-", "-"])
  func nearlyNumbersAreTexts(_ cell: String) throws {
    let rows = String(repeating: "0.25,1\n", count: 1_000)
    let column = try #require(read("a,b\n" + rows + cell + ",1\n" + rows).table["a"])
    #expect(column.firstText?.line == 1_002)
  }
}

/// Files that can be read from the first byte to the last only, as often as need be.
struct UnseekableFiles: FileSystem {
  let base: MemoryFileSystem

  init(_ base: MemoryFileSystem) { self.base = base }

  func open(_ path: String) throws(FileError) -> any ByteStream { Stream(try base.open(path)) }

  func writeFileAtomically(
    _ path: String, contents: (_ emit: ByteEmitter) throws(FileError) -> Void
  ) throws(FileError) { try base.writeFileAtomically(path, contents: contents) }

  func kind(of path: String) -> FileKind? { base.kind(of: path) }

  func list(_ directory: String) throws(FileError) -> [String] { try base.list(directory) }

  private final class Stream: ByteStream {
    let base: any ByteStream
    init(_ base: any ByteStream) { self.base = base }
    var size: Int? { base.size }
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
      try base.read(into: buffer)
    }
    func rewind() throws(FileError) -> Bool { try base.rewind() }
  }
}
