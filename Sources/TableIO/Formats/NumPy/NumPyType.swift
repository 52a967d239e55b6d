/// The type of an array's elements, such as `<f8`.
struct NumPyType: Hashable {
  enum Kind: Hashable {
    case float, signed, unsigned, boolean
    /// Characters of a byte, or of four, up to the first 0.
    case bytes, characters
    case timestamp(perSecond: Int64), date
  }

  let kind: Kind
  let isBigEndian: Bool

  /// Bytes of an element.
  let size: Int

  /// Why a type is not read.
  enum Refusal: Error {
    case unknown(String)
    case objects
    case unsupported(String)
  }

  /// - Parameter text: order, kind and size as numpy writes them.
  init(_ text: String) throws(Refusal) {
    let characters = Array(text)
    guard characters.count >= 2, "<>|=".contains(characters[0]) else { throw .unknown(text) }
    isBigEndian = characters[0] == ">"
    let rest = characters.dropFirst(2)
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    let unit = String(rest.dropFirst(digits.count))
    let number = Int(String(digits)) ?? 0
    if characters[1] == "O" { throw .objects }
    guard let kind = Self.kind(characters[1], number, unit) else { throw .unsupported(text) }
    self.kind = kind
    guard number <= 1 << 24 else { throw .unsupported(text) }
    size = kind == .characters ? number * 4 : number
  }

  private static func kind(_ letter: Character, _ size: Int, _ unit: String) -> Kind? {
    switch (letter, size) {
    case ("f", 2), ("f", 4), ("f", 8): .float
    case ("i", 1), ("i", 2), ("i", 4), ("i", 8): .signed
    case ("u", 1), ("u", 2), ("u", 4), ("u", 8): .unsigned
    case ("b", 1): .boolean
    case ("S", _), ("a", _): .bytes
    case ("U", _): .characters
    case ("M", 8): timeUnit(unit)
    default: nil
    }
  }

  private static func timeUnit(_ unit: String) -> Kind? {
    switch unit {
    case "[D]": .date
    case "[s]": .timestamp(perSecond: 1)
    case "[ms]": .timestamp(perSecond: 1_000)
    case "[us]": .timestamp(perSecond: 1_000_000)
    case "[ns]": .timestamp(perSecond: 1_000_000_000)
    default: nil
    }
  }

  var holdsTexts: Bool {
    switch kind {
    case .float, .signed, .unsigned: false
    case .boolean, .bytes, .characters, .timestamp, .date: true
    }
  }

  /// What the integers of such an element stand for; `nil` for other elements.
  var meaning: CellMeaning? {
    switch kind {
    case .float, .bytes, .characters: nil
    case .signed: .integer
    case .unsigned: .unsigned
    case .boolean: .boolean
    case .date: .date(perDay: 1)
    case .timestamp(let perSecond): .timestamp(perSecond: perSecond, isUTC: false)
    }
  }
}

// MARK: - Elements

extension NumPyType {
  /// `NaT`, the missing time.
  private static let noTime = Int64.min

  /// Appends the elements that lie `stride` bytes apart.
  ///
  /// - Returns: the number of the first element that is no text in UTF-8 or Unicode.
  func append(
    _ count: Int, stride: Int, of bytes: UnsafeRawBufferPointer, to column: BinaryColumn
  ) -> Int? {
    if !column.holdsTexts, let block = block(count, stride, bytes) {
      column.append(block: block, isValid: nil)
      return nil
    }
    for index in 0..<count {
      let element = UnsafeRawBufferPointer(rebasing: bytes[index * stride..<index * stride + size])
      switch kind {
      case .float: column.append(float(element))
      case .bytes, .characters:
        guard let code = code(of: element, in: column) else { return index }
        column.append(code: code)
      default:
        guard let meaning else { continue }
        let value = integer(element)
        let isMissing = value == Self.noTime && meaning.isText
        if isMissing { column.appendMissing() } else { column.append(value, meaning) }
      }
    }
    return nil
  }

