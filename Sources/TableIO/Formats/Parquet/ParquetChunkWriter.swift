import CCompression

/// Writes the cells of a column in some rows as the pages of a Parquet file, compressed by zstd.
struct ParquetChunkWriter {
  /// Pages of about a megabyte.
  private static let rowsOfPage = 1 << 17
  private static let level: Int32 = 1

  private(set) var bytes: [UInt8] = []
  /// Bytes of the pages before they were compressed, with their heads.
  private(set) var uncompressedSize = 0
  /// Bytes of the dictionary's page; 0 where there is none.
  private(set) var dictionarySize = 0

  /// - Parameter isInteger: whether numbers are written as integers.
  init(_ values: ColumnValues, isInteger: Bool, rows: Range<Int>) {
    switch values {
    case .numbers(let numbers): append(numbers.values, isInteger, rows)
    case .texts(let texts): append(texts, rows)
    }
  }

  private mutating func append(_ numbers: [Double], _ isInteger: Bool, _ rows: Range<Int>) {
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.rowsOfPage) {
      let part = numbers[start..<min(start + Self.rowsOfPage, rows.upperBound)]
      var content = Self.levels(part.map { !$0.isNaN })
      content.reserveCapacity(content.count + part.count * 8)
      for number in part where !number.isNaN {
        content.appendLittleEndian(
          isInteger ? UInt64(bitPattern: Int64(number)) : number.bitPattern)
      }
      appendPage(content, rows: part.count, encoding: 0)
    }
  }

  /// The distinct texts once, and the number of each cell's.
  private mutating func append(_ texts: TextValues, _ rows: Range<Int>) {
    let used = TextValues(codes: Array(texts.codes[rows]), levels: texts.levels)
    var content: [UInt8] = []
    for level in used.levels {
      content.appendLittleEndian(UInt32(level.utf8.count))
      content.append(contentsOf: level.utf8)
    }
    appendPage(content, rows: used.levels.count, encoding: 0, isDictionary: true)
    dictionarySize = bytes.count
    let bits = max(1, Int.bitWidth - max(used.levels.count - 1, 0).leadingZeroBitCount)
    for start in stride(from: 0, to: used.count, by: Self.rowsOfPage) {
      let part = used.codes[start..<min(start + Self.rowsOfPage, used.count)]
      var content = Self.levels(part.map { $0 >= 0 })
      content.append(UInt8(bits))
      Self.pack(part.lazy.filter { $0 >= 0 }.map { UInt64($0) }, bits: bits, into: &content)
      appendPage(content, rows: part.count, encoding: 8)
    }
  }

  /// Which cells have a value, after their length in bytes.
  private static func levels(_ hasValue: [Bool]) -> [UInt8] {
    var runs: [UInt8] = []
    if hasValue.contains(false) {
      pack(hasValue.lazy.map { $0 ? 1 : 0 }, bits: 1, into: &runs)
    } else {
      runs.appendVariable(hasValue.count << 1)
      runs.append(1)
    }
    var levels: [UInt8] = []
    levels.appendLittleEndian(UInt32(runs.count))
    return levels + runs
  }

  /// Numbers of so many bits, in groups of eight (Encodings.md, “RLE”).
  private static func pack(
    _ numbers: some Sequence<UInt64>, bits: Int, into bytes: inout [UInt8]
  ) {
    var packed: [UInt8] = []
    var (pending, held, count) = (UInt64(0), 0, 0)
    for number in numbers {
      pending |= number << UInt64(held)
      held += bits
      count += 1
      while held >= 8 {
        packed.append(UInt8(truncatingIfNeeded: pending))
        pending >>= 8
        held -= 8
      }
    }
    if held > 0 { packed.append(UInt8(truncatingIfNeeded: pending)) }
    let groups = (count + 7) / 8
    packed.append(contentsOf: repeatElement(0, count: groups * bits - packed.count))
    bytes.appendVariable(groups << 1 | 1)
    bytes.append(contentsOf: packed)
  }

  private mutating func appendPage(
    _ content: [UInt8], rows: Int, encoding: Int, isDictionary: Bool = false
  ) {
    let packed = Self.compressed(content)
    var head = ThriftWriter()
    head.integer(1, isDictionary ? 2 : 0)
    head.integer(2, content.count)
    head.integer(3, packed.count)
    head.structure(isDictionary ? 7 : 5) { head in
      head.integer(1, rows)
      head.integer(2, encoding)
      if isDictionary { return }
      // The levels are runs.
      head.integer(3, 3)
      head.integer(4, 3)
    }
    head.end()
    bytes += head.bytes
    bytes += packed
    uncompressedSize += head.bytes.count + content.count
  }

  private static func compressed(_ content: [UInt8]) -> [UInt8] {
    let room = thr_zstd_bound(content.count)
    return [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      // The room is enough by what the library says of it.
      count = max(
        0, thr_zstd_compress(content, content.count, buffer.baseAddress, room, level))
    }
  }
}
