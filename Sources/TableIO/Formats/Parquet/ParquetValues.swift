/// The values of a page that are there, one after the other, in any of the format's encodings.
struct ParquetValues {
  let column: ParquetColumn
  let encoding: Int
  let bytes: UnsafeRawBufferPointer
  let count: Int

  private func requires(_ size: Int) throws(ParquetFault) {
    let needed = count.multipliedReportingOverflow(by: size)
    guard !needed.overflow, needed.partialValue <= bytes.count else {
      throw .damaged("\(count) values of \(size) bytes in \(bytes.count) bytes")
    }
  }

  private var unknownEncoding: ParquetFault {
    .unsupported("values of its type in encoding \(encoding)")
  }

  private var isUnsigned: Bool { column.values == .integers(.unsigned) }

  // MARK: - Integers

  /// Calls the body with the number of each value and the value.
  @inline(__always)
  func integers(_ body: (Int, Int64) -> Void) throws(ParquetFault) {
    switch (column.physical, encoding) {
    case (.boolean, 0): try packedBooleans(body)
    case (.boolean, 3): try runsOfBooleans(body)
    case (.int32, 0):
      try requires(4)
      for index in 0..<count { body(index, widened(load(index * 4, UInt32.self))) }
    case (.int64, 0):
      try requires(8)
      for index in 0..<count { body(index, load(index * 8, Int64.self)) }
    case (.int32, 5):
      _ = try Deltas.decode(bytes, count: count) {
        body($0, widened(UInt32(truncatingIfNeeded: $1)))
      }
    case (.int64, 5): _ = try Deltas.decode(bytes, count: count, body)
    case (.int32, 9):
      try requires(4)
      for index in 0..<count {
        body(index, widened(UInt32(truncatingIfNeeded: gathered(index, 4))))
      }
    case (.int64, 9):
      try requires(8)
      for index in 0..<count { body(index, Int64(bitPattern: gathered(index, 8))) }
    default: throw unknownEncoding
    }
  }

  @inline(__always)
  private func widened(_ value: UInt32) -> Int64 {
    isUnsigned ? Int64(value) : Int64(Int32(bitPattern: value))
  }

  @inline(__always)
  private func load<Number: BitwiseCopyable>(_ offset: Int, _ type: Number.Type) -> Number {
    bytes.loadUnaligned(fromByteOffset: offset, as: type)
  }

  /// The bytes of a value that lie one in each of as many parts (“BYTE_STREAM_SPLIT”).
  private func gathered(_ index: Int, _ size: Int) -> UInt64 {
    var value: UInt64 = 0
    for place in 0..<size { value |= UInt64(bytes[place * count + index]) << UInt64(8 * place) }
    return value
  }

  private func packedBooleans(_ body: (Int, Int64) -> Void) throws(ParquetFault) {
    guard (count + 7) / 8 <= bytes.count else {
      throw .damaged("\(count) booleans in \(bytes.count) bytes")
    }
    for index in 0..<count { body(index, Int64(bytes[index >> 3] >> UInt8(index & 7) & 1)) }
  }

  private func runsOfBooleans(_ body: (Int, Int64) -> Void) throws(ParquetFault) {
    var reader = ByteReader(bytes)
    guard let length = reader.take(UInt32.self), let runs = reader.take(Int(length)) else {
      throw .damaged("booleans end too early")
    }
    let levels = try ParquetNumbers(count: count)
    try RunLengths.decode(runs, bits: 1, count: count, into: levels.start)
    for index in 0..<count { body(index, Int64(levels.start[index])) }
    withExtendedLifetime(levels) {}
  }

  // MARK: - Floating-point numbers

  func floats(into output: UnsafeMutablePointer<Double>) throws(ParquetFault) {
    switch (column.physical, encoding) {
    case (.double, 0):
      try requires(8)
      guard count > 0, let base = bytes.baseAddress else { return }
      UnsafeMutableRawPointer(output).copyMemory(from: base, byteCount: count * 8)
    case (.float, 0):
      try requires(4)
      for index in 0..<count { output[index] = Double(load(index * 4, Float.self)) }
    case (.double, 9):
      try requires(8)
      for index in 0..<count { output[index] = Double(bitPattern: gathered(index, 8)) }
    case (.float, 9):
      try requires(4)
      for index in 0..<count {
        output[index] = Double(Float(bitPattern: UInt32(truncatingIfNeeded: gathered(index, 4))))
      }
    default: throw unknownEncoding
    }
  }

  // MARK: - Bytes

