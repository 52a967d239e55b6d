import CKernels
import JSONText

/// Why a walk over JSON stopped; the scanner's cursor is where.
enum JSONStop: Error {
  /// The bytes end before the value does.
  case incomplete
  /// Something else stands where this is expected.
  case expected(Expectation)

  enum Expectation: String {
    case value = "a value"
    case key = "a key in double quotes"
    case colon = "`:`"
    case commaOrBrace = "`,` or `}`"
    case commaOrBracket = "`,` or `]`"
    case digit = "a digit"
    case character = "a character or a valid JSON escape"
    case lessDepth = "no deeper nesting"
  }
}

/// What stands under a key of a record; the bytes lie in the text that is walked over.
enum JSONCell {
  /// `null`.
  case missing
  /// `NaN`, which Python writes.
  case notANumber
  /// A number, and its digits.
  case number(Double, Bytes)
  /// A number beyond the largest Double.
  case outOfRange(Bytes)
  /// An integer that no Double holds exactly.
  case inexact(Bytes)
  /// What stands between the quotes.
  case text(Bytes, hasEscapes: Bool)
  /// `true` or `false`.
  case boolean(Bytes)
  /// An array or an object.
  case nested(Bytes)
}

/// Walks over JSON text by RFC 8259, and over the `NaN`, `Infinity` and `-Infinity` of Python.
struct JSONScanner {
  private(set) var cursor: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>

  init(at cursor: UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>) {
    self.cursor = cursor
    self.end = end
  }

  var isAtEnd: Bool { cursor == end }

  /// The next byte, if any.
  var next: UInt8? { cursor < end ? cursor[0] : nil }

  mutating func skipSpace() {
    while cursor < end {
      switch cursor[0] {
      case 0x20, 0x0A, 0x0D, 0x09: cursor += 1
      default: return
      }
    }
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard cursor < end, cursor[0] == UInt8(ascii: character) else { return false }
    cursor += 1
    return true
  }

  // record = "{" [ member { "," member } ] "}" ; member = string ":" value
  mutating func record(
    _ member: (_ key: Bytes, _ hasEscapes: Bool, _ value: JSONCell) -> Void
  ) throws(JSONStop) {
    try step(over: "{", or: .value)
    skipSpace()
    if take("}") { return }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw stop(.key) }
      let (key, hasEscapes) = try string()
      skipSpace()
      try step(over: ":", or: .colon)
      skipSpace()
      member(key, hasEscapes, try value(depth: 1))
      skipSpace()
    } while take(",")
    try step(over: "}", or: .commaOrBrace)
  }

  // value = object | array | string | number | "true" | "false" | "null"
  mutating func value(depth: Int) throws(JSONStop) -> JSONCell {
    let start = cursor
    switch next {
    case UInt8(ascii: "\"")?:
      let (text, hasEscapes) = try string()
      return .text(text, hasEscapes: hasEscapes)
    case UInt8(ascii: "{")?, UInt8(ascii: "[")?:
      try nested(depth: depth)
      return .nested(bytes(from: start))
    case UInt8(ascii: "-")?, (UInt8(ascii: "0")...UInt8(ascii: "9"))?: return try number()
    case UInt8(ascii: "t")?:
      try word("true")
      return .boolean(bytes(from: start))
    case UInt8(ascii: "f")?:
      try word("false")
      return .boolean(bytes(from: start))
    case UInt8(ascii: "n")?:
      try word("null")
      return .missing
    case UInt8(ascii: "N")?:
      try word("NaN")
      return .notANumber
    case UInt8(ascii: "I")?:
      try word("Infinity")
      return .number(.infinity, bytes(from: start))
    default: throw stop(.value)
    }
  }

  private mutating func nested(depth: Int) throws(JSONStop) {
    guard depth < JSON.depthLimit else { throw .expected(.lessDepth) }
    guard next == UInt8(ascii: "[") else { return try record(depth: depth) }
    cursor += 1
    skipSpace()
    if take("]") { return }
    repeat {
      skipSpace()
      _ = try value(depth: depth + 1)
      skipSpace()
    } while take(",")
    try step(over: "]", or: .commaOrBracket)
  }

  private mutating func record(depth: Int) throws(JSONStop) {
    cursor += 1
    skipSpace()
    if take("}") { return }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw stop(.key) }
      _ = try string()
      skipSpace()
      try step(over: ":", or: .colon)
      skipSpace()
      _ = try value(depth: depth + 1)
      skipSpace()
    } while take(",")
    try step(over: "}", or: .commaOrBrace)
  }

  private mutating func word(_ word: StaticString) throws(JSONStop) {
    for index in 0..<word.utf8CodeUnitCount {
      guard cursor < end else { throw .incomplete }
      guard cursor[0] == word.utf8Start[index] else { throw .expected(.value) }
      cursor += 1
    }
  }

  private mutating func step(
    over character: Unicode.Scalar, or expected: JSONStop.Expectation
  ) throws(JSONStop) {
    if !take(character) { throw stop(expected) }
  }

  private func stop(_ expected: JSONStop.Expectation) -> JSONStop {
    isAtEnd ? .incomplete : .expected(expected)
  }

  private func bytes(from start: UnsafePointer<UInt8>) -> Bytes {
    Bytes(start: start, count: cursor - start)
  }
}

