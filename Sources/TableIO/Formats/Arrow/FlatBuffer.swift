/// A table of a flatbuffer (flatbuffers.dev, “Internals”), as the metadata of Arrow is written.
///
/// Every offset is checked against the bytes; what lies outside is as if it were not there.
struct FlatTable {
  private let bytes: UnsafeRawBufferPointer
  private let start: Int
  private let fields: Int
  private let fieldsSize: Int

  /// The table that the first offset names.
  init?(root bytes: UnsafeRawBufferPointer) {
    guard let offset = Self.load(UInt32.self, bytes, 0) else { return nil }
    self.init(bytes, at: Int(offset))
  }

  private init?(_ bytes: UnsafeRawBufferPointer, at start: Int) {
    guard let back = Self.load(Int32.self, bytes, start) else { return nil }
    let fields = start - Int(back)
    guard let size = Self.load(UInt16.self, bytes, fields), size >= 4,
      fields + Int(size) <= bytes.count
    else { return nil }
    (self.bytes, self.start, self.fields, fieldsSize) = (bytes, start, fields, Int(size))
  }

  private static func load<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type, _ bytes: UnsafeRawBufferPointer, _ offset: Int
  ) -> Number? {
    guard offset >= 0, offset <= bytes.count - MemoryLayout<Number>.size else { return nil }
    return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
  }

  /// Where the value of a field lies; `nil` where the field is left out.
  private func place(_ field: Int) -> Int? {
    let entry = 4 + 2 * field
    guard entry + 2 <= fieldsSize, let offset = Self.load(UInt16.self, bytes, fields + entry),
      offset != 0
    else { return nil }
    return start + Int(offset)
  }

  func number<Number: FixedWidthInteger & BitwiseCopyable>(
    _ field: Int, _ type: Number.Type, default value: Number = 0
  ) -> Number {
    place(field).flatMap { Self.load(type, bytes, $0) } ?? value
  }

  func boolean(_ field: Int) -> Bool { number(field, UInt8.self) != 0 }

  private func target(_ field: Int) -> Int? {
    guard let place = place(field), let offset = Self.load(UInt32.self, bytes, place) else {
      return nil
    }
    return place + Int(offset)
  }

  func table(_ field: Int) -> FlatTable? { target(field).flatMap { FlatTable(bytes, at: $0) } }

  /// The content of a text, or the elements of a vector of so many bytes each.
  func vector(_ field: Int, elementSize: Int) -> UnsafeRawBufferPointer? {
    guard let start = target(field), let count = Self.load(UInt32.self, bytes, start),
      Int(count) * elementSize <= bytes.count - start - 4
    else { return nil }
    return UnsafeRawBufferPointer(
      rebasing: bytes[start + 4..<start + 4 + Int(count) * elementSize])
  }

  func text(_ field: Int) -> String? {
    vector(field, elementSize: 1).flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// The tables of a vector; `nil` where one of them is broken.
  func tables(_ field: Int) -> [FlatTable]? {
    guard let offsets = vector(field, elementSize: 4), let base = bytes.baseAddress,
      let first = offsets.baseAddress
    else { return place(field) == nil ? [] : nil }
    // More columns than any table has are no columns.
    guard offsets.count <= 4_000_000 else { return nil }
    let begin = first - base
    var tables: [FlatTable] = []
    for place in stride(from: begin, to: begin + offsets.count, by: 4) {
      guard let offset = Self.load(UInt32.self, bytes, place),
        let table = FlatTable(bytes, at: place + Int(offset))
      else { return nil }
      tables.append(table)
    }
    return tables
  }
}
