/// The plain rows at the front of a part of a file, read while it is not known yet whether a row
/// begins there at all.
///
/// One thread has it at a time: the one that hands out parts and takes rows over, and in between
/// the one that reads. That makes it safe to send.
final class RowsAhead: @unchecked Sendable {
  /// Large enough to be worth a thread, small enough for the processor's cache.
  static let partSize = 1 << 18

  private let columns: [ColumnBuilder]
  private let rows: PlainRows

  /// The kinds of the columns when the reader was made: a column that breaks meanwhile is not taken
  /// over any more.
  private let kinds: UnsafeMutablePointer<PlainRows.Kind>

  /// Whether all rows may be of plain numbers.
  private let holdsNumbers: Bool

  /// How many rows were read.
  private(set) var count = 0

  /// Whether a cell that was stepped over holds a comma.
  var skippedComma: Bool { rows.skippedComma }

  /// The part, and where the row after the last one read begins.
  private var part: Part?
  private var next: UnsafePointer<UInt8>?

  /// Where the part begins.
  var start: UnsafePointer<UInt8>? { part?.start }

  /// How many bytes the rows take that were read.
  var length: Int {
    guard let part, let next else { return 0 }
    return next - part.start
  }

  /// A reader into columns like these.
  init(
    kinds: UnsafeMutablePointer<PlainRows.Kind>, columns: [ColumnBuilder],
    dialect: CSVDialect
  ) {
    self.kinds = .allocate(capacity: columns.count)
    self.kinds.initialize(from: kinds, count: columns.count)
    self.columns = columns.map { ColumnBuilder(holdsTexts: $0.holdsTexts) }
    let hasSkipped = columns.indices.contains { kinds[$0] == .skipped }
    holdsNumbers =
      columns.indices.allSatisfy { kinds[$0] == .numbers || kinds[$0] == .skipped }
      && (!hasSkipped || dialect.delimiter == UInt8(ascii: ","))
    // A megabyte, of which as much is touched as there are rows.
    rows = PlainRows(
      kinds: self.kinds, columns: self.columns, delimiter: dialect.delimiter,
      missing: dialect.missing, capacity: max(16, (1 << 17) / columns.count))
  }

  deinit { kinds.deallocate() }

  /// Hands out another part, and forgets the rows of the one before.
  func move(to part: Part) {
    self.part = part
    next = part.start
    count = 0
    rows.removeAll()
    rows.forgetCommas()
    for column in columns { column.removeAll() }
  }

  /// Reads rows up to the part's end, or up to the first that needs another look.
  func read() {
    guard let part else { return }
    let limit = part.end
    var end = part.start
    while end < limit {
      if rows.isFull { flush() }
      if holdsNumbers {
        let before = rows.count
        end = rows.readNumbers(from: end, before: limit)
        count += rows.count - before
        if rows.isFull || end >= limit { continue }
      }
      guard let next = rows.readRow(at: end, before: limit) else { break }
      rows.keepRow()
      count += 1
      end = next
    }
    next = end
    if !holdsNumbers { flush() }
  }

  /// Adds the cells of a column to one like it.
  func move(column: Int, to other: ColumnBuilder) {
    other.append(columns[column])
    if holdsNumbers { other.append(rows.cells(of: column)) }
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
