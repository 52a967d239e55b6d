import ParallelWork

/// What stands ahead of a page (parquet.thrift, `PageHeader`).
struct ParquetPage {
  enum Kind { case data, dataV2, dictionary, other }

  private(set) var kind = Kind.other
  private(set) var uncompressedSize = -1
  private(set) var size = -1
  private(set) var values = -1
  private(set) var encoding = -1
  private(set) var levelEncoding = 3
  /// Of version 2: the bytes of the levels ahead of the values, and whether the values are packed.
  private(set) var definitionBytes = 0
  private(set) var repetitionBytes = 0
  private(set) var isCompressed = true

  /// The bytes of the header.
  private(set) var headerSize = 0

  init(_ bytes: UnsafeRawBufferPointer) throws(ThriftReader.Fault) {
    var page = Self()
    var reader = ThriftReader(bytes)
    try reader.structure { (reader, field) throws(ThriftReader.Fault) in
      switch field {
      case 1: page.kind = [0: .data, 2: .dictionary, 3: .dataV2][try reader.integer()] ?? .other
      case 2: page.uncompressedSize = try reader.integer()
      case 3: page.size = try reader.integer()
      case 5, 7, 8:
        try reader.structure { (reader, part) throws(ThriftReader.Fault) in
          try page.take(part, isV2: field == 8, &reader)
        }
      default: break
      }
    }
    page.headerSize = reader.offset
    self = page
  }

  private init() {}

  private mutating func take(
    _ field: Int, isV2: Bool, _ reader: inout ThriftReader
  ) throws(ThriftReader.Fault) {
    switch (field, isV2) {
    case (1, _): values = try reader.integer()
    case (2, false), (4, true): encoding = try reader.integer()
    case (3, false):
      // Of a dictionary, whether it is sorted.
      if kind == .data { levelEncoding = try reader.integer() }
    case (5, true): definitionBytes = try reader.integer()
    case (6, true): repetitionBytes = try reader.integer()
    case (7, true): isCompressed = try reader.boolean()
    default: break
    }
  }
}

/// What is wrong with a page, or not read of it; where it is, its reader adds.
enum ParquetFault: Error {
  case damaged(String)
  case unsupported(String)

  /// Refuses content that needs more bytes than there is memory for.
  static func requireMemory(_ bytes: Int) throws(ParquetFault) {
    if AvailableMemory.holds(bytes) { return }
    throw .unsupported("\(bytes / 1_000_000) MB of content, for which there is no memory")
  }
}
