import CADBC

/// The cells of one Arrow array.
struct ArrowCells {
  /// A cell: a number, a whole number that no Double holds as text, another text, or nothing.
  enum Cell: Equatable {
    case number(Double)
    case inexact(String)
    case text(String)
    case missing
  }

  private let format: ArrowFormat
  private let array: ArrowArray
  private let validity: UnsafeRawPointer?
  private let data: UnsafeRawPointer?

  /// - Throws: `unexpectedAnswer` for an array that does not have what its format needs.
  init(
    _ array: ArrowArray, _ format: ArrowFormat, engine: String
  ) throws(DatabaseError) {
    self.array = array
    self.format = format
    let plain: ArrowFormat = if case .dictionary(let index, _) = format { index } else { format }
    guard array.length >= 0, array.offset >= 0,
      array.n_buffers == plain.bufferCount || plain == .missing,
      plain.bufferCount == 0 || array.buffers != nil
    else {
      throw .unexpectedAnswer(engine: engine, reason: "an Arrow array lacks buffers")
    }
    validity = plain.bufferCount > 0 ? array.buffers[0].map { UnsafeRawPointer($0) } : nil
    data = plain.bufferCount > 1 ? array.buffers[1].map { UnsafeRawPointer($0) } : nil
    if case .dictionary = format, array.dictionary == nil {
      throw .unexpectedAnswer(engine: engine, reason: "an Arrow dictionary is missing")
    }
    if plain.bufferCount > 1, data == nil, array.length > 0 {
      throw .unexpectedAnswer(engine: engine, reason: "an Arrow array has no data")
    }
  }

  /// The doubles of the cells, where that is what they are and none is missing.
  var doubles: UnsafeBufferPointer<Double>? {
    guard format == .double, validity == nil || array.null_count == 0, let data,
      Int(bitPattern: data) % 8 == 0
    else { return nil }
    let start = data.assumingMemoryBound(to: Double.self) + Int(array.offset)
    return UnsafeBufferPointer(start: start, count: Int(array.length))
  }

  var count: Int { Int(array.length) }

  /// The cell at a position below `count`.
  ///
  /// - Throws: `unexpectedAnswer` where it points outside its buffers.
  func cell(_ position: Int, engine: String) throws(DatabaseError) -> Cell {
    let place = position + Int(array.offset)
    guard isPresent(place), let data else { return .missing }
    switch format {
    case .missing: return .missing
    case .boolean: return .text(Self.bit(data, place) ? "true" : "false")
    case .single: return .number(Double(data.load(Float.self, place)))
    case .double: return .number(data.load(Double.self, place))
    case .whole(let bytes, let isSigned): return data.whole(place, bytes, isSigned)
    case .decimal(let scale):
      return Decimal128.cell(
        data.load(UInt64.self, 2 * place), data.load(Int64.self, 2 * place + 1), scale)
    case .text(let isWide): return .text(try text(data, place, isWide, engine))
    case .bytes(let isWide):
      return .text(Self.hexadecimal(try bytes(data, place, isWide, engine)))
    case .days: return .text(DayText.day(Int64(data.load(Int32.self, place))))
    case .dayMilliseconds:
      return .text(DayText.day(DayText.floor(data.load(Int64.self, place), 86_400_000).quotient))
    case .time(let perSecond, let bytes):
      let units = bytes == 4 ? Int64(data.load(Int32.self, place)) : data.load(Int64.self, place)
      return .text(DayText.time(units, perSecond))
    case .instant(let perSecond, let hasZone):
      return .text(DayText.instant(data.load(Int64.self, place), perSecond) + (hasZone ? "Z" : ""))
    case .dictionary(let index, let values): return try level(data, place, index, values, engine)
    }
  }

  private func isPresent(_ place: Int) -> Bool { validity.map { Self.bit($0, place) } ?? true }

  private static func bit(_ bits: UnsafeRawPointer, _ place: Int) -> Bool {
    bits.load(fromByteOffset: place / 8, as: UInt8.self) >> UInt8(place % 8) & 1 == 1
  }

  private func level(
    _ data: UnsafeRawPointer, _ place: Int, _ index: ArrowFormat, _ values: ArrowFormat,
    _ engine: String
  ) throws(DatabaseError) -> Cell {
    guard case .whole(let bytes, let isSigned) = index, let dictionary = array.dictionary,
      case .number(let number) = data.whole(place, bytes, isSigned), number >= 0,
      number < Double(dictionary.pointee.length)
    else { throw .unexpectedAnswer(engine: engine, reason: "an Arrow dictionary is too short") }
    return try ArrowCells(dictionary.pointee, values, engine: engine)
      .cell(Int(number), engine: engine)
  }

