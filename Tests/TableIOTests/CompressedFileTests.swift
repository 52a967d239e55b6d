import Foundation
import TableIO
import Testing

/// Files that are compressed with gzip and zstd.
///
/// The bytes are those that Python's gzip and zstandard
/// make of the same three rows.
@Suite struct CompressedFileTests {
  private static let rows = "score|label / 0.25|1 / 0.5|0 / 0.125|1"
  private static let gzip =
    "1f8b08000100000002ff2b4ece2f4ad5c9494c4acde132d03332d5310452a63a0640d210cc0300b05b24a921000000"
  private static let zstd =
    "28b52ffd242109010073636f72652c6c6162656c0a302e32352c310a302e352c300a302e3132352c310a781a93a9"

  // Two members, and zeros after them.
  private static let members =
    "1f8b08000000000002032b4ece2f4ad5c9494c4acde132d03332d531e43200003418656f140000001f8b0800000000"
    + "000403d333d531e032d0333432d531e402008c229f650d00000000000000000000"
  private static let named =
    "1f8b08086300000002ff73636f7265732e637376002b4ece2f4ad5c9494c4acde132d03332d5310452a63a0640d210cc"
    + "0300b05b24a921000000"
  private static let frames =
    "28b52ffd2014a1000073636f72652c6c6162656c0a302e32352c310a3028b52ffd200d6900002e352c300a302e313235"
    + "2c310a"
  private static let records =
    "28b52ffd20545d0100f07b2273636f7265223a20302e32352c20226c6162656c223a20317d0a303104005b2102e4f3c9"
    + "059e9b4e"
  private static let skipped = "512a4d180400000061626364" + zstd
  private static let contents: [(String, String)] = [
    ("a.csv.gz", gzip), ("a.csv.GZ", gzip), ("a.csv", gzip), ("a", gzip), ("a.csv.zst", zstd),
    ("a.zst", zstd), ("a.csv.gz", zstd), ("a.csv.gz", members), ("a.csv.gz", named),
    ("a.csv.zst", frames), ("a.csv.zst", skipped), ("a.jsonl.zst", records),
  ]

  @Test(arguments: contents)
  func areReadAsTheirContent(path: String, hex: String) throws {
    let files = MemoryFileSystem([path: decoded(hex)])
    #expect(shown(try Table.read(path, from: files).table) == Self.rows)
    #expect(try Table.columnNames(of: path, from: files) == ["score", "label"])
  }

  @Test func mayHaveBeenUnpacked() throws {
    let files = MemoryFileSystem(texts: [
      "a.jsonl.gz": "{\"score\": 1}\n", "b.csv.zst": "score\n2\n",
    ])
    #expect(shown(try Table.read("a.jsonl.gz", from: files).table) == "score / 1")
    #expect(shown(try Table.read("b.csv.zst", from: files).table) == "score / 2")
  }

  private static let damages: [(String, String)] = [
    (String(gzip.prefix(60)), "incomplete: the file ends at byte 30, before its gzip data does"),
    ("1f8b", "incomplete: the file ends at byte 2, before its gzip data does"),
    (String(zstd.prefix(60)), "incomplete: the file ends at byte 30, before its zstd data does"),
    (
      String(gzip.dropLast(4)) + "0001",
      "its gzip data is damaged near byte 47: incorrect length check"
    ),
    (gzip + "0077", "damaged near byte 48: other bytes follow the compressed ones"),
    (String(zstd.dropLast(2)) + "00", "its zstd data is damaged near byte 4"),
    // A window of 512 MiB.
    (
      "28b52ffd009809010073636f72652c6c6162656c0a302e32352c310a302e352c300a302e3132352c310a",
      "frame requires too much memory for decoding"
    ),
  ]

  @Test(arguments: damages)
  func reportsDamage(hex: String, words: String) {
    let files = MemoryFileSystem(["a.csv.gz": decoded(hex)])
    let error = #expect(throws: TableError.self) { try Table.read("a.csv.gz", from: files) }
    #expect(error?.description.hasPrefix("cannot read `a.csv.gz`: it") == true)
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    let check = hex.hasPrefix("1f8b") ? "gunzip" : "unzstd"
    #expect(
      error?.remedy == "copy the file again from its source; `\(check) -t` checks the copy")
  }

  @Test(arguments: ["a.csv.gz", "a.csv.zst", "a.jsonl.gz", "a.json.zst"])
  func areWritten(path: String) throws {
    let files = MemoryFileSystem()
    let table = try self.table(rows: 5_000)
    try table.write(path, to: files)
    let bytes = try files.readFile(path)
    #expect(bytes.starts(with: path.hasSuffix("gz") ? [0x1F, 0x8B] : [0x28, 0xB5, 0x2F, 0xFD]))
    try #require(bytes.count < 100_000)
    #expect(try Table.read(path, from: files).table.hasSameContent(as: table))
    let inner = String(path.prefix(while: { $0 != "." })) + "." + path.split(separator: ".")[1]
    #expect(TableFormat.named(by: path) == TableFormat.named(by: inner))
  }

  @Test func thatAreCutOrAlteredAreNeverReadInPart() throws {
    let files = MemoryFileSystem()
    let table = try self.table(rows: 800)
    var draws = SeededGenerator(seed: 3)
    let flips = ProcessInfo.processInfo.environment["THR_LONG_FUZZ"] == nil ? 60 : 5_000
    for path in ["a.csv.gz", "a.csv.zst"] {
      try table.write(path, to: files)
      let whole = try files.readFile(path)
      for size in stride(from: 4, to: whole.count, by: 1_024) {
        let error = #expect(throws: TableError.self) {
          try Table.read(path, from: MemoryFileSystem([path: Array(whole.prefix(size))]))
        }
        #expect(error?.description.contains("ends at byte \(size)") == true, "\(size)")
      }
      for _ in 0..<flips {
        var altered = whole
        let place = Int.random(in: altered.indices, using: &draws)
        altered[place] ^= 1 << UInt8.random(in: 0..<8, using: &draws)
        let read = try? Table.read(path, from: MemoryFileSystem([path: altered])).table
        // The mark may be hit, and the time in gzip's header.
        #expect(read?.hasSameContent(as: table) ?? true)
      }
    }
  }

  /// A fence bounds what comes out of a file too.
  @Test(arguments: ["a.csv.gz", "a.csv.zst"])
  func doNotOutgrowAFence(path: String) throws {
    let base = MemoryFileSystem()
    try Table(columns: [Column("a", numbers: Array(repeating: 1, count: 200_000))]).write(
      path, to: base)
    let size = try base.readFile(path).count
    try #require(size < 1_000)
    let fence = FencedFileSystem(base, workingFolder: "", folders: nil, largest: 100_000)
    let error = #expect(throws: TableError.self) { try Table.read(path, from: fence) }
    #expect(error?.problem == .file(FileError(path: path, action: .read, cause: .tooLarge)))
    let wide = FencedFileSystem(base, workingFolder: "", folders: nil, largest: 1_000_000)
    #expect(try Table.read(path, from: wide).table.rows == 200_000)
  }

  /// The number of rows is a multiple of nothing, and texts change along the file.
  private func table(rows: Int) throws -> Table {
    var draws = SeededGenerator(seed: 8)
    return try Table(columns: [
      Column("score", numbers: (0..<rows).map { _ in Double.random(in: 0..<1, using: &draws) }),
      Column("group", texts: (0..<rows).map { "g\($0 / 97)" }),
    ])
  }

  private func decoded(_ hex: some StringProtocol) -> [UInt8] {
    let digits = hex.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
  }
}
