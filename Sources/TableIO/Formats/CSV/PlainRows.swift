import CKernels

/// Rows on their way from the window to the columns: few enough to stay in the processor's cache.
///
/// Rows without escapes, spaces, odd spellings and faults, which are nearly all rows of nearly all
/// files, are read here, in one look at each byte; every other row needs another look elsewhere.
final class PlainRows {
  /// What the cells of a column are read as.
  enum Kind: UInt8 {
    case numbers, texts
    /// Texts were found where numbers were assumed: cells are not kept any more.
    case broken
    /// The column is not wanted: its cells are stepped over.
    case skipped
  }

  /// Rows of so many columns that stay in the processor's cache.
  static func capacity(columns: Int) -> Int { max(16, (1 << 14) / columns) }

  private(set) var count = 0

  /// Whether a cell that was stepped over holds a comma.
  private(set) var skippedComma = false

  private let kinds: UnsafeMutablePointer<Kind>
  private let columns: [ColumnBuilder]
  private let delimiter: UInt8
  private let missing: MissingCells
  private let capacity: Int

  /// Column after column: numbers, NaN where one is missing, or the codes of texts.
  private let cells: UnsafeMutablePointer<Double>

  /// For each column whether it is skipped, as the kernel takes it.
  private let skipped: UnsafeMutablePointer<UInt8>

  init(
    kinds: UnsafeMutablePointer<Kind>, columns: [ColumnBuilder], delimiter: UInt8,
    missing: MissingCells, capacity: Int
  ) {
    self.kinds = kinds
    self.columns = columns
    self.delimiter = delimiter
    self.missing = missing
    self.capacity = capacity
    cells = .allocate(capacity: capacity * columns.count)
    skipped = .allocate(capacity: columns.count)
    for index in columns.indices { skipped[index] = kinds[index] == .skipped ? 1 : 0 }
  }

  deinit {
    cells.deallocate()
    skipped.deallocate()
  }

  var isFull: Bool { count == capacity }

