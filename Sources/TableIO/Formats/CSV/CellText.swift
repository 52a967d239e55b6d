import CKernels
import NumberText

typealias Bytes = UnsafeBufferPointer<UInt8>

/// What the characters of a cell say when they are asked for a number.
enum NumberReading {
  case number(Double)
  /// A number beyond the largest Double, or an integer that no Double holds exactly.
  case inexact
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
    if length < 0 { return .inexact }
    if value.isNaN {
      // The C++ library takes `nan(anything)` for a NaN as well.
      return length <= 4 ? .notANumber : .text
    }
    return isExact(value, Bytes(start: start, count: length)) ? .number(value) : .inexact
  }

  /// Whether a number is what its characters say, where these are an integer: ids of 64 bits are
  /// beyond what a Double holds.
  ///
  /// Numbers with a point or an exponent are rounded, as everywhere.
  private static func isExact(_ value: Double, _ text: Bytes) -> Bool {
    guard value.magnitude >= 0x1p53, value.isFinite else { return true }
    let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
    guard digits.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else { return true }
    let significant = digits.drop { $0 == UInt8(ascii: "0") }
    return significant.elementsEqual(value.magnitude.fixedText(decimals: 0).utf8)
  }

  /// Whether a cell that reads as a number begins with a zero that the number does not keep, as
  /// `007`.
  static func hasLeadingZero(_ cell: Bytes) -> Bool {
    cell.count > 1 && cell[0] == UInt8(ascii: "0") && cell[1] &- UInt8(ascii: "0") < 10
  }

  /// Whether an unquoted cell says that its value is not known: it is empty, `?`, `NA`, `N/A`,
  /// `na`, `n/a`, `#N/A`, `null`, `NULL`, `None`, `<NA>`, `nan`, `NaN` or `NAN`.
  ///
  /// Other spellings, `Nan` and `Null` among them, are people's names.
  static func isMissing(_ cell: Bytes) -> Bool { MissingCells.usual.contains(cell) }

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
