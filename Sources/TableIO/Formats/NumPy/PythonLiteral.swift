/// The literals of Python that the header of a .npy file consists of.
enum PythonLiteral: Hashable {
  case text(String)
  case integer(Int)
  case boolean(Bool)
  case none
  case list([PythonLiteral])
  case dictionary([String: PythonLiteral])

  /// `nil` where the bytes are no such literal, with only spaces after it.
  init?(parsing bytes: [UInt8]) {
    var parser = Parser(bytes: bytes)
    guard let value = parser.value(depth: 0) else { return nil }
    parser.skipSpace()
    guard parser.next == nil else { return nil }
    self = value
  }

  var integers: [Int]? {
    guard case .list(let elements) = self else { return nil }
    let integers = elements.compactMap { if case .integer(let number) = $0 { number } else { nil } }
    return integers.count == elements.count ? integers : nil
  }

  private struct Parser {
    static let deepest = 16

    let bytes: [UInt8]
    var place = 0

    var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    mutating func skipSpace() {
      while let byte = next, [0x20, 0x0A, 0x0D, 0x09, 0].contains(byte) { place += 1 }
    }

    mutating func skip(_ character: Character) -> Bool {
      skipSpace()
      guard next == character.asciiValue else { return false }
      place += 1
      return true
    }

    mutating func value(depth: Int) -> PythonLiteral? {
      skipSpace()
      guard depth < Self.deepest, let byte = next else { return nil }
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\""): return text(quote: byte).map { .text($0) }
      case UInt8(ascii: "("): return elements(closedBy: ")", depth: depth)
      case UInt8(ascii: "["): return elements(closedBy: "]", depth: depth)
      case UInt8(ascii: "{"): return members(depth: depth)
      default: return word()
      }
    }

    mutating func text(quote: UInt8) -> String? {
      place += 1
      var content: [UInt8] = []
      while let byte = next, byte != quote {
        place += 1
        guard byte == UInt8(ascii: "\\") else {
          content.append(byte)
          continue
        }
        // Python escapes what it cannot print; a name needs no more than these.
        guard let escaped = next, [byte, UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(escaped)
        else { return nil }
        content.append(escaped)
        place += 1
      }
      guard next == quote else { return nil }
      place += 1
      return String(validating: content, as: UTF8.self)
    }

    /// A tuple of one value ends with a comma.
    mutating func elements(closedBy end: Character, depth: Int) -> PythonLiteral? {
      place += 1
      var elements: [PythonLiteral] = []
      while !skip(end) {
        guard let element = value(depth: depth + 1) else { return nil }
        elements.append(element)
        if !skip(",") { return skip(end) ? .list(elements) : nil }
      }
      return .list(elements)
    }

    mutating func members(depth: Int) -> PythonLiteral? {
      place += 1
      var members: [String: PythonLiteral] = [:]
      while !skip("}") {
        guard case .text(let key)? = value(depth: depth + 1), skip(":"),
          let value = value(depth: depth + 1)
        else { return nil }
        members[key] = value
        if !skip(",") { return skip("}") ? .dictionary(members) : nil }
      }
      return .dictionary(members)
    }

    mutating func word() -> PythonLiteral? {
      let rest = bytes[place...]
      let word = rest.prefix { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"): true
        default: false
        }
      }
      place += word.count
      switch String(decoding: word, as: UTF8.self) {
      case "True": return .boolean(true)
      case "False": return .boolean(false)
      case "None": return PythonLiteral.none
      case let digits:
        // Python 2 wrote long integers with an L.
        return Int(digits.hasSuffix("L") ? String(digits.dropLast()) : digits).map { .integer($0) }
      }
    }
  }
}
