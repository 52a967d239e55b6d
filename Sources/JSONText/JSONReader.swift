extension JSON {
  /// How many arrays and objects may stand one within the other.
  public static let depthLimit = 512

  /// Reads one value from UTF-8 text, strictly as RFC 8259 says; spaces may stand around it.
  ///
  /// Half of a surrogate pair becomes U+FFFD. O(bytes).
  public init(parsing bytes: some Sequence<UInt8>) throws(JSONError) {
    let contiguous = Array(bytes)
    var result: Result<JSON, JSONError> = .success(.null)
    contiguous.withUnsafeBufferPointer { buffer in
      var reader = JSONReader(buffer)
      result = Result { () throws(JSONError) in try reader.document() }
    }
    self = try result.get()
  }

  public init(parsing text: String) throws(JSONError) {
    try self.init(parsing: text.utf8)
  }
}

/// Walks over the bytes once; a method for each production of the grammar.
struct JSONReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var depth = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  // document = space value space
  mutating func document() throws(JSONError) -> JSON {
    skipSpace()
    let value = try value()
    skipSpace()
    if position < bytes.count { throw unexpected(expecting: "the end") }
    return value
  }

  // value = object | array | string | number | "true" | "false" | "null"
  private mutating func value() throws(JSONError) -> JSON {
    guard position < bytes.count else { throw error(.unexpectedEnd) }
    switch bytes[position] {
    case UInt8(ascii: "{"): return .object(JSON.Object(try object()))
    case UInt8(ascii: "["): return .array(try array())
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    default: throw unexpected(expecting: "a value")
    }
  }

  // array = "[" [ value { "," value } ] "]"
  private mutating func array() throws(JSONError) -> [JSON] {
    try enter()
    var elements: [JSON] = []
    if !take("]") {
      repeat {
        skipSpace()
        elements.append(try value())
        skipSpace()
      } while take(",")
      try expect("]", or: "`,` or `]`")
    }
    depth -= 1
    return elements
  }

  // object = "{" [ member { "," member } ] "}" ; member = string ":" value
  private mutating func object() throws(JSONError) -> [JSON.Member] {
    try enter()
    var members: [JSON.Member] = []
    if !take("}") {
      repeat {
        skipSpace()
        guard position < bytes.count else { throw error(.unexpectedEnd) }
        guard bytes[position] == UInt8(ascii: "\"") else { throw unexpected(expecting: "a key") }
        let key = try string()
        skipSpace()
        try expect(":", or: "`:`")
        skipSpace()
        members.append(JSON.Member(key, try value()))
        skipSpace()
      } while take(",")
      try expect("}", or: "`,` or `}`")
    }
    depth -= 1
    return members
  }

  /// Steps over an opening bracket and the space after it.
  private mutating func enter() throws(JSONError) {
    depth += 1
    guard depth <= JSON.depthLimit else { throw error(.tooDeep(limit: JSON.depthLimit)) }
    position += 1
    skipSpace()
  }

  private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
    let start = position
    for index in 0..<word.utf8CodeUnitCount {
      guard position < bytes.count else { throw error(.unexpectedEnd) }
      guard bytes[position] == word.utf8Start[index] else {
        position = start
        throw unexpected(expecting: "a value")
      }
      position += 1
    }
    return value
  }
}

// MARK: - Numbers

extension JSONReader {
  // number = [ "-" ] ( "0" | digit19 { digit } ) [ "." digits ] [ ( "e" | "E" ) [ "+" | "-" ] digits ]
  private mutating func number() throws(JSONError) -> Double {
    let start = position
    _ = take("-")
    if !take("0") { try digits(from: start) }
    let integerEnd = position
    if take(".") { try digits(from: start) }
    if take("e") || take("E") {
      _ = take("+") || take("-")
      try digits(from: start)
    }
    if position == integerEnd, position - start <= 15 { return smallInteger(from: start) }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let value = Double(text), value.isFinite else {
      position = start
      throw error(.numberOutOfRange)
    }
    return value
  }

  /// One or more digits.
  private mutating func digits(from start: Int) throws(JSONError) {
    let first = position
    while position < bytes.count, bytes[position] &- UInt8(ascii: "0") < 10 { position += 1 }
    if position > first { return }
    if position == bytes.count { throw error(.unexpectedEnd) }
    throw error(.invalidNumber)
  }

