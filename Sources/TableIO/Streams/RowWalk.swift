/// A walk over the rows of a file that writes each of them with a cell more.
final class RowWalk {
  private let copy: RowCopy
  private let names: [String]
  private let delimiter: UInt8
  private let score: Int
  private let groups: [(column: Int, isNumber: Bool)]
  /// The older column of the new one's name.
  private let dropped: Int?

  /// Where each cell of the row begins and ends, with its quotes.
  private let starts: UnsafeMutablePointer<UnsafePointer<UInt8>>
  private let ends: UnsafeMutablePointer<UnsafePointer<UInt8>>
  /// The cells of a row that needed a closer look; empty for a plain one.
  private var fields: [Field] = []
  private var piece: [UInt8] = []
  private var short = LineCount()
  private var long = LineCount()

  /// The line of the next row.
  private(set) var line: Int

  /// `nil` where spaces divide the cells, which no row shows by itself.
  init?(_ header: CSVHeader, for copy: RowCopy) throws(TableError) {
    if header.delimiter == UInt8(ascii: " ") { return nil }
    self.copy = copy
    names = header.names
    delimiter = header.delimiter
    line = header.firstLine
    dropped = header.names.firstIndex(of: copy.added)
    score = try Self.column(copy.score, among: header.names)
    var groups: [(column: Int, isNumber: Bool)] = []
    for group in copy.groups {
      groups.append((try Self.column(group.name, among: header.names), group.isNumber))
    }
    self.groups = groups
    starts = .allocate(capacity: names.count)
    ends = .allocate(capacity: names.count)
  }

  deinit {
    starts.deallocate()
    ends.deallocate()
  }

  private static func column(_ name: String, among names: [String]) throws(TableError) -> Int {
    guard let place = names.firstIndex(of: name) else {
      throw TableError(.unknownColumn(name, among: names))
    }
    return place
  }

  var notes: [ReadingNote] {
    var notes: [ReadingNote] = []
    if short.count > 0 {
      notes.append(.shortRows(count: short.count, firstLine: short.firstLine))
    }
    if long.count > 0 { notes.append(.longRows(count: long.count, firstLine: long.firstLine)) }
    return notes
  }

  func writeHeader() {
    let kept = names.indices.filter { $0 != dropped }.map { names[$0] }
    for (index, name) in (kept + [copy.added]).enumerated() {
      if index > 0 { piece.append(delimiter) }
      piece.append(contentsOf: CSVWriter.cell(name, besides: delimiter))
    }
    piece.append(UInt8(ascii: "\n"))
  }

  func flush(to emit: ByteEmitter) throws(TableError) {
    let result = piece.withUnsafeBytes { bytes in
      Result { () throws(FileError) in try emit(bytes) }
    }
    piece.removeAll(keepingCapacity: true)
    if case .failure(let error) = result { throw TableError(.file(error)) }
  }

  /// Writes the rows that are complete, and returns how many bytes they take; `nil` where the file
  /// has to be read as a whole.
  func rows(
    in window: Bytes, isLast: Bool, _ decide: (Double, [Cell]) -> Bool
  ) throws(TableError) -> Int? {
    guard let start = window.baseAddress else { return 0 }
    let end = start + window.count
    var cursor = start
    while cursor < end {
      if let next = plainRow(at: cursor, before: end) {
        let size = next[-2] == 0x0D ? 2 : 1
        guard try write(decide, lineEnd: Bytes(start: next - size, count: size)) else { return nil }
        line += 1
        cursor = next
      } else {
        let result = try anyRow(at: cursor, before: end, isLast: isLast, decide)
        switch result {
        case .next(let next): cursor = next
        case .incomplete: return cursor - start
        case .needsTable: return nil
        }
      }
    }
    return cursor - start
  }

  /// Finds the cells of a row without quotes and faults, and returns where the next row begins.
  @inline(__always)
  private func plainRow(
    at start: UnsafePointer<UInt8>, before limit: UnsafePointer<UInt8>
  ) -> UnsafePointer<UInt8>? {
    var cursor = start
    var column = 0
    let last = names.count - 1
    starts[0] = start
    while cursor < limit {
      let byte = cursor.pointee
      if byte == delimiter {
        if column == last { return nil }
        ends[column] = cursor
        column += 1
        starts[column] = cursor + 1
      } else if byte == 0x0A {
        let end = cursor > start && cursor[-1] == 0x0D ? cursor - 1 : cursor
        // An empty line is no row, and neither is one that lacks cells.
        guard column == last, end > start else { return nil }
        ends[column] = end
        if !fields.isEmpty { fields.removeAll(keepingCapacity: true) }
        return cursor + 1
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        return nil
      } else if byte == 0x0D, cursor + 1 == limit || cursor[1] != 0x0A {
        return nil
      }
      cursor += 1
    }
    return nil
  }
}

// MARK: - All other rows

extension RowWalk {
  private enum Step {
    case next(UnsafePointer<UInt8>)
    case incomplete, needsTable
  }

  private func anyRow(
    at start: UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>, isLast: Bool,
    _ decide: (Double, [Cell]) -> Bool
  ) throws(TableError) -> Step {
    var scanner = FieldScanner(at: start, end: end, delimiters: [delimiter], isLast: isLast)
    var row = ScannedRow()
    fields.removeAll(keepingCapacity: true)
    while true {
      let begin = scanner.cursor
      let (field, ending) = scanner.next()
      if ending == .incomplete { return .incomplete }
      if ending == .unterminated {
        throw TableError(.unterminatedQuote(line: line + field.lineInRecord))
      }
      let size = ending == .line ? Self.lineEnd(before: scanner.cursor, after: begin) : 1
      if row.found < names.count {
        fields.append(field)
        starts[row.found] = begin
        ends[row.found] = scanner.cursor - size
      }
      row.note(field, columns: names.count)
      if ending == .line {
        let isBlank = row.found == 1 && field.raw.isEmpty && !field.isQuoted
        let lines = 1 + scanner.lineEnds
        defer { line += lines }
        if isBlank { return .next(scanner.cursor) }
        let lineEnd = Bytes(start: scanner.cursor - size, count: size)
        return try finish(row, lineEnd, decide) ? .next(scanner.cursor) : .needsTable
      }
    }
  }

