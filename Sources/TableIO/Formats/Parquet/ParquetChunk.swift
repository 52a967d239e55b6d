/// The pages of a column in one row group (parquet-format, README.md, “Data Pages”).
struct ParquetChunk {
  let column: ParquetColumn
  let chunk: ParquetMetadata.Chunk
  /// How many rows the group has.
  let rows: Int
  /// For messages.
  let group: Int
  let source: BinarySource

  /// Reads all pages into a sink.
  func read(into sink: ParquetSink) throws(TableError) {
    let content = try source.read(
      at: chunk.start, count: chunk.size, for: "\(place), byte \(chunk.start)")
    defer { withExtendedLifetime(content) {} }
    var offset = 0
    while sink.rows < rows {
      let page = try page(at: offset, of: content)
      let start = offset + page.headerSize
      let bytes = UnsafeRawBufferPointer(rebasing: content.bytes[start..<start + page.size])
      do throws(ParquetFault) { try take(page, bytes, sink) } catch {
        throw explained(error, at: offset)
      }
      offset = start + page.size
    }
  }

  private func page(at offset: Int, of content: ByteBuffer) throws(TableError) -> ParquetPage {
    let rest = UnsafeRawBufferPointer(rebasing: content.bytes[offset...])
    guard !rest.isEmpty else {
      throw explained(.damaged("its pages end before row \(rows) of the group"), at: offset)
    }
    let page: ParquetPage
    do throws(ThriftReader.Fault) { page = try ParquetPage(rest) } catch {
      throw explained(.damaged("the head of a page is broken"), at: offset + error.offset)
    }
    guard page.size >= 0, page.size <= rest.count - page.headerSize, page.uncompressedSize >= 0,
      page.uncompressedSize <= Int(Int32.max)
    else {
      throw explained(
        .damaged("a page of \(page.size) bytes that unpack to \(page.uncompressedSize)"), at: offset
      )
    }
    return page
  }

  private func take(
    _ page: ParquetPage, _ bytes: UnsafeRawBufferPointer, _ sink: ParquetSink
  ) throws(ParquetFault) {
    switch page.kind {
    case .other: return
    case .dictionary:
      guard page.values >= 0 else { throw .damaged("a dictionary of \(page.values) values") }
      let content = try unpacked(bytes, page.uncompressedSize)
      try sink.define(
        ParquetValues(column: column, encoding: 0, bytes: content.bytes, count: page.values))
      withExtendedLifetime(content) {}
    case .data, .dataV2:
      guard page.values >= 0, page.values <= rows - sink.rows else {
        throw .damaged("a page of \(page.values) rows, of which \(rows - sink.rows) are left")
      }
      if page.kind == .data {
        try takeFirstVersion(page, bytes, sink)
      } else {
        try takeSecondVersion(page, bytes, sink)
      }
    }
  }

  private func takeFirstVersion(
    _ page: ParquetPage, _ bytes: UnsafeRawBufferPointer, _ sink: ParquetSink
  ) throws(ParquetFault) {
    let content = try unpacked(bytes, page.uncompressedSize)
    defer { withExtendedLifetime(content) {} }
    var reader = ByteReader(content.bytes)
    var levels = UnsafeRawBufferPointer(start: nil, count: 0)
    if column.isOptional {
      guard page.levelEncoding == 3 else {
        throw .unsupported("missing values in encoding \(page.levelEncoding)")
      }
      guard let length = reader.take(UInt32.self), let runs = reader.take(Int(length)) else {
        throw .damaged("the levels of a page end too early")
      }
      levels = runs
    }
    try append(page, levels, reader.rest, sink)
  }

  private func takeSecondVersion(
    _ page: ParquetPage, _ bytes: UnsafeRawBufferPointer, _ sink: ParquetSink
  ) throws(ParquetFault) {
    let ahead = page.definitionBytes.addingReportingOverflow(page.repetitionBytes)
    guard page.definitionBytes >= 0, page.repetitionBytes >= 0, !ahead.overflow,
      ahead.partialValue <= min(bytes.count, page.uncompressedSize)
    else { throw .damaged("levels of \(ahead.partialValue) bytes in a page of \(bytes.count)") }
    let levels = UnsafeRawBufferPointer(
      rebasing: bytes[page.repetitionBytes..<ahead.partialValue])
    let rest = UnsafeRawBufferPointer(rebasing: bytes[ahead.partialValue...])
    let size = page.uncompressedSize - ahead.partialValue
    if chunk.codec == 0 || !page.isCompressed { return try append(page, levels, rest, sink) }
    // Writers differ in whether no values are compressed to something or to nothing.
    let content = try rest.isEmpty && size == 0 ? nil : unpacked(rest, size)
    try append(page, levels, content?.bytes ?? rest, sink)
    withExtendedLifetime(content) {}
  }

  private func append(
    _ page: ParquetPage, _ runs: UnsafeRawBufferPointer, _ bytes: UnsafeRawBufferPointer,
    _ sink: ParquetSink
  ) throws(ParquetFault) {
    var levels: ParquetNumbers?
    var present = page.values
    if column.isOptional, !isFull(runs, page.values) {
      let numbers = try ParquetNumbers(count: page.values)
      try RunLengths.decode(runs, bits: 1, count: page.values, into: numbers.start)
      present = numbers.countOfOnes
      if present < page.values { levels = numbers }
    }
    let values = ParquetValues(
      column: column, encoding: page.encoding, bytes: bytes, count: present)
    try sink.append(values, levels: levels, rows: page.values)
  }

  /// Whether the levels are one run of ones, as where nothing is missing.
  private func isFull(_ runs: UnsafeRawBufferPointer, _ count: Int) -> Bool {
    var reader = ByteReader(runs)
    guard let head = reader.takeVariable(), head & 1 == 0, head >> 1 >= UInt64(count) else {
      return false
    }
    return reader.take(UInt8.self) == 1
  }

  /// The bytes of a page; those that are not compressed are copied, for the room after them.
  private func unpacked(
    _ bytes: UnsafeRawBufferPointer, _ size: Int
  ) throws(ParquetFault) -> ByteBuffer {
    let buffer: ByteBuffer
    do throws(TableError) { buffer = try ByteBuffer(count: size, for: "a page") } catch {
      throw .unsupported("a page of \(size) bytes, for which there is no memory")
    }
    try ParquetCodec.unpack(bytes, codec: chunk.codec, into: buffer.storage)
    return buffer
  }

  // MARK: - Errors

  private var place: String { "row group \(group), column `\(printable(column.name))`" }

  private func explained(_ fault: ParquetFault, at offset: Int) -> TableError {
    let place = "\(place), byte \(chunk.start + offset)"
    switch fault {
    case .damaged(let reason): return source.damaged("\(place): \(reason)")
    case .unsupported(let what):
      return TableError(
        .unsupported(
          reason: "\(place): \(what), which is not read",
          remedy: "write it with the defaults of pyarrow, polars, DuckDB or Spark"))
    }
  }
}