// MARK: - Texts

extension JSONScanner {
  /// Steps over a text whose opening quote is next; what escapes mean is found out by `unescaped`.
  private mutating func string() throws(JSONStop) -> (content: Bytes, hasEscapes: Bool) {
    cursor += 1
    let start = cursor
    var hasEscapes = false
    while cursor < end {
      switch cursor[0] {
      case UInt8(ascii: "\""):
        cursor += 1
        return (Bytes(start: start, count: cursor - start - 1), hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        guard end - cursor >= 2 else { throw .incomplete }
        cursor += 2
      case 0..<0x20: throw .expected(.character)
      default: cursor += 1
      }
    }
    throw .incomplete
  }

  /// The text between two quotes in UTF-8; `nil` where an escape is none or the bytes are not UTF-8.
  static func unescaped(_ content: Bytes) -> [UInt8]? {
    let quoted = [UInt8(ascii: "\"")] + Array(content) + [UInt8(ascii: "\"")]
    return (try? JSON(parsing: quoted))?.string.map { Array($0.utf8) }
  }
}

// MARK: - Numbers

extension JSONScanner {
  // number = [ "-" ] ( "0" | digit19 { digit } ) [ "." digits ] [ ( "e" | "E" ) [ "+" | "-" ] digits ]
  private mutating func number() throws(JSONStop) -> JSONCell {
    let start = cursor
    if take("-"), next == UInt8(ascii: "I") {
      try word("Infinity")
      return .number(-.infinity, bytes(from: start))
    }
    if !take("0") { try digits() }
    let integerEnd = cursor
    if take(".") { try digits() }
    if take("e") || take("E") {
      _ = take("+") || take("-")
      try digits()
    }
    let digits = bytes(from: start)
    var value = 0.0
    if thr_parse_number(start, cursor, &value) < 0 { return .outOfRange(digits) }
    let isInteger = cursor == integerEnd
    return isInteger && digits.count > 15 && !Self.isExact(value, digits)
      ? .inexact(digits) : .number(value, digits)
  }

  /// One or more digits.
  private mutating func digits() throws(JSONStop) {
    let first = cursor
    while cursor < end, cursor[0] &- UInt8(ascii: "0") < 10 { cursor += 1 }
    if cursor == first { throw stop(.digit) }
  }

  /// Whether the shortest digits of the Double are those of the text, but for zeros at the end.
  private static func isExact(_ value: Double, _ integer: Bytes) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(THR_NUMBER_CAPACITY)) { buffer in
      let count = thr_write_number(value, buffer.baseAddress)
      let written = buffer[..<count].prefix { $0 != UInt8(ascii: "e") }
      return significant(written).elementsEqual(significant(integer))
    }
  }

  /// The digits without sign, point and the zeros at the end.
  private static func significant(_ digits: some Sequence<UInt8>) -> [UInt8] {
    var kept = digits.filter { $0 &- UInt8(ascii: "0") < 10 }
    while kept.last == UInt8(ascii: "0") { kept.removeLast() }
    return kept
  }
}
