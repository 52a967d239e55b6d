/// The cells of a column in one row group, while they are read: numbers in place, or texts.
///
/// One thread has it at a time.
final class ParquetSink {
  private let column: ParquetColumn
  /// Where the numbers of the group go; `nil` for texts.
  private let numbers: UnsafeMutablePointer<Double>?
  let texts: ColumnBuilder?

  private(set) var missingCount = 0
  private(set) var notANumber: (count: Int, firstRow: Int)?
  /// The first integer that no Double holds, and its row.
  private(set) var firstInexact: (digits: String, row: Int)?

  /// The rows that are done.
  private(set) var rows = 0

  /// Whether the values of a dictionary are read, which are missing only where they are used.
  private var isDefining = false
  private var dictionary: (numbers: [Double], codes: [Int32])?

  init(_ column: ParquetColumn, numbers: UnsafeMutablePointer<Double>?) {
    (self.column, self.numbers) = (column, numbers)
    texts = numbers == nil ? ColumnBuilder(holdsTexts: true) : nil
  }

  /// Takes the distinct values that later pages have numbers of.
  func define(_ values: ParquetValues) throws(ParquetFault) {
    guard column.values != .null else { return }
    guard values.count <= values.bytes.count else {
      throw .damaged("a dictionary of \(values.count) values in \(values.bytes.count) bytes")
    }
    try ParquetFault.requireMemory(values.count * 8)
    isDefining = true
    defer { isDefining = false }
    var (numbers, codes) = ([Double](), [Int32]())
    if texts == nil {
      numbers = [Double](repeating: .nan, count: values.count)
      var fault: ParquetFault?
      numbers.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        do throws(ParquetFault) { try decode(values, into: base, firstRow: rows) } catch {
          fault = error
        }
      }
      if let fault { throw fault }
    } else {
      codes.reserveCapacity(values.count)
      try decode(values) { codes.append($0) }
    }
    dictionary = (numbers, codes)
  }

  /// Takes the values of a page.
  ///
  /// - Parameters:
  ///   - levels: 0 for each row that has none, 1 for the others; `nil` where all have one.
  ///   - rows: how many rows the page has.
  func append(
    _ values: ParquetValues, levels: ParquetNumbers?, rows count: Int
  ) throws(ParquetFault) {
    if column.values == .null {
      appendMissing(count)
    } else if let numbers {
      try decode(values, into: numbers + rows, firstRow: rows)
      if let levels { spread(values.count, over: count, levels, at: numbers + rows) }
      rows += count
    } else {
      try appendTexts(values, levels, count)
    }
  }

  private func appendMissing(_ count: Int) {
    texts?.appendMissing(count)
    if let numbers { (numbers + rows).update(repeating: .nan, count: count) }
    missingCount += count
    rows += count
  }

  /// Moves the values that are there to their rows, the last one first.
  private func spread(
    _ present: Int, over count: Int, _ levels: ParquetNumbers,
    at output: UnsafeMutablePointer<Double>
  ) {
    missingCount += count - present
    var from = present
    for row in stride(from: count - 1, through: 0, by: -1) {
      if levels.start[row] != 0 {
        from -= 1
        output[row] = output[from]
      } else {
        output[row] = .nan
      }
    }
  }

  private func isOfDictionary(_ values: ParquetValues) -> Bool {
    values.encoding == 2 || values.encoding == 8
  }

  /// The numbers of values in the dictionary.
  private func places(
    of values: ParquetValues, count: Int
  ) throws(ParquetFault) -> ParquetNumbers {
    let places = try ParquetNumbers(count: values.count)
    guard values.count > 0 else { return places }
    guard let bits = values.bytes.first else { throw .damaged("an empty page") }
    let runs = UnsafeRawBufferPointer(rebasing: values.bytes[1...])
    try RunLengths.decode(runs, bits: Int(bits), count: values.count, into: places.start)
    var highest: UInt32 = 0
    for index in 0..<values.count {
      highest = max(highest, UInt32(bitPattern: places.start[index]))
    }
    guard Int(highest) < count else {
      throw .damaged("value \(highest) of a dictionary of \(count)")
    }
    return places
  }
}

// MARK: - Numbers

extension ParquetSink {
  private func decode(
    _ values: ParquetValues, into output: UnsafeMutablePointer<Double>, firstRow: Int
  ) throws(ParquetFault) {
    if isOfDictionary(values) {
      try look(up: values, into: output)
    } else {
      try decodePlainly(values, into: output, firstRow: firstRow)
    }
    countMissing(output, values.count, firstRow)
  }

  private func look(
    up values: ParquetValues, into output: UnsafeMutablePointer<Double>
  ) throws(ParquetFault) {
    guard let known = dictionary?.numbers else { throw .damaged("its dictionary is missing") }
    let places = try places(of: values, count: known.count)
    known.withUnsafeBufferPointer { known in
      for index in 0..<values.count { output[index] = known[Int(places.start[index])] }
    }
    withExtendedLifetime(places) {}
  }

  private func decodePlainly(
    _ values: ParquetValues, into output: UnsafeMutablePointer<Double>, firstRow: Int
  ) throws(ParquetFault) {
    var place = 0
    switch column.values {
    case .floats: try values.floats(into: output)
    case .half:
      try values.slices { (bytes) throws(ParquetFault) in
        output[place] = HalfPrecision.number(bytes.loadUnaligned(as: UInt16.self))
        place += 1
      }
    case .integers(let meaning):
      try values.integers { index, value in
        output[index] = meaning.number(value) ?? inexact(value, meaning, row: firstRow + index)
      }
    case .decimals(let scale):
      let meaning = CellMeaning.decimal(scale: scale)
      try values.slices { (bytes) throws(ParquetFault) in
        let value = try Self.wide(bytes)
        output[place] = meaning.number(value) ?? inexact(value, meaning, row: firstRow + place)
        place += 1
      }
    case .texts, .uuid, .oldTimestamp, .null: throw .damaged("texts where numbers are expected")
    }
  }

