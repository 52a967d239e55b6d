import TableIO
import Testing

@Suite struct NumPyTests {
  @Test(arguments: BinaryFiles.names(endingIn: ".npy", ".npz"))
  func readsWhatNumPyWrote(name: String) throws {
    let table = try Table.read("\(BinaryFiles.folder)/\(name)", from: LocalFileSystem()).table
    #expect(BinaryFiles.difference(table, name) == nil)
    let names = try Table.columnNames(
      of: "\(BinaryFiles.folder)/\(name)", from: LocalFileSystem())
    #expect(names == table.columnNames)
  }

  @Test func thereAreFiles() { #expect(BinaryFiles.names(endingIn: ".npy", ".npz").count > 40) }

  @Test func readsWhatIsWantedUnderAnyName() throws {
    let content = try BinaryFiles.bytes("deflated.npz")
    var options = ReadingOptions()
    options.columns = ["X2", "label", "none"]
    let (table, report) = try Table.read(bytes: content, as: .csv, options: options)
    #expect(report.columnNames == ["score", "label", "X1", "X2", "name"])
    #expect(BinaryFiles.difference(table, "deflated.npz", only: ["X2", "label"]) == nil)
    #expect(table.fingerprint == (try Table.read(bytes: content).table.fingerprint))
  }

  @Test(arguments: [
    ("objects.npy", "the array holds Python objects, which only Python can read"),
    ("three.npy", "an array of 3 dimensions is no table"),
    ("complex.npy", "the array has the type `<c16`, which is not read"),
    ("unequal.npz", "the array `b` has 3 rows where `a` has 2"),
  ])
  func refusesWithAdvice(name: String, message: String) throws {
    let error = #expect(throws: TableError.self) {
      try Table.read(bytes: BinaryFiles.bytes(name), as: .numpy)
    }
    #expect(error?.message == message)
    #expect(error?.remedy != nil)
  }

  @Test func excelHasAWordWhatToDo() throws {
    let member = Array("[Content_Types].xml".utf8)
    var content: [UInt8] = [0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 0, count: 22)
    content += [UInt8(member.count), 0, 0, 0] + member
    let files = MemoryFileSystem(["data/my book.xlsx": content])
    let error = #expect(throws: TableError.self) {
      try Table.read("data/my book.xlsx", from: files)
    }
    #expect(error?.message == "`data/my book.xlsx`: this is an Excel workbook, which is not read")
    #expect(
      error?.remedy?.contains(
        "copy (from read_xlsx('data/my book.xlsx')) to 'my book.csv'") == true)
  }

  @Test(arguments: ["records.npy", "texts.npy", "fortran.npy", "stored.npz", "deflated.npz"])
  func bearsChanges(name: String) throws {
    let refused = try BinaryFiles.mutate(
      name, step: BinaryFiles.isLong ? 1 : 61, flips: BinaryFiles.isLong ? 5_000 : 60, seed: 3)
    #expect(refused > 5)
  }
}
