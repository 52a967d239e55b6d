/// Writes a table as a Parquet file: row groups of a million rows, compressed by zstd.
///
/// Numbers are written as 64-bit integers where all of a column are integers that a Double holds
/// exactly, otherwise as doubles; texts as UTF-8 with a dictionary.
struct ParquetWriter {
  private static let rowsOfGroup = 1_000_000
  private static let codec = 6

  private struct Chunk {
    let column: Int
    let rows: Int
    let offset: Int
    let dictionarySize: Int
    let size: Int
    let uncompressedSize: Int
  }

  private let table: Table
  private let isInteger: [Bool]
  private var offset = 0
  private var groups: [(rows: Int, chunks: [Chunk])] = []

  init(_ table: Table) {
    self.table = table
    isInteger = table.columns.map { column in
      guard case .numbers(let numbers) = column.values else { return false }
      return numbers.missingCount < numbers.count
        && numbers.values.allSatisfy { $0.isNaN || Self.isInteger($0) }
    }
  }

  /// A zero with a minus is none, as an integer has no such zero.
  private static func isInteger(_ number: Double) -> Bool {
    number.magnitude <= 0x1p53 && number.rounded() == number
      && !(number == 0 && number.sign == .minus)
  }

  /// - Returns: false where the caller asked to stop.
  mutating func write(
    to emit: ByteEmitter, isCancelled: () -> Bool
  ) throws(FileError) -> Bool {
    try put(ParquetReader.mark, to: emit)
    for start in stride(from: 0, to: table.rows, by: Self.rowsOfGroup) {
      let rows = start..<min(start + Self.rowsOfGroup, table.rows)
      var chunks: [Chunk] = []
      for index in table.columns.indices {
        if isCancelled() { return false }
        let writer = ParquetChunkWriter(
          table.columns[index].values, isInteger: isInteger[index], rows: rows)
        chunks.append(
          Chunk(
            column: index, rows: rows.count, offset: offset,
            dictionarySize: writer.dictionarySize, size: writer.bytes.count,
            uncompressedSize: writer.uncompressedSize))
        try put(writer.bytes, to: emit)
      }
      groups.append((rows.count, chunks))
    }
    try put(footer, to: emit)
    return true
  }

  private mutating func put(_ bytes: [UInt8], to emit: ByteEmitter) throws(FileError) {
    try bytes.withUnsafeBytes { bytes in
      Result { () throws(FileError) in try emit(bytes) }
    }.get()
    offset += bytes.count
  }

  // MARK: - What lies where (parquet.thrift, `FileMetaData`)

  private var footer: [UInt8] {
    var writer = ThriftWriter()
    writer.integer(1, 2)
    writer.structures(2, Array(-1..<table.columns.count)) { writer, index in
      writeElement(index, to: &writer)
    }
    writer.integer(3, table.rows, isLong: true)
    writer.structures(4, groups) { writer, group in
      writer.structures(1, group.chunks) { writer, chunk in
        writer.integer(2, 0, isLong: true)
        writer.structure(3) { writeChunk(chunk, to: &$0) }
      }
      writer.integer(2, group.chunks.reduce(0) { $0 + $1.uncompressedSize }, isLong: true)
      writer.integer(3, group.rows, isLong: true)
    }
    writer.text(6, "thr")
    writer.end()
    var bytes = writer.bytes
    bytes.appendLittleEndian(UInt32(truncatingIfNeeded: bytes.count))
    return bytes + ParquetReader.mark
  }

  private func isText(_ column: Int) -> Bool {
    if case .texts = table.columns[column].values { true } else { false }
  }

  private func physical(_ column: Int) -> ParquetColumn.Physical {
    isText(column) ? .bytes : isInteger[column] ? .int64 : .double
  }

  /// The root of the schema has the number -1.
  private func writeElement(_ index: Int, to writer: inout ThriftWriter) {
    guard index >= 0 else {
      writer.text(4, "schema")
      writer.integer(5, table.columns.count)
      return
    }
    writer.integer(1, physical(index).rawValue)
    writer.integer(3, 1)
    writer.text(4, table.columns[index].name)
    guard isText(index) else { return }
    writer.integer(6, 0)
    writer.structure(10) { $0.structure(1) { _ in } }
  }

  private func writeChunk(_ chunk: Chunk, to writer: inout ThriftWriter) {
    writer.integer(1, physical(chunk.column).rawValue)
    writer.integers(2, isText(chunk.column) ? [0, 3, 8] : [0, 3])
    writer.texts(3, [table.columns[chunk.column].name])
    writer.integer(4, Self.codec)
    writer.integer(5, chunk.rows, isLong: true)
    writer.integer(6, chunk.uncompressedSize, isLong: true)
    writer.integer(7, chunk.size, isLong: true)
    writer.integer(9, chunk.offset + chunk.dictionarySize, isLong: true)
    if chunk.dictionarySize > 0 { writer.integer(11, chunk.offset, isLong: true) }
  }
}
