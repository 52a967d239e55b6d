/// Reads a table from Arrow's IPC format, stream or file.
///
/// A file is a stream between two marks, with a list of its messages at the end.
struct ArrowReader {
  static let fileMark = Array("ARROW1\0\0".utf8)

  private let source: BinarySource
  private let schema: ArrowSchema
  private let place: Place
  private let names: [String]
  private let notes: [ReadingNote]

  /// Where the messages are that follow the schema.
  private enum Place {
    case blocks([Int])
    /// One after the other from here on.
    case stream(Int)
  }

  init(_ stream: any ByteStream) throws(TableError) {
    source = try BinarySource(stream, kind: "Arrow file")
    guard source.size > 0 else { throw TableError(.empty) }
    let head = try source.read(0..<min(8, source.size), for: "the mark")
    defer { withExtendedLifetime(head) {} }
    // Old files have no more than the six characters.
    let isFile = head.bytes.starts(with: Self.fileMark.prefix(6))
    (schema, place) = isFile ? try Self.footer(of: source) : try Self.start(of: source)
    (names, notes) = BinaryTable.unique(schema.fields.map(\.name))
  }

  private static func start(
    of source: BinarySource
  ) throws(TableError) -> (ArrowSchema, Place) {
    guard let message = try ArrowMessage(of: source, at: 0) else {
      throw source.damaged("byte 0: there is no schema")
    }
    let schema = try message.withHeader { (kind, header) throws(TableError) -> ArrowSchema? in
      guard case .schema = kind else { return nil }
      return try ArrowSchema(header, of: source)
    }
    guard let schema = schema ?? nil else { throw source.damaged("byte 0: there is no schema") }
    return (schema, .stream(message.end))
  }

  var columnNames: [String] {
    zip(names, schema.fields).filter { $1.refusal == nil }.map(\.0)
  }

  func read(
    options: ReadingOptions, isCancelled: () -> Bool
  ) throws(TableError) -> (table: Table, report: ReadingReport) {
    let (wanted, leftOut) = try BinaryTable.wanted(
      zip(names, schema.fields).map { ($0, $1.refusal) }, options)
    var pass = ArrowPass(source: source, schema: schema, names: names, wanted: wanted)
    try forEachMessage(isCancelled) { (message) throws(TableError) in
      try pass.take(message)
      return true
    }
    return try BinaryTable.make(
      pass.columns.compactMap { $0 }, names: columnNames, rows: pass.rows, notes: notes + leftOut,
      of: source)
  }

  /// Hands over the rows of each record batch; see `TableCoding`.
  func readBatches(
    options: ReadingOptions, isCancelled: () -> Bool, _ body: (Table) throws(TableError) -> Bool
  ) throws(TableError) -> ReadingReport {
    let (wanted, leftOut) = try BinaryTable.wanted(
      zip(names, schema.fields).map { ($0, $1.refusal) }, options)
    var pass = ArrowPass(source: source, schema: schema, names: names, wanted: wanted)
    var batches = BinaryBatches(source, names: columnNames, notes: notes + leftOut)
    try forEachMessage(isCancelled) { (message) throws(TableError) in
      try pass.take(message)
      guard pass.rows > 0 else { return true }
      let (columns, rows) = pass.takeBatch()
      return try batches.handOver(columns.map { $0.finished() }, rows: rows, body)
    }
    return batches.report
  }

  /// - Parameter body: returns whether to go on.
  private func forEachMessage(
    _ isCancelled: () -> Bool, _ body: (ArrowMessage) throws(TableError) -> Bool
  ) throws(TableError) {
    switch place {
    case .blocks(let blocks):
      for offset in blocks {
        if isCancelled() { throw TableError(.cancelled) }
        guard let message = try ArrowMessage(of: source, at: offset) else {
          throw source.damaged("byte \(offset): a message is missing")
        }
        if try !body(message) { return }
      }
    case .stream(var offset):
      while let message = try ArrowMessage(of: source, at: offset) {
        if isCancelled() { throw TableError(.cancelled) }
        if try !body(message) { return }
        offset = message.end
      }
    }
  }
}

// MARK: - The list at the end of a file

extension ArrowReader {
  /// The schema, and where the messages of a file lie, those of dictionaries first.
  private static func footer(
    of source: BinarySource
  ) throws(TableError) -> (ArrowSchema, Place) {
    let tail = try source.read(
      at: source.size - 10, count: 10, for: "the list of messages at its end")
    defer { withExtendedLifetime(tail) {} }
    var reader = ByteReader(tail.bytes)
    guard let length = reader.take(Int32.self), reader.rest.elementsEqual(fileMark.prefix(6))
    else { throw source.damaged("the mark at its end is missing, as where a file is cut short") }
    let footer = try source.read(
      at: source.size - 10 - Int(max(length, 0)), count: Int(length),
      for: "the list of messages at its end")
    defer { withExtendedLifetime(footer) {} }
    guard let table = FlatTable(root: footer.bytes), let schema = table.table(1) else {
      throw source.damaged("the list of messages at its end is broken")
    }
    let blocks = [2, 3].flatMap { offsets(table.vector($0, elementSize: 24)) }
    return (try ArrowSchema(schema, of: source), .blocks(blocks))
  }