  /// Calls the body with the bytes of each value, which are good until it returns.
  func slices(
    _ body: (UnsafeRawBufferPointer) throws(ParquetFault) -> Void
  ) throws(ParquetFault) {
    switch (column.physical, encoding) {
    case (.bytes, 0): try slicesWithLengths(body)
    case (.fixed, 0), (.int96, 0):
      let size = column.physical == .int96 ? 12 : column.length
      try requires(size)
      for index in 0..<count {
        try body(UnsafeRawBufferPointer(rebasing: bytes[index * size..<(index + 1) * size]))
      }
    case (.bytes, 6): try slicesAfterLengths(body)
    case (.bytes, 7), (.fixed, 7): try slicesWithPrefixes(body)
    case (.fixed, 9): try gatheredSlices(body)
    default: throw unknownEncoding
    }
  }

  private func slicesWithLengths(
    _ body: (UnsafeRawBufferPointer) throws(ParquetFault) -> Void
  ) throws(ParquetFault) {
    var reader = ByteReader(bytes)
    for _ in 0..<count {
      guard let length = reader.take(UInt32.self), let slice = reader.take(Int(length)) else {
        throw .damaged("texts end too early")
      }
      try body(slice)
    }
  }

  /// All lengths first (“DELTA_LENGTH_BYTE_ARRAY”).
  private func slicesAfterLengths(
    _ body: (UnsafeRawBufferPointer) throws(ParquetFault) -> Void
  ) throws(ParquetFault) {
    let lengths = try ParquetNumbers(count: count)
    defer { withExtendedLifetime(lengths) {} }
    let start = try lengths.fill(fromDeltas: bytes)
    var reader = ByteReader(UnsafeRawBufferPointer(rebasing: bytes[start...]))
    for index in 0..<count {
      guard let slice = reader.take(Int(lengths.start[index])) else {
        throw .damaged("texts end too early")
      }
      try body(slice)
    }
  }

  /// Each without the bytes that it shares with the one before (“DELTA_BYTE_ARRAY”).
  private func slicesWithPrefixes(
    _ body: (UnsafeRawBufferPointer) throws(ParquetFault) -> Void
  ) throws(ParquetFault) {
    let (prefixes, lengths) = (try ParquetNumbers(count: count), try ParquetNumbers(count: count))
    defer { withExtendedLifetime((prefixes, lengths)) {} }
    let middle = try prefixes.fill(fromDeltas: bytes)
    let rest = UnsafeRawBufferPointer(rebasing: bytes[middle...])
    let start = try lengths.fill(fromDeltas: rest)
    var reader = ByteReader(UnsafeRawBufferPointer(rebasing: rest[start...]))
    var last: [UInt8] = []
    var (total, checked) = (0, 0)
    for index in 0..<count {
      // A few bytes may stand for texts that are longer and longer.
      if total - checked > 1 << 24 {
        guard total < 1 << 33 else { throw .unsupported("a page of texts of \(total) bytes") }
        try ParquetFault.requireMemory(1 << 26)
        checked = total
      }
      let shared = Int(prefixes.start[index])
      guard (0...last.count).contains(shared), let slice = reader.take(Int(lengths.start[index]))
      else { throw .damaged("texts end too early") }
      last.removeLast(last.count - shared)
      last.append(contentsOf: slice)
      total += last.count
      if column.physical == .fixed, last.count != column.length {
        throw .damaged("\(last.count) bytes where \(column.length) are expected")
      }
      try last.withUnsafeBytes { bytes in
        Result { () throws(ParquetFault) in try body(bytes) }
      }.get()
    }
  }

  private func gatheredSlices(
    _ body: (UnsafeRawBufferPointer) throws(ParquetFault) -> Void
  ) throws(ParquetFault) {
    try requires(column.length)
    var slice = [UInt8](repeating: 0, count: column.length)
    for index in 0..<count {
      for place in slice.indices { slice[place] = bytes[place * count + index] }
      try slice.withUnsafeBytes { bytes in
        Result { () throws(ParquetFault) in try body(bytes) }
      }.get()
    }
  }
}

/// Numbers of 32 bits in memory of their own.
final class ParquetNumbers {
  let start: UnsafeMutablePointer<Int32>
  private let count: Int

  init(count: Int) throws(ParquetFault) {
    let (bytes, isTooMuch) = count.multipliedReportingOverflow(by: 4)
    try ParquetFault.requireMemory(isTooMuch ? .max : bytes)
    start = .allocate(capacity: count)
    start.initialize(repeating: 0, count: count)
    self.count = count
  }

  deinit { start.deallocate() }

  /// - Returns: how many bytes the numbers take.
  func fill(fromDeltas bytes: UnsafeRawBufferPointer) throws(ParquetFault) -> Int {
    try Deltas.decode(bytes, count: count) { start[$0] = Int32(truncatingIfNeeded: $1) }
  }

  /// How many of them are not 0.
  var countOfOnes: Int {
    var ones = 0
    for index in 0..<count { ones += start[index] == 0 ? 0 : 1 }
    return ones
  }
}
