import NumberText

extension JSON: CustomStringConvertible {
  /// The value as compact JSON, on one line.
  public var description: String {
    var bytes: [UInt8] = []
    write(into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the value as compact JSON in UTF-8.
  ///
  /// Numbers have the shortest digits that read back exactly, integers below 2⁵³ in full; NaN and
  /// infinities, which JSON lacks, become null.
  public func write(into bytes: inout [UInt8]) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let value) where value.isFinite: JSON.write(value, into: &bytes)
    case .number: bytes.append(contentsOf: "null".utf8)
    case .string(let text): JSON.write(text, into: &bytes)
    case .array(let elements): JSON.write(elements, into: &bytes)
    case .object(let object): JSON.write(object.members, into: &bytes)
    }
  }

  private static func write(_ number: Double, into bytes: inout [UInt8]) {
    // Most numbers are small and whole, and need no text of their own.
    guard let integer = UInt32(exactly: number), number.sign == .plus else {
      bytes.append(contentsOf: number.shortestText.utf8)
      return
    }
    if integer >= 10 { write(tensOf: integer, into: &bytes) }
    bytes.append(UInt8(ascii: "0") + UInt8(integer % 10))
  }

  /// All digits but the last.
  private static func write(tensOf integer: UInt32, into bytes: inout [UInt8]) {
    let tens = integer / 10
    if tens >= 10 { write(tensOf: tens, into: &bytes) }
    bytes.append(UInt8(ascii: "0") + UInt8(tens % 10))
  }

  private static func write(_ elements: [JSON], into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "["))
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      element.write(into: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private static func write(_ members: [Member], into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    for (index, member) in members.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      write(member.key, into: &bytes)
      bytes.append(UInt8(ascii: ":"))
      member.value.write(into: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// Stretches that stand for themselves are copied as they are, and what JSON escapes one by one.
  private static func write(_ text: String, into bytes: inout [UInt8]) {
    var text = text
    bytes.append(UInt8(ascii: "\""))
    text.withUTF8 { characters in
      var rest = characters[...]
      while let place = rest.firstIndex(where: { $0.needsEscape }) {
        bytes.append(contentsOf: rest[..<place])
        write(escaped: rest[place], into: &bytes)
        rest = rest[(place + 1)...]
      }
      bytes.append(contentsOf: rest)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func write(escaped byte: UInt8, into bytes: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(byte)
    case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
    case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
    case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
    default:
      let digits = Array("0123456789abcdef".utf8)
      bytes.append(contentsOf: #"\u00"#.utf8)
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    }
  }
}

extension UInt8 {
  /// Whether JSON, or a program that shows it, takes the byte for something else than a character.
  fileprivate var needsEscape: Bool {
    self < 0x20 || self == UInt8(ascii: "\"") || self == UInt8(ascii: "\\") || self == 0x7F
  }
}