  /// Of blocks, which have an offset, a length of 4 bytes, 4 unused ones, and another length.
  private static func offsets(_ blocks: UnsafeRawBufferPointer?) -> [Int] {
    var reader = ByteReader(blocks ?? UnsafeRawBufferPointer(start: nil, count: 0))
    var offsets: [Int] = []
    while let offset = reader.take(Int64.self), reader.take(16) != nil {
      offsets.append(Int(clamping: offset))
    }
    return offsets
  }
}

/// One walk over the messages after the schema.
private struct ArrowPass {
  private let source: BinarySource
  private let schema: ArrowSchema
  private let names: [String]
  /// For each field of the schema its column; `nil` for one that is not wanted.
  private(set) var columns: [BinaryColumn?]
  private(set) var rows = 0

  /// By its number, the values of a dictionary, which later messages may add to or replace.
  private var dictionaries: [Int64: BinaryColumn] = [:]

  init(source: BinarySource, schema: ArrowSchema, names: [String], wanted: [Bool]) {
    (self.source, self.schema, self.names) = (source, schema, names)
    columns = zip(zip(names, schema.fields), wanted).map { field, isWanted in
      isWanted ? BinaryColumn(name: field.0, holdsTexts: field.1.holdsTexts) : nil
    }
  }

  /// The rows since the last batch, of which the pass keeps none.
  mutating func takeBatch() -> (columns: [BinaryColumn], rows: Int) {
    let batch = (columns.compactMap { $0 }, rows)
    columns = zip(columns, schema.fields).map { column, field in
      column.map { BinaryColumn(name: $0.name, holdsTexts: field.holdsTexts) }
    }
    rows = 0
    return batch
  }

  mutating func take(_ message: ArrowMessage) throws(TableError) {
    var batch: ArrowBatch?
    var dictionary: (id: Int64, isDelta: Bool)?
    _ = try message.withHeader { (kind, header) throws(TableError) in
      switch kind {
      case .batch: batch = ArrowBatch(header)
      case .dictionary(let id, let isDelta):
        dictionary = (id, isDelta)
        batch = header.table(1).flatMap { ArrowBatch($0) }
      case .schema, .other: return
      }
      if batch == nil {
        throw source.damaged("byte \(message.offset): a record batch that is broken")
      }
    }
    guard let batch else { return }
    if let dictionary { return try define(dictionary, message, batch) }
    try append(message, batch)
  }

  private mutating func define(
    _ dictionary: (id: Int64, isDelta: Bool), _ message: ArrowMessage, _ batch: ArrowBatch
  ) throws(TableError) {
    let index = schema.fields.indices.first {
      columns[$0] != nil && schema.fields[$0].dictionary?.id == dictionary.id
    }
    guard let index else { return }
    let field = schema.fields[index]
    let place = "the values of `\(printable(names[index]))`"
    var body = ArrowBody(message, batch, of: source)
    let array = try body.array(field.valuesOnly, type: field.type, place: place)
    let known = dictionary.isDelta ? dictionaries[dictionary.id] : nil
    let values = known ?? BinaryColumn(name: field.name, holdsTexts: field.holdsTexts)
    try requireMemory(array.count * 8, for: place)
    do throws(ArrowFault) { try array.append(to: values) } catch {
      throw source.damaged("message at byte \(message.offset), \(place): \(error.reason)")
    }
    dictionaries[dictionary.id] = values
  }

  private mutating func append(_ message: ArrowMessage, _ batch: ArrowBatch) throws(TableError) {
    var body = ArrowBody(message, batch, of: source)
    // Values that take no bytes, as those of a null column, are as many as the file says.
    let width = 8 * max(columns.count { $0 != nil }, 1)
    let needed = batch.rows.multipliedReportingOverflow(by: width)
    try requireMemory(needed.overflow ? .max : needed.partialValue, for: "the table")
    for (field, column) in zip(schema.fields, columns) {
      guard let column else {
        body.skip(field)
        continue
      }
      let place = "column `\(printable(column.name))`"
      let type = field.dictionary?.index ?? field.type
      let array = try body.array(field, type: type, place: place)
      guard array.count == batch.rows else {
        throw source.damaged(
          "message at byte \(message.offset), \(place): \(array.count) values in \(batch.rows) rows"
        )
      }
      do throws(ArrowFault) {
        if let id = field.dictionary?.id {
          try append(array, of: dictionaries[id], to: column)
        } else {
          try array.append(to: column)
        }
      } catch {
        throw source.damaged("message at byte \(message.offset), \(place): \(error.reason)")
      }
    }
    rows += batch.rows
  }

  /// Appends the values that numbers name.
  private func append(
    _ numbers: ArrowArray, of values: BinaryColumn?, to column: BinaryColumn
  ) throws(ArrowFault) {
    let count = values?.count ?? 0
    for row in 0..<numbers.count {
      guard numbers.isValid(row) else {
        column.appendMissing()
        continue
      }
      let number = numbers.integer(row)
      guard let values, number >= 0, number < count else {
        throw ArrowFault("row \(row) has value \(number) of \(count)")
      }
      column.append(Int(number), of: values)
    }
  }
}
