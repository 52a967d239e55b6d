/// Reads Thrift's compact protocol, in which Parquet's metadata is written
/// (thrift/doc/specs/thrift-compact-protocol.md).
///
/// Nothing is believed that the bytes do not bear out: an element takes a byte at least, and what is
/// skipped nests only so deep.
struct ThriftReader {
  /// Where the bytes end, or are none of the protocol.
  struct Fault: Error {
    let offset: Int
  }

  enum Kind: UInt8 {
    case stop, yes, no, byte, int16, int32, int64, double, binary, list, set, map, structure, uuid
  }

  private static let deepest = 32

  private var reader: ByteReader
  private var kind = Kind.stop
  private var hasValue = false

  init(_ bytes: UnsafeRawBufferPointer) { reader = ByteReader(bytes) }

  /// How many bytes were read.
  var offset: Int { reader.offset }

  private var fault: Fault { Fault(offset: reader.offset) }

  /// Calls the body for each field of a structure with its number; a value that it does not take is
  /// skipped.
  mutating func structure(
    _ field: (inout ThriftReader, _ number: Int) throws(Fault) -> Void
  ) throws(Fault) {
    hasValue = false
    var number = 0
    while true {
      guard let head = reader.take(UInt8.self) else { throw fault }
      if head == 0 { break }
      guard let kind = Kind(rawValue: head & 15), kind != .stop else { throw fault }
      if head >> 4 == 0 {
        guard let next = reader.takeZigZag(), let next = Int(exactly: next) else { throw fault }
        number = next
      } else {
        number &+= Int(head >> 4)
      }
      (self.kind, hasValue) = (kind, true)
      try field(&self, number)
      if hasValue { try skip(kind, isElement: false, depth: 0) }
    }
    hasValue = false
  }

  /// An integer of any width.
  mutating func integer() throws(Fault) -> Int {
    hasValue = false
    switch kind {
    case .byte:
      guard let byte = reader.take(Int8.self) else { throw fault }
      return Int(byte)
    case .int16, .int32, .int64:
      guard let value = reader.takeZigZag() else { throw fault }
      return Int(value)
    default: throw fault
    }
  }

  mutating func boolean() throws(Fault) -> Bool {
    hasValue = false
    guard kind == .yes || kind == .no else { throw fault }
    return kind == .yes
  }

  mutating func text() throws(Fault) -> String {
    hasValue = false
    guard kind == .binary, let bytes = binary() else { throw fault }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func binary() -> UnsafeRawBufferPointer? {
    reader.takeVariable().flatMap { Int(exactly: $0) }.flatMap { reader.take($0) }
  }

  /// Calls the body for each element of a list.
  mutating func list(_ element: (inout ThriftReader) throws(Fault) -> Void) throws(Fault) {
    guard kind == .list || kind == .set else { throw fault }
    let (count, kind) = try listHead()
    for _ in 0..<count {
      (self.kind, hasValue) = (kind, true)
      try element(&self)
      if hasValue { try skip(kind, isElement: true, depth: 0) }
    }
    hasValue = false
  }

  private mutating func listHead() throws(Fault) -> (count: Int, kind: Kind) {
    guard let head = reader.take(UInt8.self), let kind = Kind(rawValue: head & 15) else {
      throw fault
    }
    var count = Int(head >> 4)
    if count == 15 {
      guard let long = reader.takeVariable().flatMap({ Int(exactly: $0) }) else { throw fault }
      count = long
    }
    guard count <= reader.left else { throw fault }
    return (count, kind)
  }

  /// - Parameter isElement: whether a boolean takes a byte, as it does in lists.
  private mutating func skip(_ kind: Kind, isElement: Bool, depth: Int) throws(Fault) {
    guard depth < Self.deepest else { throw fault }
    switch kind {
    case .stop: throw fault
    case .yes, .no: if isElement, reader.take(1) == nil { throw fault }
    case .byte: if reader.take(1) == nil { throw fault }
    case .int16, .int32, .int64: if reader.takeVariable() == nil { throw fault }
    case .double: if reader.take(8) == nil { throw fault }
    case .uuid: if reader.take(16) == nil { throw fault }
    case .binary: if binary() == nil { throw fault }
    case .list, .set:
      let (count, kind) = try listHead()
      for _ in 0..<count { try skip(kind, isElement: true, depth: depth + 1) }
    case .map: try skipMap(depth: depth)
    case .structure: try skipStructure(depth: depth)
    }
  }

  private mutating func skipMap(depth: Int) throws(Fault) {
    guard let count = reader.takeVariable().flatMap({ Int(exactly: $0) }), count <= reader.left
    else { throw fault }
    guard count > 0 else { return }
    guard let kinds = reader.take(UInt8.self), let key = Kind(rawValue: kinds >> 4),
      let value = Kind(rawValue: kinds & 15)
    else { throw fault }
    for _ in 0..<count {
      try skip(key, isElement: true, depth: depth + 1)
      try skip(value, isElement: true, depth: depth + 1)
    }
  }

  private mutating func skipStructure(depth: Int) throws(Fault) {
    while true {
      guard let head = reader.take(UInt8.self) else { throw fault }
      if head == 0 { return }
      guard let kind = Kind(rawValue: head & 15) else { throw fault }
      if head >> 4 == 0, reader.takeVariable() == nil { throw fault }
      try skip(kind, isElement: false, depth: depth + 1)
    }
  }
}
