import Foundation
import TableIO
import Testing

@Suite struct ParquetTests {
  static let files = BinaryFiles.names(endingIn: ".parquet")

  @Test(arguments: files)
  func readsWhatOthersWrote(name: String) throws {
    let path = "\(BinaryFiles.folder)/\(name)"
    let table = try Table.read(path, from: LocalFileSystem()).table
    #expect(BinaryFiles.difference(table, name) == nil)
    #expect(try Table.columnNames(of: path, from: LocalFileSystem()) == table.columnNames)
  }

  @Test func thereAreFiles() { #expect(Self.files.count > 40) }

  @Test(arguments: ["groups-v1.parquet", "zstd-v2.parquet", "nested.parquet"])
  func readsWhatIsWantedUnderAnyName(name: String) throws {
    let content = try BinaryFiles.bytes(name)
    let every = try Table.read(bytes: content).table
    for column in every.columnNames {
      var options = ReadingOptions()
      options.columns = [column]
      let (table, report) = try Table.read(bytes: content, as: .csv, options: options)
      #expect(report.columnNames == every.columnNames)
      #expect(BinaryFiles.difference(table, name, only: [column]) == nil)
      #expect(table.fingerprint == every.fingerprint)
    }
  }

  @Test func nestedColumnsAreLeftOutOrRefusedByName() throws {
    let content = try BinaryFiles.bytes("nested.parquet")
    let notes = try Table.read(bytes: content).report.notes.map(\.description)
    #expect(
      notes == [
        "column `list` is left out, as it holds lists",
        "column `struct` is left out, as it holds structures",
        "column `map` is left out, as it holds maps",
      ])
    var options = ReadingOptions()
    options.columns = ["x", "struct"]
    let error = #expect(throws: TableError.self) {
      try Table.read(bytes: content, options: options)
    }
    #expect(error?.message == "column `struct` holds structures, which are not read")
  }

  @Test func namesWhereItIsDamaged() throws {
    let brotli = #expect(throws: TableError.self) {
      try Table.read(bytes: BinaryFiles.bytes("brotli.parquet"))
    }
    #expect(
      brotli?.message
        == "row group 0, column `f64`, byte 4: compression by Brotli, which is not read")
    var content = try BinaryFiles.bytes("snappy-v1.parquet")
    for place in 4..<10 { content[place] ^= 0xFF }
    let damaged = #expect(throws: TableError.self) { try Table.read(bytes: content) }
    #expect(
      damaged?.message.hasPrefix(
        "this Parquet file is damaged: row group 0, column `i8`, byte ") == true)
    let cut = #expect(throws: TableError.self) { try Table.read(bytes: Array(content.dropLast())) }
    #expect(cut?.message.contains("as where a file is cut short") == true)
    #expect(cut?.remedy == "copy it again from its source, or write it again")
  }

  @Test(arguments: files)
  func bearsChanges(name: String) throws {
    _ = try BinaryFiles.mutate(
      name, step: BinaryFiles.isLong ? 256 : 4_096, flips: BinaryFiles.isLong ? 500 : 4, seed: 5)
  }

  /// A file that can only be read from its first byte to its last.
  @Test func readsAPipe() throws {
    let content = try BinaryFiles.bytes("groups-v2.parquet")
    try inDirectory { directory in
      let path = "\(directory)/pipe"
      try #require(mkfifo(path, 0o600) == 0)
      let writer = Thread {
        guard let file = fopen(path, "w") else { return }
        fwrite(content, 1, content.count, file)
        fclose(file)
      }
      writer.start()
      let table = try Table.read(path, from: LocalFileSystem()).table
      #expect(BinaryFiles.difference(table, "groups-v2.parquet") == nil)
    }
  }
}