  /// At most fifteen characters, so the sum is exact.
  private func smallInteger(from start: Int) -> Double {
    let negative = bytes[start] == UInt8(ascii: "-")
    var value = 0
    for index in (negative ? start + 1 : start)..<position {
      value = value * 10 + Int(bytes[index] - UInt8(ascii: "0"))
    }
    return negative ? -Double(value) : Double(value)
  }
}

// MARK: - Strings

extension JSONReader {
  // string = '"' { any character but '"', "\" and control characters | escape } '"'
  private mutating func string() throws(JSONError) -> String {
    position += 1
    let start = position
    skipPlain()
    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
      defer { position += 1 }
      return try text(UnsafeBufferPointer(rebasing: bytes[start..<position]), at: start)
    }
    var unescaped = Array(bytes[start..<position])
    while true {
      guard position < bytes.count else { throw error(.unexpectedEnd) }
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return try unescaped.withUnsafeBufferPointer { buffer in
          Result { () throws(JSONError) in try text(buffer, at: start) }
        }.get()
      case UInt8(ascii: "\\"): try escape(into: &unescaped)
      case 0..<0x20: throw error(.controlCharacterInString)
      default:
        let plain = position
        skipPlain()
        unescaped.append(contentsOf: bytes[plain..<position])
      }
    }
  }

  private mutating func skipPlain() {
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { return }
      position += 1
    }
  }

  private func text(
    _ utf8: UnsafeBufferPointer<UInt8>, at start: Int
  ) throws(JSONError) -> String {
    guard let text = String(validating: utf8, as: UTF8.self) else {
      throw error(.invalidUTF8, at: start)
    }
    return text
  }

  // escape = "\" ( '"' | "\" | "/" | "b" | "f" | "n" | "r" | "t" | "u" hex hex hex hex )
  private mutating func escape(into unescaped: inout [UInt8]) throws(JSONError) {
    let start = position
    position += 1
    guard position < bytes.count else { throw error(.unexpectedEnd) }
    let letter = bytes[position]
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(letter)
    case UInt8(ascii: "b"): unescaped.append(0x08)
    case UInt8(ascii: "f"): unescaped.append(0x0C)
    case UInt8(ascii: "n"): unescaped.append(0x0A)
    case UInt8(ascii: "r"): unescaped.append(0x0D)
    case UInt8(ascii: "t"): unescaped.append(0x09)
    case UInt8(ascii: "u"):
      position = start
      let scalar = try unicodeEscape()
      unescaped.append(contentsOf: String(Character(scalar)).utf8)
    default: throw error(.invalidEscape, at: start)
    }
  }

  /// One escape, or the two of a surrogate pair.
  private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
    let unit = try codeUnit()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    let next = position
    if unit < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    {
      let low = try codeUnit()
      if (0xDC00...0xDFFF).contains(low) {
        let value = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
        return Unicode.Scalar(value) ?? "\u{FFFD}"
      }
      position = next
    }
    return "\u{FFFD}"
  }

  /// The four hexadecimal digits after `\u`.
  private mutating func codeUnit() throws(JSONError) -> UInt16 {
    let start = position
    position += 2
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard position < bytes.count else { throw error(.unexpectedEnd) }
      guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else {
        throw error(.invalidEscape, at: start)
      }
      unit = unit << 4 | UInt16(truncatingIfNeeded: digit)
      position += 1
    }
    return unit
  }
}

// MARK: - Steps and faults

extension JSONReader {
  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(
    _ character: Unicode.Scalar, or expected: String
  ) throws(JSONError) {
    guard !take(character) else { return }
    if position == bytes.count { throw error(.unexpectedEnd) }
    throw unexpected(expecting: expected)
  }

  private func unexpected(expecting expected: String) -> JSONError {
    let found = String(decoding: bytes[position...].prefix(4), as: UTF8.self).unicodeScalars.first
    return error(.unexpected(found.map { String(Character($0)) } ?? "", expected: expected))
  }

  private func error(_ problem: JSONError.Problem, at place: Int? = nil) -> JSONError {
    let offset = place ?? position
    let before = bytes[..<offset]
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return JSONError(
      problem: problem, offset: offset,
      line: before.reduce(into: 1) { count, byte in count += byte == 0x0A ? 1 : 0 },
      column: String(decoding: bytes[lineStart..<offset], as: UTF8.self).unicodeScalars.count + 1)
  }
}