  /// All numbers at once; `nil` where the elements are none, or no Double holds one of them.
  private func block(
    _ count: Int, _ stride: Int, _ bytes: UnsafeRawBufferPointer
  ) -> [Double]? {
    func integers<Number: FixedWidthInteger & BitwiseCopyable>(_ type: Number.Type) -> [Double]? {
      NumberBlock.integers(type, count: count, stride: stride, of: bytes, isSwapped: isBigEndian)
    }
    switch (kind, size) {
    case (.signed, 1): return integers(Int8.self)
    case (.signed, 2): return integers(Int16.self)
    case (.signed, 4): return integers(Int32.self)
    case (.signed, 8): return integers(Int64.self)
    case (.unsigned, 1): return integers(UInt8.self)
    case (.unsigned, 2): return integers(UInt16.self)
    case (.unsigned, 4): return integers(UInt32.self)
    case (.unsigned, 8): return integers(UInt64.self)
    case (.float, 2):
      return NumberBlock.floats(
        UInt16.self, count: count, stride: stride, of: bytes, isSwapped: isBigEndian,
        HalfPrecision.number)
    case (.float, 4):
      return NumberBlock.floats(
        UInt32.self, count: count, stride: stride, of: bytes, isSwapped: isBigEndian
      ) { Double(Float(bitPattern: $0)) }
    case (.float, 8):
      return NumberBlock.floats(
        UInt64.self, count: count, stride: stride, of: bytes, isSwapped: isBigEndian
      ) { Double(bitPattern: $0) }
    default: return nil
    }
  }

  private func bits(_ element: UnsafeRawBufferPointer) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<size {
      let byte = element[isBigEndian ? size - 1 - index : index]
      value |= UInt64(byte) << UInt64(8 * index)
    }
    return value
  }

  private func float(_ element: UnsafeRawBufferPointer) -> Double {
    let bits = bits(element)
    return switch size {
    case 2: HalfPrecision.number(UInt16(truncatingIfNeeded: bits))
    case 4: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    default: Double(bitPattern: bits)
    }
  }

  private func integer(_ element: UnsafeRawBufferPointer) -> Int64 {
    let value = Int64(bitPattern: bits(element))
    guard kind == .signed, size < 8 else { return value }
    let unused = Int64(64 - 8 * size)
    return (value << unused) >> unused
  }

  private func code(of element: UnsafeRawBufferPointer, in column: BinaryColumn) -> Int32? {
    if kind == .bytes {
      let used = element.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
      return column.code(for: UnsafeRawBufferPointer(rebasing: element[..<used]))
    }
    var text = String.UnicodeScalarView()
    var zeros = 0
    for start in stride(from: 0, to: size, by: 4) {
      var value: UInt32 = 0
      for index in 0..<4 {
        value |= UInt32(element[start + (isBigEndian ? 3 - index : index)]) << UInt32(8 * index)
      }
      guard let scalar = Unicode.Scalar(value) else { return nil }
      // Zeros fill the element up; one within a text is refused with it.
      if value == 0 { zeros += 1 } else if zeros > 0 { return nil } else { text.append(scalar) }
    }
    var string = String(text)
    return string.withUTF8 { column.code(for: UnsafeRawBufferPointer($0)) }
  }
}

/// Floating-point numbers of 16 bits.
enum HalfPrecision {
  static func number(_ bits: UInt16) -> Double {
    let sign = bits >> 15 == 0 ? 1.0 : -1.0
    let exponent = Int(bits >> 10 & 0x1F)
    let fraction = Double(bits & 0x3FF)
    switch exponent {
    case 0: return sign * fraction * 0x1p-24
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default:
      let significand = 1 + fraction / 1_024
      return sign * Double(sign: .plus, exponent: exponent - 15, significand: significand)
    }
  }
}
