import CKernels

typealias Bytes = UnsafeBufferPointer<UInt8>

/// What the characters of a cell say when they are asked for a number.
enum NumberReading {
  case number(Double)
  /// A number beyond the largest Double.
  case outOfRange
  /// `nan`, as other programs write a value that they do not have.
  case notANumber
  case missing
  case text
}

/// How the characters of a cell are understood, regardless of the quotes around them.
enum CellText {
  /// A decimal number, with spaces around it and a sign before it if need be: digits with a point
  /// and an exponent, or `inf`, `infinity` or `nan` in any case.
  static func number(in cell: Bytes) -> NumberReading {
    let cell = trimmed(cell)
    guard var start = cell.baseAddress, !cell.isEmpty else { return .missing }
    let end = start + cell.count
    if start[0] == UInt8(ascii: "+"), cell.count > 1, start[1] != UInt8(ascii: "-") { start += 1 }
    var value = 0.0
    let length = thr_parse_number(start, end, &value)
    guard start + abs(length) == end else { return isMissing(cell) ? .missing : .text }
    if length < 0 { return .outOfRange }
    if !value.isNaN { return .number(value) }
    // The C++ library takes `nan(anything)` for a NaN as well.
    return length <= 4 ? .notANumber : .text
  }

  /// Whether an unquoted cell says that its value is not known: it is empty, `?`, `NA`, `N/A`,
  /// `#N/A`, `null`, `NULL`, `nan`, `NaN` or `NAN`.
  ///
  /// Other spellings, `Nan` and `Null` among them, are people's names.
  static func isMissing(_ cell: Bytes) -> Bool {
    switch cell.count {
    case 0: true
    case 1: cell[0] == UInt8(ascii: "?")
    case 2: cell.elementsEqual("NA".utf8)
    case 3:
      cell.elementsEqual("N/A".utf8) || cell.elementsEqual("nan".utf8)
        || cell.elementsEqual("NaN".utf8) || cell.elementsEqual("NAN".utf8)
    case 4:
      cell.elementsEqual("#N/A".utf8) || cell.elementsEqual("null".utf8)
        || cell.elementsEqual("NULL".utf8)
    default: false
    }
  }

  /// Without the spaces and tabs around it.
  static func trimmed(_ cell: Bytes) -> Bytes {
    var rest = cell[...]
    while let first = rest.first, isSpace(first) { rest.removeFirst() }
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return Bytes(rebasing: rest)
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}
