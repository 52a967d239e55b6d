import CKernels

/// How numbers are written: with which decimal mark, and what separates thousands.
struct NumberNotation: Hashable, Sendable {
  var decimal = UInt8(ascii: ".")
  var thousands: UInt8?

  static let plain = NumberNotation()
  static let decimalComma = NumberNotation(decimal: UInt8(ascii: ","))
  static let groupedByComma = NumberNotation(thousands: UInt8(ascii: ","))
  static let groupedByPoint = NumberNotation(
    decimal: UInt8(ascii: ","), thousands: UInt8(ascii: "."))

  /// The number of a cell, without spaces around it; `nil` for anything else.
  ///
  /// A group of a zero alone is none: `0,123` has a decimal comma.
  func number(_ cell: Bytes) -> Double? { number(cell, scaledBy: "") }

  /// - Parameter exponent: what is put after the digits, so that a share is rounded once.
  private func number(_ cell: Bytes, scaledBy exponent: String) -> Double? {
    var digits: [UInt8] = []
    digits.reserveCapacity(cell.count)
    var groups = Groups()
    for byte in cell {
      if byte == thousands {
        if !groups.close() || digits.last == UInt8(ascii: "0") && digits.count == 1 { return nil }
      } else if byte == decimal {
        if !groups.end() { return nil }
        digits.append(UInt8(ascii: "."))
      } else if byte == UInt8(ascii: ".") {
        return nil
      } else {
        groups.take(byte)
        digits.append(byte)
      }
    }
    guard groups.end() else { return nil }
    digits.append(contentsOf: exponent.utf8)
    return digits.withUnsafeBufferPointer { bytes in
      if case .number(let number) = CellText.number(in: bytes) { number } else { nil }
    }
  }

  /// The number of a percentage, as a share: 0.9 for `90%`.
  func share(_ cell: Bytes) -> Double? {
    guard cell.last == UInt8(ascii: "%") else { return nil }
    let number = CellText.trimmed(Bytes(rebasing: cell.dropLast()))
    guard let last = number.last, last == decimal || last &- UInt8(ascii: "0") < 10,
      !number.contains(where: { $0 | 0x20 == UInt8(ascii: "e") })
    else { return nil }
    return self.number(number, scaledBy: "e-2")
  }

  /// The groups of digits ahead of the decimal mark: one to three digits, then three each.
  private struct Groups {
    private var size = 0
    private var isFirst = true
    private var isOver = false

    mutating func take(_ byte: UInt8) {
      if isOver { return }
      if byte &- UInt8(ascii: "0") < 10 { size += 1 } else if size > 0 { _ = end() }
    }

    /// Ends a group at a mark of thousands.
    mutating func close() -> Bool {
      guard !isOver, isFirst ? (1...3).contains(size) : size == 3 else { return false }
      (size, isFirst) = (0, false)
      return true
    }

    /// Ends the last group; false where it is no whole one.
    mutating func end() -> Bool {
      if isOver { return true }
      isOver = true
      return isFirst || size == 3
    }
  }
}

extension NumberNotation {
  /// The style that options ask for; `nil` where they leave it to the file.
  init?(_ options: ReadingOptions) throws(TableError) {
    let decimal = try Self.mark(options.decimal, among: ".,", "decimal")
    let thousands = try Self.mark(options.thousands, among: ",.' _", "thousands")
    guard decimal != nil || thousands != nil else { return nil }
    let isGrouped = thousands == UInt8(ascii: ".")
    self.init(
      decimal: decimal ?? UInt8(ascii: isGrouped ? "," : "."), thousands: thousands)
    if self.decimal == thousands {
      throw TableError(.unsuitableMark(options.thousands ?? "", option: "thousands"))
    }
  }

  private static func mark(
    _ text: String?, among marks: String, _ option: String
  ) throws(TableError) -> UInt8? {
    guard let text else { return nil }
    guard text.utf8.count == 1, let byte = text.utf8.first, marks.utf8.contains(byte) else {
      throw TableError(.unsuitableMark(text, option: option))
    }
    return byte
  }
}
