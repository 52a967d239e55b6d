extension TableFormat {
  /// An array of numpy, as `np.save` writes it.
  public static let numpy = TableFormat(
    "a numpy array", endings: ["npy"], marks: [[0x93] + Array("NUMPY".utf8)],
    .supported(NumPyCoding()))

  /// Arrays of numpy, as `np.savez` and `np.savez_compressed` write them.
  public static let numpyArchive = TableFormat(
    "an archive of numpy arrays", endings: ["npz"], marks: [zipMark],
    isFirstMember: { $0.hasSuffix(".npy") }, .supported(NumPyArchiveCoding()))
}

/// An array of one dimension is a column `x1`, one of two dimensions the columns `x1`, `x2`, …;
/// an array of records has a column for each field.
struct NumPyCoding: TableReading {
  static let kind = "numpy array"

  func read(
    _ stream: any ByteStream, options: ReadingOptions, isCancelled: () -> Bool
  ) throws(TableError) -> (table: Table, report: ReadingReport) {
    try options.refuseTextOptions()
    let source = try BinarySource(stream, kind: Self.kind)
    let array = try NumPyArray(of: source)
    let columns = try array.columns(of: source, wanting: options.wants, isCancelled: isCancelled)
    return try BinaryTable.make(
      columns, names: array.fields.map(\.name), rows: array.rows, of: source)
  }

  func columnNames(
    of stream: any ByteStream, options: ReadingOptions
  ) throws(TableError) -> [String] {
    try NumPyArray(of: BinarySource(stream, kind: Self.kind)).fields.map(\.name)
  }
}

/// Each array of one dimension is a column with its name, `X`, and each of two dimensions the
/// columns `X1`, `X2`, ….
struct NumPyArchiveCoding: TableReading {
  func read(
    _ stream: any ByteStream, options: ReadingOptions, isCancelled: () -> Bool
  ) throws(TableError) -> (table: Table, report: ReadingReport) {
    try options.refuseTextOptions()
    let (source, arrays) = try arrays(of: stream, options)
    let wanted = arrays.filter { $0.array.fields.contains { options.wants($0.name) } }
    let rows = wanted.first?.array.rows ?? arrays.first?.array.rows ?? 0
    if let other = wanted.first(where: { $0.array.rows != rows }) {
      throw TableError(
        .unsupported(
          reason: "the array `\(printable(other.name))` has \(other.array.rows) rows where "
            + "`\(printable(wanted[0].name))` has \(rows)",
          remedy: "save arrays of one length together"))
    }
    var columns: [BinaryColumn] = []
    for array in wanted {
      columns += try array.array.columns(
        of: array.source, wanting: options.wants, isCancelled: isCancelled)
    }
    return try BinaryTable.make(
      columns, names: arrays.flatMap { $0.array.fields.map(\.name) }, rows: rows, of: source)
  }

  func columnNames(
    of stream: any ByteStream, options: ReadingOptions
  ) throws(TableError) -> [String] {
    try arrays(of: stream, options).arrays.flatMap { $0.array.fields.map(\.name) }
  }

  private func arrays(
    of stream: any ByteStream, _ options: ReadingOptions
  ) throws(TableError) -> (
    source: BinarySource, arrays: [(name: String, source: BinarySource, array: NumPyArray)]
  ) {
    let source = try BinarySource(stream, kind: "archive of numpy arrays")
    var arrays: [(name: String, source: BinarySource, array: NumPyArray)] = []
    for member in try ZipMember.all(of: source) where member.name.hasSuffix(".npy") {
      let name = String(member.name.dropLast(4))
      let content = try member.content(of: source)
      arrays.append((name, content, try NumPyArray(of: content, name: name)))
    }
    guard !arrays.isEmpty else {
      throw TableError(
        .unsupported(
          reason: "this zip archive holds no numpy arrays",
          remedy: "unpack it, or save the sheet of an Excel workbook as CSV in UTF-8"))
    }
    return (source, arrays)
  }
}
