import CKernels

/// Writes a table as comma-separated text, a piece at a time.
struct CSVWriter {
  private static let pieceSize = 1 << 16

  private let table: Table
  private var piece: [UInt8] = []

  /// For each column of texts its levels as they stand in the file.
  private let levels: [[[UInt8]]]

  /// What stands for a missing cell: an empty line of a single column would be skipped.
  private let missing: [UInt8]

  init(_ table: Table) {
    self.table = table
    missing = table.columns.count == 1 ? Array("NA".utf8) : []
    levels = table.columns.map { column in
      if case .texts(let texts) = column.values { return texts.levels.map(Self.cell) }
      return column.spelling?.levels.map { Array($0.utf8) } ?? []
    }
  }

  mutating func write(
    to emit: ByteEmitter, isCancelled: () -> Bool
  ) throws(FileError) -> Bool {
    appendHeader()
    for row in 0..<table.rows {
      append(row)
      if piece.count >= Self.pieceSize {
        if isCancelled() { return false }
        try flush(to: emit)
      }
    }
    try flush(to: emit)
    return true
  }

  private mutating func appendHeader() {
    for (index, name) in table.columnNames.enumerated() {
      if index > 0 { piece.append(UInt8(ascii: ",")) }
      piece.append(contentsOf: Self.cell(name))
    }
    piece.append(UInt8(ascii: "\n"))
  }

  private mutating func append(_ row: Int) {
    for (index, column) in table.columns.enumerated() {
      if index > 0 { piece.append(UInt8(ascii: ",")) }
      switch column.values {
      case .numbers(let numbers):
        if let code = column.spelling?.codes[row], code >= 0 {
          piece.append(contentsOf: levels[index][Int(code)])
        } else {
          append(numbers.values[row])
        }
      case .texts(let texts):
        let code = texts.codes[row]
        piece.append(
          contentsOf: code == TextValues.missingCode ? missing : levels[index][Int(code)])
      }
    }
    piece.append(UInt8(ascii: "\n"))
  }

  private mutating func append(_ number: Double) {
    if number.isNaN { return piece.append(contentsOf: missing) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(THR_NUMBER_CAPACITY)) { digits in
      let count = thr_write_number(number, digits.baseAddress)
      piece.append(contentsOf: UnsafeBufferPointer(rebasing: digits[..<count]))
    }
  }

  private mutating func flush(to emit: ByteEmitter) throws(FileError) {
    let result = piece.withUnsafeBytes { bytes in
      Result { () throws(FileError) in try emit(bytes) }
    }
    piece.removeAll(keepingCapacity: true)
    try result.get()
  }
}

extension CSVWriter {
  /// A text as a cell: in quotes if it could be taken for anything else.
  ///
  /// - Parameter delimiter: what else divides fields.
  static func cell(_ text: String, besides delimiter: UInt8) -> [UInt8] {
    text.utf8.contains(delimiter) ? quoted(Array(text.utf8)) : cell(text)
  }

  private static func cell(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    let needsQuotes = bytes.withUnsafeBufferPointer { bytes in
      if case .text = CellText.number(in: bytes) { bytes.contains(where: isSpecial) } else { true }
    }
    return needsQuotes || hasSpaceAround(bytes) ? quoted(bytes) : bytes
  }

  private static func quoted(_ bytes: [UInt8]) -> [UInt8] {
    var quoted = [UInt8(ascii: "\"")]
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { quoted.append(byte) }
      quoted.append(byte)
    }
    quoted.append(UInt8(ascii: "\""))
    return quoted
  }

  /// Whether a byte divides fields or records here or in a file that others write, or opens quotes.
  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "\""),
      UInt8(ascii: "'"), 0x0A, 0x0D:
      true
    default: false
    }
  }

  private static func hasSpaceAround(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, let last = bytes.last else { return true }
    return CellText.isSpace(first) || CellText.isSpace(last)
  }
}