  /// How many bytes end the line: none at the end of a file without a last line end.
  private static func lineEnd(
    before cursor: UnsafePointer<UInt8>, after begin: UnsafePointer<UInt8>
  ) -> Int {
    guard cursor > begin else { return 0 }
    if cursor[-1] == 0x0D { return 1 }
    guard cursor[-1] == 0x0A else { return 0 }
    return cursor - 1 > begin && cursor[-2] == 0x0D ? 2 : 1
  }

  private func finish(
    _ row: ScannedRow, _ lineEnd: Bytes, _ decide: (Double, [Cell]) -> Bool
  ) throws(TableError) -> Bool {
    if let reason = row.refusal(columns: names.count) {
      copy.report.refusedCount += 1
      if copy.report.refused.count < copy.options.refusedRowsNamed {
        copy.report.refused.append(RefusedRow(line: line, reason: reason))
      }
      return true
    }
    if row.found > names.count { long.note(line) }
    if row.found < names.count {
      short.note(line)
      for column in row.found..<names.count {
        (starts[column], ends[column]) = (ends[row.found - 1], ends[row.found - 1])
        fields.append(Field(raw: Bytes(start: nil, count: 0)))
      }
    }
    return try write(decide, lineEnd: lineEnd)
  }
}

/// What was found in a row that is not plain.
private struct ScannedRow {
  private(set) var found = 0
  private var hasExtraCell = false
  private var badQuote: Int?

  mutating func note(_ field: Field, columns: Int) {
    if found >= columns, !field.raw.isEmpty || field.isQuoted { hasExtraCell = true }
    found += 1
    if !field.isWellFormed, badQuote == nil { badQuote = found }
  }

  /// As a table is read: a short row is filled up, a single field is a remark more often than a row.
  func refusal(columns: Int) -> RefusedRow.Reason? {
    let isFilled = found < columns && found > 1 || found == columns
    if isFilled || found > columns && !hasExtraCell {
      return badQuote.map { .textAfterQuote(field: $0) }
    }
    if found > columns, let badQuote { return .textAfterQuote(field: badQuote) }
    return .fieldCount(found: found, expected: columns)
  }
}

// MARK: - Writing

extension RowWalk {
  /// Writes the row with its decision, unless its score is missing; false where the score is
  /// written in another way than numbers are.
  @inline(__always)
  private func write(
    _ decide: (Double, [Cell]) -> Bool, lineEnd: Bytes
  ) throws(TableError) -> Bool {
    guard let value = number(in: score) else { return false }
    if value.isNaN {
      copy.missingCount += 1
      if copy.missingLines.count < 5 { copy.missingLines.append(line) }
      return true
    }
    var cells: [Cell] = []
    for group in groups {
      guard let cell = try cell(group.column, isNumber: group.isNumber) else { return false }
      cells.append(cell)
    }
    let isFlagged = decide(value, cells)
    appendCells()
    piece.append(delimiter)
    piece.append(isFlagged ? UInt8(ascii: "1") : UInt8(ascii: "0"))
    if lineEnd.isEmpty { piece.append(0x0A) } else { piece.append(contentsOf: lineEnd) }
    copy.rows += 1
    if isFlagged { copy.flagged += 1 }
    return true
  }

  private func appendCells() {
    let last = names.count - 1
    if dropped == nil, fields.isEmpty {
      piece.append(contentsOf: Bytes(start: starts[0], count: ends[last] - starts[0]))
      return
    }
    var isFirst = true
    for column in names.indices where column != dropped {
      if !isFirst { piece.append(delimiter) }
      isFirst = false
      piece.append(contentsOf: bytes(column))
    }
  }

  private func bytes(_ column: Int) -> Bytes {
    Bytes(start: starts[column], count: ends[column] - starts[column])
  }

  /// The number in a column, NaN for a missing one; `nil` for what is no plain number.
  @inline(__always)
  private func number(in column: Int) -> Double? {
    if fields.isEmpty {
      return Self.number(in: bytes(column), isQuoted: false)
    }
    let field = fields[column]
    return field.withContent { Self.number(in: $0, isQuoted: field.isQuoted) }
  }

  private static func number(in cell: Bytes, isQuoted: Bool) -> Double? {
    switch CellText.number(in: cell) {
    case .number(let number): return number
    case .missing, .notANumber: return .nan
    case .inexact: return nil
    case .text:
      return !isQuoted && MissingCells.usual.contains(CellText.trimmed(cell)) ? .nan : nil
    }
  }

  private func cell(_ column: Int, isNumber: Bool) throws(TableError) -> Cell? {
    if isNumber {
      return number(in: column).map { $0.isNaN ? .missing : .number($0 + 0) }
    }
    let field = fields.isEmpty ? Field(raw: CellText.trimmed(bytes(column))) : fields[column]
    if !field.isQuoted, MissingCells.usual.contains(field.raw) { return .missing }
    guard let text = field.text else { throw TableError(.invalidUTF8(line: line)) }
    return .text(text)
  }
}
