import TableIO
import Testing

@Suite struct ArrowTests {
  static let files = BinaryFiles.names(endingIn: ".arrow", ".arrows", ".feather")

  @Test(arguments: files)
  func readsWhatOthersWrote(name: String) throws {
    let path = "\(BinaryFiles.folder)/\(name)"
    let table = try Table.read(path, from: LocalFileSystem()).table
    #expect(BinaryFiles.difference(table, name) == nil)
    #expect(try Table.columnNames(of: path, from: LocalFileSystem()) == table.columnNames)
  }

  @Test func thereAreFiles() { #expect(Self.files.count == 14) }

  @Test(arguments: ["chunks.arrow", "zstd.arrows", "nested.arrow", "stream.arrows"])
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
    let content = try BinaryFiles.bytes("nested.arrow")
    let notes = try Table.read(bytes: content).report.notes.map(\.description)
    #expect(
      notes == [
        "column `list` is left out, as it holds lists",
        "column `struct` is left out, as it holds structures",
        "column `fixed` is left out, as it holds bytes of a fixed number",
        "column `views` is left out, as it holds lists",
      ])
    var options = ReadingOptions()
    options.columns = ["x", "list"]
    let error = #expect(throws: TableError.self) {
      try Table.read(bytes: content, options: options)
    }
    #expect(error?.message == "column `list` holds lists, which are not read")
  }

  @Test func namesWhereItIsDamaged() throws {
    let content = try BinaryFiles.bytes("chunks.arrow")
    let cut = #expect(throws: TableError.self) {
      try Table.read(bytes: Array(content.dropLast(1_000)))
    }
    #expect(cut?.message.hasPrefix("this Arrow file is damaged: the mark at its end") == true)
    let stream = try BinaryFiles.bytes("stream.arrows")
    let broken = #expect(throws: TableError.self) {
      try Table.read(bytes: Array(stream.dropLast(1_000)))
    }
    #expect(broken?.message.hasPrefix("this Arrow file is damaged: byte ") == true)
  }

  /// The list of messages at the end may name any place.
  @Test(arguments: ["chunks.arrow", "nested.arrow"])
  func bearsExtremePlaces(name: String) throws {
    #expect(try BinaryFiles.setExtremes(name, inLast: 600) > 100)
  }

  @Test(arguments: ["chunks.arrow", "lz4.arrow", "zstd.arrows", "delta.arrows", "nested.arrow"])
  func bearsChanges(name: String) throws {
    let refused = try BinaryFiles.mutate(
      name, step: BinaryFiles.isLong ? 64 : 1_024, flips: BinaryFiles.isLong ? 5_000 : 40, seed: 4)
    #expect(refused > 5)
  }
}
