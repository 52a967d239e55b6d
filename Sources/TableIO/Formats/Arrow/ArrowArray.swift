import CCompression

/// An array of a record batch: its buffers, unpacked and checked against its length.
struct ArrowArray {
  let field: ArrowField
  let type: ArrowType
  let count: Int
  private let buffers: [ByteBuffer]

  /// - Parameter type: that of the values, or of their numbers in a dictionary.
  init(
    _ field: ArrowField, type: ArrowType, count: Int, buffers: [ByteBuffer]
  ) throws(ArrowFault) {
    (self.field, self.type, self.count, self.buffers) = (field, type, count, buffers)
    try check()
  }

  private func check() throws(ArrowFault) {
    // Far more than any memory holds, and few enough that no product below overflows.
    guard (0...1 << 48).contains(count) else { throw ArrowFault("\(count) values") }
    if case .null = type { return }
    guard buffers.count >= type.buffers else { throw ArrowFault("buffers are missing") }
    // A bitmap that is left out says that nothing is missing.
    guard buffers[0].count == 0 || buffers[0].count >= (count + 7) / 8 else {
      throw ArrowFault("\(count) values, and a bitmap of \(buffers[0].count) bytes")
    }
    guard buffers[1].count >= requiredBytes || count == 0 else {
      throw ArrowFault("\(count) values in \(buffers[1].count) bytes")
    }
  }

  private var requiredBytes: Int {
    switch type {
    case .null, .other: 0
    case .boolean: (count + 7) / 8
    case .integer(let bits, _): count &* (bits / 8)
    case .float(let bytes), .values(let bytes, _): count &* bytes
    case .decimal, .textView: count &* 16
    case .text(let isLarge): (count &+ 1) &* (isLarge ? 8 : 4)
    }
  }

  /// Whether a value is there.
  @inline(__always)
  func isValid(_ row: Int) -> Bool {
    buffers[0].count == 0 || buffers[0].bytes[row >> 3] & 1 << UInt8(row & 7) != 0
  }

  /// The integer of a row that has one.
  @inline(__always)
  func integer(_ row: Int) -> Int64 {
    let bytes = buffers[1].bytes
    switch type {
    case .integer(8, true): return Int64(bytes.loadUnaligned(fromByteOffset: row, as: Int8.self))
    case .integer(8, _): return Int64(bytes[row])
    case .integer(16, true):
      return Int64(bytes.loadUnaligned(fromByteOffset: row * 2, as: Int16.self))
    case .integer(16, _):
      return Int64(bytes.loadUnaligned(fromByteOffset: row * 2, as: UInt16.self))
    case .integer(32, true), .values(4, _):
      return Int64(bytes.loadUnaligned(fromByteOffset: row * 4, as: Int32.self))
    case .integer(32, _):
      return Int64(bytes.loadUnaligned(fromByteOffset: row * 4, as: UInt32.self))
    case .boolean: return bytes[row >> 3] & 1 << UInt8(row & 7) != 0 ? 1 : 0
    default: return bytes.loadUnaligned(fromByteOffset: row * 8, as: Int64.self)
    }
  }

  private func float(_ row: Int, _ size: Int) -> Double {
    let bytes = buffers[1].bytes
    return switch size {
    case 2: HalfPrecision.number(bytes.loadUnaligned(fromByteOffset: row * 2, as: UInt16.self))
    case 4: Double(bytes.loadUnaligned(fromByteOffset: row * 4, as: Float.self))
    default: bytes.loadUnaligned(fromByteOffset: row * 8, as: Double.self)
    }
  }

