/// What the end of a Parquet file says about its columns (parquet-format, parquet.thrift).
struct ParquetMetadata {
  /// An element of the schema, which is a tree written out from its root.
  struct Element {
    var physical: Int?
    var length = 0
    /// 0 required, 1 optional, 2 repeated.
    var repetition = 0
    var name = ""
    var children = 0
    var converted: Int?
    var scale = 0
    var logical = LogicalType.none
  }

  enum LogicalType {
    case none, text, decimal(scale: Int), date, time(perSecond: Int64)
    case timestamp(perSecond: Int64, isUTC: Bool), integer(isSigned: Bool), null, uuid, half
    case other(String)
  }

  struct Chunk {
    var physical = -1
    var codec = 0
    var values = 0
    var uncompressedSize = 0
    var size = 0
    var dataOffset = 0
    var dictionaryOffset: Int?
    var isElsewhere = false
    var isEncrypted = false
    var hasMetadata = false
  }

  struct Group {
    var chunks: [Chunk] = []
    var rows = 0
  }

  private(set) var elements: [Element] = []
  private(set) var rows = 0
  private(set) var groups: [Group] = []
  private(set) var isEncrypted = false

  init(_ bytes: UnsafeRawBufferPointer) throws(ThriftReader.Fault) {
    var reader = ThriftReader(bytes)
    // A structure cannot be filled while closures of its own initialiser run.
    var (elements, rows, groups, isEncrypted) = ([Element](), 0, [Group](), false)
    try reader.structure { (reader, field) throws(ThriftReader.Fault) in
      switch field {
      case 2:
        try reader.list { (reader) throws(ThriftReader.Fault) in
          elements.append(try Element(&reader))
        }
      case 3: rows = try reader.integer()
      case 4:
        try reader.list { (reader) throws(ThriftReader.Fault) in
          groups.append(try Group(&reader))
        }
      case 8: isEncrypted = true
      default: break
      }
    }
    (self.elements, self.rows, self.groups) = (elements, rows, groups)
    self.isEncrypted = isEncrypted
  }
}

extension ParquetMetadata.Element {
  fileprivate init(_ reader: inout ThriftReader) throws(ThriftReader.Fault) {
    var element = Self()
    try reader.structure { (reader, field) throws(ThriftReader.Fault) in
      switch field {
      case 1: element.physical = try reader.integer()
      case 2: element.length = try reader.integer()
      case 3: element.repetition = try reader.integer()
      case 4: element.name = try reader.text()
      case 5: element.children = try reader.integer()
      case 6: element.converted = try reader.integer()
      case 7: element.scale = try reader.integer()
      case 10: element.logical = try ParquetMetadata.LogicalType(&reader)
      default: break
      }
    }
    self = element
  }
}

extension ParquetMetadata.LogicalType {
  private static let others = [
    2: "maps", 3: "lists", 13: "BSON", 16: "variants", 17: "geometries", 18: "geographies",
  ]

  /// A union: a structure with one field, of which the number is the type.
  fileprivate init(_ reader: inout ThriftReader) throws(ThriftReader.Fault) {
    var type = Self.none
    try reader.structure { (reader, field) throws(ThriftReader.Fault) in
      switch field {
      case 1, 4, 12: type = .text
      case 5: type = .decimal(scale: try Self.numbers(&reader)[1] ?? 0)
      case 6: type = .date
      case 7: type = .time(perSecond: try Self.unit(&reader).perSecond)
      case 8:
        let (perSecond, isUTC) = try Self.unit(&reader)
        type = .timestamp(perSecond: perSecond, isUTC: isUTC)
      case 10:
        var isSigned = true
        try reader.structure { (reader, field) throws(ThriftReader.Fault) in
          if field == 2 { isSigned = try reader.boolean() }
        }
        type = .integer(isSigned: isSigned)
      case 11: type = .null
      case 14: type = .uuid
      case 15: type = .half
      default: type = .other(Self.others[field] ?? "values of the unknown type \(field)")
      }
    }
    self = type
  }

  private static func numbers(
    _ reader: inout ThriftReader
  ) throws(ThriftReader.Fault) -> [Int: Int] {
    var numbers: [Int: Int] = [:]
    try reader.structure { (reader, field) throws(ThriftReader.Fault) in
      if field <= 2 { numbers[field] = try reader.integer() }
    }
    return numbers
  }

  /// Of times: whether they are in UTC, and their unit, which is a union as well.
  private static func unit(
    _ reader: inout ThriftReader
  ) throws(ThriftReader.Fault) -> (perSecond: Int64, isUTC: Bool) {
    var (perSecond, isUTC) = (Int64(1_000), false)
    try reader.structure { (reader, field) throws(ThriftReader.Fault) in
      if field == 1 { isUTC = try reader.boolean() }
      guard field == 2 else { return }
      try reader.structure { (_, unit) throws(ThriftReader.Fault) in
        perSecond = [1: 1_000, 2: 1_000_000, 3: 1_000_000_000][unit] ?? perSecond
      }
    }
    return (perSecond, isUTC)
  }
}

extension ParquetMetadata.Group {
  fileprivate init(_ reader: inout ThriftReader) throws(ThriftReader.Fault) {
    var group = Self()
    try reader.structure { (reader, field) throws(ThriftReader.Fault) in
      switch field {
      case 1:
        try reader.list { (reader) throws(ThriftReader.Fault) in
          group.chunks.append(try ParquetMetadata.Chunk(&reader))
        }
      case 3: group.rows = try reader.integer()
      default: break
      }
    }
    self = group
  }
}

extension ParquetMetadata.Chunk {
  fileprivate init(_ reader: inout ThriftReader) throws(ThriftReader.Fault) {
    var chunk = Self()
    try reader.structure { (reader, field) throws(ThriftReader.Fault) in
      switch field {
      case 1: chunk.isElsewhere = try !reader.text().isEmpty
      case 3:
        chunk.hasMetadata = true
        try reader.structure { (reader, field) throws(ThriftReader.Fault) in
          try chunk.take(field, &reader)
        }
      case 8, 9: chunk.isEncrypted = true
      default: break
      }
    }
    self = chunk
  }

  private mutating func take(
    _ field: Int, _ reader: inout ThriftReader
  ) throws(ThriftReader.Fault) {
    switch field {
    case 1: physical = try reader.integer()
    case 4: codec = try reader.integer()
    case 5: values = try reader.integer()
    case 6: uncompressedSize = try reader.integer()
    case 7: size = try reader.integer()
    case 9: dataOffset = try reader.integer()
    case 11: dictionaryOffset = try reader.integer()
    default: break
    }
  }

  /// The first page: that of the dictionary, where there is one.
  var start: Int {
    guard let dictionaryOffset, dictionaryOffset > 0, dictionaryOffset < dataOffset else {
      return dataOffset
    }
    return dictionaryOffset
  }
}
