import Foundation
import TableIO
import Testing

@Suite struct CSVErrorTests {
  @Test(
    arguments: [
      ("", .empty), ("\n\r\n\r", .empty), ("\u{FEFF}", .empty), ("\u{FEFF}\n", .empty),
      ("a,b\n1,\"x\n2,y\n", .unterminatedQuote(line: 2)),
      ("a,b\n\"p\nq\",1\n1,\"x", .unterminatedQuote(line: 4)),
      ("\"a,b\n1,2\n", .unterminatedQuote(line: 1)),
      ("a\n\"", .unterminatedQuote(line: 2)),
      ("a,b\nx\0,1\n", .nulByte(line: 2)),
      ("a\0,b\n1,2\n", .nulByte(line: 1)),
      ("a,b\n1\0,2\n", .nulByte(line: 2)),
      (
        "a,b\n1\n2\n",
        .everyRowRefused(
          count: 2, columns: 2,
          first: RefusedRow(line: 2, reason: .fieldCount(found: 1, expected: 2)))
      ),
    ] as [(String, TableError.Problem)])
  func reports(text: String, expected: TableError.Problem) {
    #expect(problem(bytes(text)) == expected)
  }

  @Test(
    arguments: [
      ([0x61, 0xE9, 0x0A, 0x31], .invalidUTF8(line: 1)),
      (Array("a\nx\n\"p\nq\"\ny".utf8) + [0xFF, 0x0A], .invalidUTF8(line: 5)),
      (Array("a\n1\n2".utf8) + [0xE9, 0x0A], .invalidUTF8(line: 3)),
      ([0xFF, 0xFE, 0x61, 0x00], .foreignFormat(.utf16)),
      ([0xFE, 0xFF, 0x00, 0x61], .foreignFormat(.utf16)),
      ([0x1F, 0x8B, 0x08, 0x00], .foreignFormat(.gzip)),
      ([0x50, 0x4B, 0x03, 0x04, 0x00], .foreignFormat(.zip)),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0x00], .foreignFormat(.oldExcel)),
    ] as [([UInt8], TableError.Problem)])
  func reports(bytes: [UInt8], expected: TableError.Problem) { #expect(problem(bytes) == expected) }

  /// A file without line ends is no table of millions of columns.
  @Test func refusesALineOfTooManyFields() {
    let line = String(repeating: "1,", count: 1_000_001)
    #expect(problem(bytes(line + "1\n")) == .tooManyFields(line: 1, limit: 1_000_000))
    #expect(problem(bytes("a,b\n1,2\n" + line)) == nil)
  }

  /// A quote that is not closed would take the rest of a file for one cell.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["THR_LONG_FUZZ"] != nil, "it takes long"))
  func refusesARecordOf64Megabytes() {
    let cell = [UInt8](repeating: UInt8(ascii: "x"), count: 65 << 20)
    let text = Array("a,b\n1,2\n3,\"".utf8) + cell
    #expect(problem(text + Array("\"\n".utf8)) == .longRecord(line: 3))
    #expect(problem(Array("\"".utf8) + cell) == .longRecord(line: 1))
  }

  @Test func namesTheFileTheCauseAndTheRemedy() {
    let files = MemoryFileSystem(texts: ["data/a.csv": "a\n\"x", "b.csv": ""])
    func reported(_ path: String) -> String? {
      #expect(throws: TableError.self) { try Table.read(path, from: files) }?.description
    }
    #expect(
      reported("data/a.csv")
        == "`data/a.csv`: the quote that opens on line 2 is never closed; "
        + "close the quote; a quote within a quoted field is written twice")
    #expect(reported("b.csv") == "`b.csv`: the file is empty")
    #expect(
      reported("data")
        == "`data/a.csv`: the quote that opens on line 2 is never closed; "
        + "close the quote; a quote within a quoted field is written twice")
    #expect(
      reported("c.csv")
        == "cannot read `c.csv`: there is no such file; check the path, which is relative to "
        + "the working folder")
  }

  @Test func stopsWhenAsked() {
    let text = "a,b\n" + String(repeating: "0.123456789,1\n", count: 100_000)
    var asked = 0
    let error = #expect(throws: TableError.self) {
      try Table.read(
        bytes: bytes(text),
        isCancelled: {
          asked += 1; return asked == 2
        })
    }
    #expect(error?.problem == .cancelled)
    #expect(asked == 2)
  }

  @Test func noticesAChangeBetweenTwoReadings() {
    let error = #expect(throws: TableError.self) {
      try Table.read("changing", from: ChangingFile())
    }
    #expect(error?.problem == .changedWhileReading)
  }

  @Test func refusesZerosWithoutEnd() {
    let error = #expect(throws: TableError.self) {
      try Table.read("/dev/zero", from: LocalFileSystem())
    }
    #expect(error?.problem == .nulByte(line: 1))
  }
}

/// A file whose content is another one at every reading.
private struct ChangingFile: FileSystem {
  func open(_ path: String) throws(FileError) -> any ByteStream { Content() }
  func kind(of path: String) -> FileKind? { .file }
  func list(_ directory: String) throws(FileError) -> [String] { [] }
  func writeFileAtomically(
    _ path: String, contents: (_ emit: ByteEmitter) throws(FileError) -> Void
  ) throws(FileError) {}

  private final class Content: ByteStream {
    private var readings = 0
    private var rest = MemoryByteStream([])
    let size: Int? = nil

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
      try rest.read(into: buffer)
    }

    func rewind() throws(FileError) -> Bool {
      readings += 1
      let text = "a\n" + String(repeating: "\(readings)\n", count: 400_000) + "x\n"
      rest = MemoryByteStream(Array(text.utf8))
      return true
    }
  }
}