  /// Appends all values, the missing ones too.
  func append(to column: BinaryColumn) throws(ArrowFault) {
    defer { withExtendedLifetime(buffers) {} }
    if !column.holdsTexts, let block = block {
      let isPresent: ((Int) -> Bool)? = buffers[0].count == 0 ? nil : { isValid($0) }
      return column.append(block: block, isValid: isPresent)
    }
    switch type {
    case .null: column.appendMissing(count)
    case .float(let size):
      each(column) { column.append(float($0, size)) }
    case .decimal(let scale):
      let bytes = buffers[1].bytes
      each(column) {
        column.append(
          Int128(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 16, as: Int128.self)),
          .decimal(scale: scale))
      }
    case .text, .textView:
      for row in 0..<count {
        guard isValid(row) else {
          column.appendMissing()
          continue
        }
        column.append(code: try code(row, in: column))
      }
    case .integer, .boolean, .values:
      let meaning = meaning
      each(column) { column.append(integer($0), meaning) }
    case .other(let name, _): throw ArrowFault("\(name) are not read")
    }
  }

  /// All numbers at once, those of missing values too; `nil` where the values are none, or no Double
  /// holds one of them.
  private var block: [Double]? {
    guard buffers.count > 1 else { return nil }
    let bytes = buffers[1].bytes
    func integers<Number: FixedWidthInteger & BitwiseCopyable>(_ type: Number.Type) -> [Double]? {
      NumberBlock.integers(type, count: count, stride: MemoryLayout<Number>.size, of: bytes)
    }
    switch type {
    case .integer(8, true): return integers(Int8.self)
    case .integer(8, _): return integers(UInt8.self)
    case .integer(16, true): return integers(Int16.self)
    case .integer(16, _): return integers(UInt16.self)
    case .integer(32, true): return integers(Int32.self)
    case .integer(32, _): return integers(UInt32.self)
    case .integer(64, true), .values(8, .integer): return integers(Int64.self)
    case .integer(64, _): return integers(UInt64.self)
    case .float(4):
      return NumberBlock.floats(UInt32.self, count: count, stride: 4, of: bytes) {
        Double(Float(bitPattern: $0))
      }
    case .float(8):
      return NumberBlock.floats(UInt64.self, count: count, stride: 8, of: bytes) {
        Double(bitPattern: $0)
      }
    default: return nil
    }
  }

  private var meaning: CellMeaning {
    switch type {
    case .boolean: .boolean
    case .integer(64, false): .unsigned
    case .values(_, let meaning): meaning
    default: .integer
    }
  }

  private func each(_ column: BinaryColumn, _ append: (Int) -> Void) {
    for row in 0..<count { if isValid(row) { append(row) } else { column.appendMissing() } }
  }

  // MARK: - Texts

  private func code(_ row: Int, in column: BinaryColumn) throws(ArrowFault) -> Int32 {
    let text = try text(row)
    guard let code = column.code(for: text) else {
      throw ArrowFault("value \(row) is no text in UTF-8, or has a NUL in it")
    }
    return code
  }

  private func text(_ row: Int) throws(ArrowFault) -> UnsafeRawBufferPointer {
    if case .textView = type { return try viewed(row) }
    let offsets = buffers[1].bytes
    let (start, end): (Int64, Int64)
    if case .text(isLarge: true) = type {
      start = offsets.loadUnaligned(fromByteOffset: row * 8, as: Int64.self)
      end = offsets.loadUnaligned(fromByteOffset: row * 8 + 8, as: Int64.self)
    } else {
      start = Int64(offsets.loadUnaligned(fromByteOffset: row * 4, as: Int32.self))
      end = Int64(offsets.loadUnaligned(fromByteOffset: row * 4 + 4, as: Int32.self))
    }
    guard start >= 0, start <= end, end <= buffers[2].count else {
      throw ArrowFault("value \(row) lies at bytes \(start) to \(end) of \(buffers[2].count)")
    }
    return UnsafeRawBufferPointer(rebasing: buffers[2].bytes[Int(start)..<Int(end)])
  }

  /// A text of up to 12 bytes stands in the view, a longer one in one of the other buffers.
  private func viewed(_ row: Int) throws(ArrowFault) -> UnsafeRawBufferPointer {
    let views = buffers[1].bytes
    let length = Int(views.loadUnaligned(fromByteOffset: row * 16, as: Int32.self))
    guard length > 12 else {
      guard length >= 0 else { throw ArrowFault("value \(row) has \(length) bytes") }
      return UnsafeRawBufferPointer(rebasing: views[row * 16 + 4..<row * 16 + 4 + length])
    }
    let buffer = Int(views.loadUnaligned(fromByteOffset: row * 16 + 8, as: Int32.self))
    let start = Int(views.loadUnaligned(fromByteOffset: row * 16 + 12, as: Int32.self))
    guard buffer >= 0, buffer < buffers.count - 2, start >= 0,
      start + length <= buffers[buffer + 2].count
    else { throw ArrowFault("value \(row) lies outside of its buffers") }
    return UnsafeRawBufferPointer(rebasing: buffers[buffer + 2].bytes[start..<start + length])
  }
}

/// What is wrong with an array; where it is, its reader adds.
struct ArrowFault: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}
