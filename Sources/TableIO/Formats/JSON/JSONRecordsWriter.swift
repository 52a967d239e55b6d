import CKernels
import JSONText

/// Writes a table as JSON records on a line each, a piece at a time.
struct JSONRecordsWriter {
  private static let pieceSize = 1 << 16

  private let table: Table
  private let layout: JSONLayout
  private var piece: [UInt8] = []

  /// For each column its key with what stands around it: `,"label":`.
  private let keys: [[UInt8]]

  /// For each column of texts its levels as they stand in the file.
  private let levels: [[[UInt8]]]

  init(_ table: Table, layout: JSONLayout) {
    self.table = table
    self.layout = layout
    keys = table.columns.enumerated().map { index, column in
      (index > 0 ? [UInt8(ascii: ",")] : []) + Self.text(column.name) + [UInt8(ascii: ":")]
    }
    levels = table.columns.map { column in
      if case .texts(let texts) = column.values { texts.levels.map(Self.text) } else { [] }
    }
  }

  mutating func write(
    to emit: ByteEmitter, isCancelled: () -> Bool
  ) throws(FileError) -> Bool {
    if layout == .array { append("[\n") }
    for row in 0..<table.rows {
      append(row)
      append(layout == .array && row + 1 < table.rows ? ",\n" : "\n")
      if piece.count >= Self.pieceSize {
        if isCancelled() { return false }
        try flush(to: emit)
      }
    }
    if layout == .array { append("]\n") }
    try flush(to: emit)
    return true
  }

  private mutating func append(_ row: Int) {
    piece.append(UInt8(ascii: "{"))
    for (index, column) in table.columns.enumerated() {
      piece.append(contentsOf: keys[index])
      switch column.values {
      case .numbers(let numbers): append(numbers.values[row])
      case .texts(let texts):
        let code = texts.codes[row]
        if code == TextValues.missingCode {
          append("null")
        } else {
          piece.append(contentsOf: levels[index][Int(code)])
        }
      }
    }
    piece.append(UInt8(ascii: "}"))
  }

  private mutating func append(_ number: Double) {
    if number.isNaN { return append("null") }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(THR_NUMBER_CAPACITY)) { digits in
      let count = thr_write_number(number, digits.baseAddress)
      piece.append(contentsOf: UnsafeBufferPointer(rebasing: digits[..<count]))
    }
  }

  private mutating func append(_ text: StaticString) {
    piece.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func flush(to emit: ByteEmitter) throws(FileError) {
    let result = piece.withUnsafeBytes { bytes in
      Result { () throws(FileError) in try emit(bytes) }
    }
    piece.removeAll(keepingCapacity: true)
    try result.get()
  }

  private static func text(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    JSON.string(text).write(into: &bytes)
    return bytes
  }
}