  private func inexact(_ value: Int64, _ meaning: CellMeaning, row: Int) -> Double {
    guard firstInexact == nil else { return .nan }
    var digits: [UInt8] = []
    meaning.write(value, into: &digits)
    firstInexact = (String(decoding: digits, as: UTF8.self), row)
    return .nan
  }

  private func inexact(_ value: Int128, _ meaning: CellMeaning, row: Int) -> Double {
    guard firstInexact == nil else { return .nan }
    var digits: [UInt8] = []
    meaning.write(value, into: &digits)
    firstInexact = (String(decoding: digits, as: UTF8.self), row)
    return .nan
  }

  /// Counts the values that say that they are no number; those of a dictionary count where they are
  /// used.
  private func countMissing(_ output: UnsafeMutablePointer<Double>, _ count: Int, _ row: Int) {
    guard column.values == .floats || column.values == .half else { return }
    var nan = 0
    for index in 0..<count { nan &+= output[index] == output[index] ? 0 : 1 }
    guard nan > 0, !isDefining else { return }
    missingCount += nan
    let first = (0..<count).first { output[$0].isNaN } ?? 0
    notANumber = ((notANumber?.count ?? 0) + nan, notANumber?.firstRow ?? row + first)
  }

  /// A big-endian integer of up to 16 bytes.
  private static func wide(_ bytes: UnsafeRawBufferPointer) throws(ParquetFault) -> Int128 {
    guard bytes.count <= 16 else { throw .unsupported("a decimal of \(bytes.count) bytes") }
    var value: Int128 = (bytes.first ?? 0) & 0x80 == 0 ? 0 : -1
    for byte in bytes { value = value << 8 | Int128(byte) }
    return value
  }
}

// MARK: - Texts

extension ParquetSink {
  private func appendTexts(
    _ values: ParquetValues, _ levels: ParquetNumbers?, _ count: Int
  ) throws(ParquetFault) {
    guard let texts else { return }
    var row = 0
    try decode(values) { code in
      if let levels {
        while row < count, levels.start[row] == 0 {
          texts.appendMissing(1)
          row += 1
        }
      }
      texts.append(code: code)
      row += 1
    }
    texts.appendMissing(count - row)
    missingCount += count - values.count
    rows += count
  }

  /// Calls the body with the code of each value.
  private func decode(
    _ values: ParquetValues, _ body: (Int32) -> Void
  ) throws(ParquetFault) {
    if isOfDictionary(values) {
      guard let codes = dictionary?.codes else { throw .damaged("its dictionary is missing") }
      let places = try places(of: values, count: codes.count)
      for index in 0..<values.count { body(codes[Int(places.start[index])]) }
      return withExtendedLifetime(places) {}
    }
    var text: [UInt8] = []
    func take(_ write: (inout [UInt8]) -> Void) {
      text.removeAll(keepingCapacity: true)
      write(&text)
      body(text.withUnsafeBufferPointer { texts?.code(for: $0) } ?? 0)
    }
    switch column.values {
    case .texts:
      try values.slices { (bytes) throws(ParquetFault) in body(try code(for: bytes)) }
    case .integers(let meaning):
      try values.integers { _, value in take { meaning.write(value, into: &$0) } }
    case .decimals(let scale):
      try values.slices { (bytes) throws(ParquetFault) in
        let value = try Self.wide(bytes)
        take { CellMeaning.decimal(scale: scale).write(value, into: &$0) }
      }
    case .uuid:
      try values.slices { (bytes) throws(ParquetFault) in take { Self.writeUUID(bytes, &$0) } }
    case .oldTimestamp:
      try values.slices { (bytes) throws(ParquetFault) in take { Self.writeTime(bytes, &$0) } }
    case .floats, .half, .null: throw .damaged("numbers where texts are expected")
    }
  }

  private func code(for bytes: UnsafeRawBufferPointer) throws(ParquetFault) -> Int32 {
    let code = bytes.withMemoryRebound(to: UInt8.self) { texts?.code(for: $0) }
    guard let code else { throw .damaged("a value is no text in UTF-8, or has a NUL in it") }
    return code
  }

  private static func writeUUID(_ bytes: UnsafeRawBufferPointer, _ text: inout [UInt8]) {
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
      for digit in [byte >> 4, byte & 15] { text.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
    }
  }

  /// Nanoseconds of the day, and the Julian day.
  private static func writeTime(_ bytes: UnsafeRawBufferPointer, _ text: inout [UInt8]) {
    let nanoseconds = bytes.loadUnaligned(as: Int64.self)
    let day = Int64(bytes.loadUnaligned(fromByteOffset: 8, as: Int32.self)) - 2_440_588
    CalendarText.appendDate(day, 1, to: &text)
    text.append(UInt8(ascii: "T"))
    // Of such a time no unit is known: three, six or nine digits, as many as it takes.
    let unit: Int64 = [1_000_000, 1_000].first { nanoseconds % $0 == 0 } ?? 1
    CalendarText.appendTime(nanoseconds / unit, 1_000_000_000 / unit, to: &text)
  }
}
