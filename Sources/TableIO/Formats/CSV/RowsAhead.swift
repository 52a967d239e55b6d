/// The plain rows at the front of a part of a window, read while it is not known yet whether a row
/// begins there at all.
///
/// One thread has it at a time: the one that hands out parts and takes rows over, and in between
/// the one that reads. That, and kinds which no one changes meanwhile, make it safe to send.
final class RowsAhead: @unchecked Sendable {
  /// Large enough to be worth a thread, small enough for the processor's cache.
  static let partSize = 1 << 18

  let columns: [ColumnBuilder]
  private let rows: PlainRows
  private let kinds: UnsafeMutablePointer<PlainRows.Kind>

  /// How many rows were read.
  private(set) var count = 0

  /// Whether a cell that was stepped over holds a comma.
  var skippedComma: Bool { rows.skippedComma }

  /// Where the part begins, and where the row after the last one read does.
  private(set) var start: UnsafePointer<UInt8>
  private(set) var end: UnsafePointer<UInt8>

  private var limit: UnsafePointer<UInt8>

  /// A reader into columns like these.
  init(
    _ part: Part, kinds: UnsafeMutablePointer<PlainRows.Kind>, columns: [ColumnBuilder],
    delimiter: UInt8, missing: MissingCells
  ) {
    self.kinds = kinds
    self.columns = columns.map { ColumnBuilder(holdsTexts: $0.holdsTexts) }
    rows = PlainRows(
      kinds: kinds, columns: self.columns, delimiter: delimiter, missing: missing,
      capacity: PlainRows.capacity(columns: columns.count))
    (start, end, limit) = (part.start, part.start, part.end)
  }

  /// Hands out another part, and forgets the rows of the one before.
  func move(to part: Part) {
    (start, end, limit) = (part.start, part.start, part.end)
    count = 0
    rows.forgetCommas()
    for column in columns { column.removeAll() }
  }

  /// Reads rows up to the part's end, or up to the first that needs another look.
  func read() {
    while end < limit {
      if rows.isFull { flush() }
      guard let next = rows.readRow(at: end, before: limit) else { break }
      rows.keepRow()
      count += 1
      end = next
    }
    flush()
  }

  private func flush() {
    for (index, column) in columns.enumerated() where kinds[index] != .skipped {
      column.append(rows.cells(of: index))
    }
    rows.removeAll()
  }

  typealias Part = (start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>)

  /// Parts of a window that each begin after a line end, where a row is likely to begin; the
  /// first begins with the window.
  static func parts(of window: Bytes) -> [Part] {
    guard let base = window.baseAddress else { return [] }
    var parts: [Part] = []
    var start = 0
    while start < window.count {
      let lineEnd = window.dropFirst(start + partSize).firstIndex(of: 0x0A)
      let end = lineEnd.map { $0 + 1 } ?? window.count
      parts.append((base + start, base + end))
      start = end
    }
    return parts
  }
}