  private func bytes(
    _ offsets: UnsafeRawPointer, _ place: Int, _ isWide: Bool, _ engine: String
  ) throws(DatabaseError) -> UnsafeRawBufferPointer {
    func offset(_ place: Int) -> Int64 {
      isWide ? offsets.load(Int64.self, place) : Int64(offsets.load(Int32.self, place))
    }
    let (start, end) = (offset(place), offset(place + 1))
    if start == end { return UnsafeRawBufferPointer(start: nil, count: 0) }
    guard start >= 0, end > start, let content = array.buffers[2] else {
      throw .unexpectedAnswer(engine: engine, reason: "an Arrow text has no bytes")
    }
    return UnsafeRawBufferPointer(start: content + Int(start), count: Int(end - start))
  }

  private func text(
    _ offsets: UnsafeRawPointer, _ place: Int, _ isWide: Bool, _ engine: String
  ) throws(DatabaseError) -> String {
    let bytes = try bytes(offsets, place, isWide, engine)
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw .unexpectedAnswer(engine: engine, reason: "a text is not UTF-8")
    }
    return text
  }

  private static func hexadecimal(_ bytes: UnsafeRawBufferPointer) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return "0x"
      + String(
        decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

extension UnsafeRawPointer {
  /// A value of an array of values, which may stand at any address.
  func load<Value: BitwiseCopyable>(_: Value.Type, _ place: Int) -> Value {
    loadUnaligned(fromByteOffset: place * MemoryLayout<Value>.stride, as: Value.self)
  }

  fileprivate func whole(_ place: Int, _ bytes: Int, _ isSigned: Bool) -> ArrowCells.Cell {
    switch (bytes, isSigned) {
    case (1, true): .number(Double(load(Int8.self, place)))
    case (1, false): .number(Double(load(UInt8.self, place)))
    case (2, true): .number(Double(load(Int16.self, place)))
    case (2, false): .number(Double(load(UInt16.self, place)))
    case (4, true): .number(Double(load(Int32.self, place)))
    case (4, false): .number(Double(load(UInt32.self, place)))
    case (_, true): Self.cell(load(Int64.self, place))
    case (_, false): Self.cell(load(UInt64.self, place))
    }
  }

  private static func cell<Whole: FixedWidthInteger>(_ whole: Whole) -> ArrowCells.Cell {
    Double(exactly: whole).map { .number($0) } ?? .inexact("\(whole)")
  }
}

/// Numbers of 16 bytes.
enum Decimal128 {
  /// - Parameter scale: How many digits stand after the point.
  static func cell(_ low: UInt64, _ high: Int64, _ scale: Int) -> ArrowCells.Cell {
    let isNegative = high < 0
    var (low, high) = (low, UInt64(bitPattern: high))
    if isNegative {
      (low, high) = (~low &+ 1, ~high &+ (low == 0 ? 1 : 0))
    }
    var digits = digits(low, high)
    if scale > 0 {
      if digits.count <= scale {
        digits = String(repeating: "0", count: scale + 1 - digits.count) + digits
      }
      let point = digits.index(digits.endIndex, offsetBy: -scale)
      digits = "\(digits[..<point]).\(digits[point...])"
    } else {
      digits += String(repeating: "0", count: -scale)
    }
    let text = (isNegative ? "-" : "") + digits
    // A whole number beyond 2^53 is kept as it is; a fraction is the nearest Double, as in a file.
    guard let number = Double(text) else { return .inexact(text) }
    let isWhole = scale <= 0 || digits.drop { $0 != "." }.dropFirst().allSatisfy { $0 == "0" }
    return isWhole && number.magnitude > 9_007_199_254_740_992 ? .inexact(text) : .number(number)
  }

  private static func digits(_ low: UInt64, _ high: UInt64) -> String {
    if high == 0 { return "\(low)" }
    let billion: UInt64 = 1_000_000_000_000_000_000
    let (upper, rest) = (high / billion, high % billion)
    let (lower, last) = billion.dividingFullWidth((rest, low))
    let tail = "\(last)"
    return digits(lower, upper) + String(repeating: "0", count: 18 - tail.count) + tail
  }
}