  /// The cells of a column in the rows that were kept.
  func cells(of column: Int) -> UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: cells + column * capacity, count: count)
  }

  func removeAll() { count = 0 }

  func forgetCommas() { skippedComma = false }

  /// Writes a cell of the next row, which `keepRow` adds.
  func set(_ cell: Double, column: Int) { cells[column * capacity + count] = cell }

  func keepRow() { count += 1 }

  /// Reads rows of plain numbers, keeps them, and returns where the first other row begins, or the
  /// next one where there is no room.
  ///
  /// No column may hold texts, and commas in skipped columns must not matter.
  func readNumbers(
    from start: UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>
  ) -> UnsafePointer<UInt8> {
    var count = count
    let next = thr_read_plain_rows(
      start, end, skipped, columns.count, delimiter, cells, capacity, capacity, &count)
    self.count = count
    return next ?? start
  }

  /// Reads a row without keeping it yet, and returns where the next one begins; `nil` if the row
  /// needs another look.
  @inline(__always)
  func readRow(
    at start: UnsafePointer<UInt8>, before limit: UnsafePointer<UInt8>
  ) -> UnsafePointer<UInt8>? {
    var cursor = start
    var column = 0
    while true {
      let after: UnsafePointer<UInt8>?
      switch kinds[column] {
      case .numbers: after = readNumber(at: cursor, before: limit, column)
      case .texts: after = readText(at: cursor, before: limit, column)
      case .skipped: after = skip(at: cursor, before: limit, column)
      case .broken: after = nil
      }
      guard let after, after < limit else { return nil }
      column += 1
      cursor = after + 1
      if after.pointee == delimiter {
        if column == columns.count { return nil }
      } else if column < columns.count {
        return nil
      } else if after.pointee == 0x0A {
        return cursor
      } else {
        // CR LF ends a line as well; a CR alone is rare.
        return after.pointee == 0x0D && cursor < limit && cursor.pointee == 0x0A
          ? cursor + 1 : nil
      }
    }
  }

  @inline(__always)
  private func readNumber(
    at cursor: UnsafePointer<UInt8>, before limit: UnsafePointer<UInt8>, _ column: Int
  ) -> UnsafePointer<UInt8>? {
    guard cursor < limit else { return nil }
    let first = cursor.pointee
    let digit = first &- UInt8(ascii: "0")
    if digit < 10, cursor + 1 < limit, cursor[1] == 0x0A || cursor[1] == delimiter {
      // A label, most likely.
      set(Double(digit), column: column)
      return cursor + 1
    }
    if first == delimiter || (first == 0x0A && column > 0) {
      // Nothing stands here: the cell is missing. An empty line is no row.
      set(.nan, column: column)
      return cursor
    }
    let isQuoted = first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
    let start = isQuoted ? cursor + 1 : cursor
    guard start < limit, Self.beginsNumber(start.pointee) else { return nil }
    var value = 0.0
    let length = thr_parse_number(start, limit, &value)
    guard length > 0, !value.isNaN, Self.isPlain(value, start, length) else { return nil }
    set(value, column: column)
    if !isQuoted { return start + length }
    let quote = start + length
    return quote < limit && quote.pointee == first ? quote + 1 : nil
  }

  @inline(__always)
  private static func beginsNumber(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  /// Whether a number is all that its characters say: an integer of this size may not be exact, and
  /// `007` may be no number at all.
  @inline(__always)
  private static func isPlain(
    _ value: Double, _ start: UnsafePointer<UInt8>, _ length: Int
  ) -> Bool {
    if value.magnitude >= 0x1p53, value.isFinite { return false }
    return start.pointee != UInt8(ascii: "0") || length == 1
      || start[1] &- UInt8(ascii: "0") >= 10
  }

  /// Steps over a cell, in quotes or not.
  private func skip(
    at start: UnsafePointer<UInt8>, before limit: UnsafePointer<UInt8>, _ column: Int
  ) -> UnsafePointer<UInt8>? {
    guard start < limit else { return nil }
    let first = start.pointee
    if CellText.isSpace(first), first != delimiter { return nil }
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      guard let end = endOfQuoted(at: start, before: limit) else { return nil }
      noteComma(start, end)
      return end
    }
    guard let end = thr_find_field_end(start, limit, delimiter) else { return nil }
    // An empty line is no row.
    guard end < limit, end > start || column > 0 || first == delimiter else { return nil }
    noteComma(start, end)
    return end
  }

  /// Where commas may be decimal marks, cells that are not read may have some.
  private func noteComma(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
    guard delimiter != UInt8(ascii: ","), !skippedComma else { return }
    skippedComma = Bytes(start: start, count: end - start).contains(UInt8(ascii: ","))
  }

  private func readText(
    at start: UnsafePointer<UInt8>, before limit: UnsafePointer<UInt8>, _ column: Int
  ) -> UnsafePointer<UInt8>? {
    guard start < limit else { return nil }
    let first = start.pointee
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      return readQuotedText(at: start, before: limit, column)
    }
    var cursor = start
    while cursor < limit, cursor.pointee != delimiter, cursor.pointee != 0x0A,
      cursor.pointee != 0x0D
    {
      cursor += 1
    }
    guard cursor < limit, cursor > start, !CellText.isSpace(first),
      !CellText.isSpace(cursor[-1])
    else { return nil }
    let text = Bytes(start: start, count: cursor - start)
    return !missing.contains(text) && keep(text, column) ? cursor : nil
  }

  /// A text in quotes that holds neither quotes nor line ends.
  private func readQuotedText(
    at start: UnsafePointer<UInt8>, before limit: UnsafePointer<UInt8>, _ column: Int
  ) -> UnsafePointer<UInt8>? {
    // A text must be known to end here before it becomes a level of its column.
    guard let end = endOfQuoted(at: start, before: limit) else { return nil }
    return keep(Bytes(start: start + 1, count: end - start - 2), column) ? end : nil
  }

  /// What ends a cell in quotes that holds neither quotes nor line ends.
  private func endOfQuoted(
    at start: UnsafePointer<UInt8>, before limit: UnsafePointer<UInt8>
  ) -> UnsafePointer<UInt8>? {
    var cursor = start + 1
    while cursor < limit, cursor.pointee != start.pointee {
      if cursor.pointee == 0x0A || cursor.pointee == 0x0D { return nil }
      cursor += 1
    }
    guard cursor + 1 < limit, cursor[1] == delimiter || cursor[1] == 0x0A || cursor[1] == 0x0D
    else { return nil }
    return cursor + 1
  }

  /// Whether it is text at all, in UTF-8.
  private func keep(_ text: Bytes, _ column: Int) -> Bool {
    guard let code = columns[column].code(for: text) else { return false }
    set(Double(code), column: column)
    return true
  }
}
