/// A message of Arrow's IPC format (format/Message.fbs): metadata, and the bytes it speaks of.
struct ArrowMessage {
  enum Kind {
    case schema
    case dictionary(id: Int64, isDelta: Bool)
    case batch
    case other
  }

  /// Where a message and its body lie in the file.
  let offset: Int
  let bodyOffset: Int
  let bodyLength: Int
  private let metadata: ByteBuffer

  /// The first byte after the message.
  var end: Int { bodyOffset + bodyLength }

  /// - Returns: `nil` at the end of the stream, which an empty message or the end of the file marks.
  init?(of source: BinarySource, at offset: Int) throws(TableError) {
    // A damaged list of messages may name any place.
    guard offset >= 0, offset <= source.size - 4 else { return nil }
    let (length, start) = try Self.length(of: source, at: offset)
    guard length != 0 else { return nil }
    self.offset = offset
    let metadata = try source.read(at: start, count: length, for: "byte \(offset): a message")
    let bodyOffset = start + length
    let body = withExtendedLifetime(metadata) {
      FlatTable(root: metadata.bytes)?.number(3, Int64.self)
    }
    (self.metadata, self.bodyOffset) = (metadata, bodyOffset)
    guard let body, let bodyLength = Int(exactly: body), bodyLength >= 0,
      bodyLength <= source.size - bodyOffset
    else {
      throw source.damaged(
        "byte \(offset): a message that is broken, or goes on after the end of the file")
    }
    self.bodyLength = bodyLength
  }

  /// The length ahead of the metadata, after a mark that old files do not have.
  private static func length(
    of source: BinarySource, at offset: Int
  ) throws(TableError) -> (length: Int, start: Int) {
    let head = try source.read(
      at: offset, count: min(8, source.size - offset), for: "byte \(offset): a message")
    defer { withExtendedLifetime(head) {} }
    var reader = ByteReader(head.bytes)
    var (length, start) = (reader.take(Int32.self) ?? 0, offset + 4)
    if length == -1 { (length, start) = (reader.take(Int32.self) ?? 0, offset + 8) }
    guard length >= 0 else {
      throw source.damaged("byte \(offset): a message of \(length) bytes")
    }
    return (Int(length), start)
  }

  /// Does something with the header, whose tables are good for as long.
  func withHeader<Result>(
    _ body: (Kind, FlatTable) throws(TableError) -> Result
  ) throws(TableError) -> Result? {
    defer { withExtendedLifetime(metadata) {} }
    guard let message = FlatTable(root: metadata.bytes), let header = message.table(2) else {
      return nil
    }
    switch message.number(1, UInt8.self) {
    case 1: return try body(.schema, header)
    case 2:
      return try body(
        .dictionary(id: header.number(0, Int64.self), isDelta: header.boolean(2)), header)
    case 3: return try body(.batch, header)
    default: return try body(.other, header)
    }
  }
}

/// The lengths and places of the arrays of a record batch (format/Message.fbs, `RecordBatch`).
struct ArrowBatch {
  enum Codec { case none, lz4, zstd }

  let rows: Int
  /// For each array its length and how many of its values are missing.
  let nodes: [(length: Int, missing: Int)]
  /// Where each buffer lies in the body.
  let buffers: [(offset: Int, length: Int)]
  /// For each array of views how many buffers of texts it has.
  let views: [Int]
  let codec: Codec

  init?(_ table: FlatTable) {
    guard let rows = Int(exactly: table.number(0, Int64.self)), rows >= 0 else { return nil }
    self.rows = rows
    nodes = Self.pairs(table.vector(1, elementSize: 16)).map { ($0, $1) }
    buffers = Self.pairs(table.vector(2, elementSize: 16)).map { ($0, $1) }
    if let compression = table.table(3) {
      switch compression.number(0, Int8.self) {
      case 0: codec = .lz4
      case 1: codec = .zstd
      default: return nil
      }
    } else {
      codec = .none
    }
    var counts = ByteReader(
      table.vector(4, elementSize: 8) ?? UnsafeRawBufferPointer(start: nil, count: 0))
    var views: [Int] = []
    while let count = counts.take(Int64.self) { views.append(Int(clamping: count)) }
    self.views = views
  }

  private static func pairs(_ bytes: UnsafeRawBufferPointer?) -> [(Int, Int)] {
    var reader = ByteReader(bytes ?? UnsafeRawBufferPointer(start: nil, count: 0))
    var pairs: [(Int, Int)] = []
    while let first = reader.take(Int64.self), let second = reader.take(Int64.self) {
      pairs.append((Int(clamping: first), Int(clamping: second)))
    }
    return pairs
  }
}
