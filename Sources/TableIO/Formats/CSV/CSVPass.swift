import ParallelWork

/// One walk over the rows of a file, with a kind assumed for each column.
///
/// A column assumed to hold numbers is given up at the first cell of an accepted row that is not a
/// number; the walk then has to be repeated with that column as texts.
final class CSVPass {
  let names: [String]
  private let delimiters: [UInt8]
  let dialect: CSVDialect

  /// For each column that is to be read as texts, or turned out to be, its first cell that is not
  /// a number.
  private(set) var firstTexts: [LocatedText?]

  /// Whether a column turned out to be texts, so that another walk is needed.
  private(set) var isBroken = false

  private(set) var columns: [ColumnBuilder]
  private(set) var lines = LineRuns()
  private(set) var rows = 0
  private(set) var refusedCount = 0
  private(set) var refused: [RefusedRow] = []

  /// The line of the next record.
  private(set) var line: Int

  /// Rows with fewer fields than there are columns, filled up, and rows that end in delimiters.
  private(set) var short = LineCount()
  private(set) var long = LineCount()

  /// Line less row, as it was at the last row noted in `lines`.
  private var noted = Int.min

  /// What a row holds that counts only if the row is accepted.
  private var pending = PendingRow()

  /// Whether a cell of a column that is not wanted holds a comma, where commas may be decimal marks.
  private(set) var skippedComma = false

  private let kinds: UnsafeMutablePointer<PlainRows.Kind>

  /// The rows not handed to the columns yet.
  private let held: PlainRows

  /// Readers of parts of a window, kept for the memory they have.
  private var ahead: [RowsAhead] = []

  /// - Parameters:
  ///   - names: the columns, one at least.
  ///   - asTexts: for each column whether its cells are kept as texts.
  ///   - wanted: for each column whether its cells are kept at all.
  ///   - firstTexts: for each column the cell that made it texts in an earlier walk.
  init(
    names: [String], asTexts: [Bool], wanted: [Bool], firstTexts: [LocatedText?],
    dialect: CSVDialect, firstLine: Int
  ) {
    self.names = names
    self.firstTexts = firstTexts
    self.dialect = dialect
    delimiters = [dialect.delimiter]
    self.line = firstLine
    columns = asTexts.map { ColumnBuilder(holdsTexts: $0) }
    kinds = .allocate(capacity: names.count)
    for (index, isText) in asTexts.enumerated() {
      kinds[index] = !wanted[index] ? .skipped : isText ? .texts : .numbers
    }
    held = PlainRows(
      kinds: kinds, columns: columns, delimiter: dialect.delimiter, missing: dialect.missing,
      capacity: PlainRows.capacity(columns: names.count))
  }

  deinit { kinds.deallocate() }

  /// Whether cells of a column are kept, as far as they can be.
  func isRead(_ column: Int) -> Bool { kinds[column] != .skipped }

  /// Whether texts were found in a column of numbers.
  func isGivenUp(_ column: Int) -> Bool { kinds[column] == .broken }

  /// Whether cells of a column go to it now.
  private func isKept(_ column: Int) -> Bool {
    kinds[column] == .numbers || kinds[column] == .texts
  }

  /// Reads the records that are complete, and returns how many bytes they take.
  ///
  /// Where parts of the window were read ahead, their rows are taken over if it turns out that a
  /// row begins where the part does, and read again if not.
  func records(in window: Bytes, isLast: Bool) throws(TableError) -> Int {
    guard let start = window.baseAddress else { return 0 }
    let end = start + window.count
    var cursor = start
    for part in readAhead(window) {
      guard let likelyStart = part.start else { continue }
      cursor = try records(from: cursor, to: likelyStart, before: end, isLast: isLast)
      // The window ends before the record does, and with it all parts.
      if cursor < likelyStart { return cursor - start }
      if cursor == likelyStart {
        takeOver(part)
        cursor += part.length
      }
    }
    return try records(from: cursor, to: end, before: end, isLast: isLast) - start
  }

  /// Reads the records that begin before `limit`, and returns where the next one begins; before
  /// `limit` where `end` comes before the end of one.
  func records(
    from start: UnsafePointer<UInt8>, to limit: UnsafePointer<UInt8>,
    before end: UnsafePointer<UInt8>, isLast: Bool
  ) throws(TableError) -> UnsafePointer<UInt8> {
    var cursor = start
    let (hasComments, hasPlainRows) = (dialect.comment.isGiven, dialect.hasPlainRows)
    while cursor < limit {
      if held.isFull { flush() }
      if hasComments, dialect.comment.begins(cursor, before: end) {
        guard let next = lineAfter(cursor, before: end, isLast: isLast) else { break }
        line += 1
        cursor = next
      } else if hasPlainRows, let next = held.readRow(at: cursor, before: end) {
        accept(lineEnds: 0)
        cursor = next
      } else if let next = try anyRow(at: cursor, before: end, isLast: isLast) {
        cursor = next
      } else {
        break
      }
    }
    flush()
    return cursor
  }

  /// Where the next line begins; `nil` if the window ends before that is known.
  private func lineAfter(
    _ start: UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>, isLast: Bool
  ) -> UnsafePointer<UInt8>? {
    var cursor = start
    while cursor < end, cursor.pointee != 0x0A, cursor.pointee != 0x0D { cursor += 1 }
    guard cursor + 1 < end else { return isLast ? end : nil }
    return cursor.pointee == 0x0D && cursor[1] == 0x0A ? cursor + 2 : cursor + 1
  }

  /// Makes room for all rows of a content of that size, judging from the rows so far.
  func reserve(rowsFor size: Int?, after used: Int) {
    guard let size, used > 0, rows > 0 else { return }
    let estimate = Double(rows) * (Double(size) / Double(used)) * 1.05
    // Beyond 2 GiB a wrong guess could take more memory than there is.
    let most = Double((1 << 28) / names.count)
    for (index, column) in columns.enumerated() where isKept(index) {
      column.reserve(Int(min(estimate, most)))
    }
  }

  private func flush() {
    skippedComma = skippedComma || held.skippedComma
    for (index, column) in columns.enumerated() where isKept(index) {
      column.append(held.cells(of: index))
    }
    held.removeAll()
  }

  /// The rows since the last batch, of which the pass keeps none.
  ///
  /// Texts have codes of their own in each batch.
  func takeBatch(fingerprint: UInt64) -> Table {
    var batch: [Column] = []
    for (index, column) in columns.enumerated() where isRead(index) {
      let values = column.values(compacting: true)
      batch.append(Column(name: names[index], values: values, firstText: firstTexts[index]))
      column.removeAll()
    }
    let origin = RowOrigin(fingerprint: fingerprint, count: rows, lines: lines)
    (rows, lines, noted) = (0, LineRuns(), .min)
    return Table(trusted: batch, origin: origin)
  }

  private func noteLine() {
    guard line - rows != noted else { return }
    lines.append(row: rows, line: line)
    noted = line - rows
  }

  private func accept(lineEnds: Int) {
    noteLine()
    held.keepRow()
    rows += 1
    line += 1 + lineEnds
  }
}

// MARK: - Rows read ahead

extension CSVPass {
  /// The parts of a window, read by as many threads as there are processors; none where that is
  /// not worth while.
  private func readAhead(_ window: Bytes) -> ArraySlice<RowsAhead> {
    guard window.count >= 2 * RowsAhead.partSize, mayReadAhead, Workers.available > 1 else {
      return []
    }
    let parts = RowsAhead.parts(of: window)
    for (reader, part) in zip(ahead, parts) { reader.move(to: part) }
    for part in parts.dropFirst(ahead.count) {
      let reader = rowsAhead()
      reader.move(to: part)
      ahead.append(reader)
    }
    let readers = ahead[..<parts.count]
    Workers.run(pieces: parts.count, threads: Workers.available) { _, next in
      while let piece = next() { readers[piece].read() }
    }
    return readers
  }

  /// Whether rows that are read ahead are likely to be taken over, and cheap to.
  var mayReadAhead: Bool {
    !isBroken && dialect.hasRowsAhead && columns.allSatisfy(\.hasFewLevels)
  }

  /// A reader of such rows as this walk reads.
  func rowsAhead() -> RowsAhead {
    RowsAhead(kinds: kinds, columns: columns, dialect: dialect)
  }

  /// Adds rows that are known to follow those so far, each a line.
  func takeOver(_ part: RowsAhead) {
    guard part.count > 0 else { return }
    noteLine()
    skippedComma = skippedComma || part.skippedComma
    for (index, column) in columns.enumerated() where isKept(index) {
      part.move(column: index, to: column)
    }
    rows += part.count
    line += part.count
  }
}

// MARK: - All other rows

/// What was found in a row before it was known whether the row is accepted.
private struct PendingRow {
  var refusal: RefusedRow.Reason?
  var texts: [(column: Int, text: LocatedText)] = []
  var notANumber: [Int] = []
  var hasExtraCell = false
  var isShort = false
  var isLong = false
}

extension CSVPass {
  /// Reads or refuses a row of any kind, or skips an empty line; `nil`, with nothing changed,
  /// if the window ends before the row does.
  private func anyRow(
    at start: UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>, isLast: Bool
  ) throws(TableError) -> UnsafePointer<UInt8>? {
    var scanner = FieldScanner(at: start, end: end, delimiters: delimiters, isLast: isLast)
    var found = 0
    pending = PendingRow()
    while true {
      let (field, ending) = scanner.next()
      if ending == .incomplete { return nil }
      if ending == .unterminated {
        throw TableError(.unterminatedQuote(line: line + field.lineInRecord))
      }
      if found == 0, ending == .line, field.raw.isEmpty, !field.isQuoted {
        line += 1
        return scanner.cursor
      }
      if found < names.count { try take(field, column: found) } else { noteExtra(field) }
      found += 1
      if !field.isWellFormed, pending.refusal == nil {
        pending.refusal = .textAfterQuote(field: found)
      }
      if ending == .line { break }
    }
    checkCount(found)
    finishRow(lineEnds: scanner.lineEnds)
    return scanner.cursor
  }

  /// A field beyond the last column: no more than a delimiter at the line's end if it is empty.
  private func noteExtra(_ field: Field) {
    if !field.raw.isEmpty || field.isQuoted { pending.hasExtraCell = true }
  }

  /// Fills a short row up, or refuses the row: a single field is a remark more often than a row.
  private func checkCount(_ found: Int) {
    if found > names.count, !pending.hasExtraCell {
      pending.isLong = true
    } else if found < names.count, found > 1, pending.refusal == nil {
      pending.isShort = true
      for column in found..<names.count { setMissing(column) }
    } else if found != names.count, pending.refusal == nil || found < names.count {
      pending.refusal = .fieldCount(found: found, expected: names.count)
    }
  }

  private func setMissing(_ column: Int) {
    let isText = kinds[column] == .texts
    held.set(isText ? Double(TextValues.missingCode) : .nan, column: column)
  }

  private func take(_ field: Field, column: Int) throws(TableError) {
    let line = line + field.lineInRecord
    switch kinds[column] {
    case .broken: return
    case .skipped:
      if dialect.delimiter != UInt8(ascii: ","), field.raw.contains(UInt8(ascii: ",")) {
        skippedComma = true
      }
    case .texts: held.set(Double(try code(of: field, column, line: line)), column: column)
    case .numbers:
      var value = Double.nan
      switch number(in: field) {
      case .number(let number): value = number
      case .missing: break
      case .notANumber: pending.notANumber.append(column)
      case .inexact, .text:
        let text = field.withContent { String(decoding: $0, as: UTF8.self) }
        pending.texts.append((column, LocatedText(text: text, line: line)))
      }
      held.set(value, column: column)
    }
  }

  /// What a cell says in a column of numbers; one such as `007` is a text until the column is known.
  private func number(in field: Field) -> NumberReading {
    field.withContent { cell in
      let reading = CellText.number(in: cell)
      let cell = CellText.trimmed(cell)
      switch reading {
      case .number, .text:
        if !field.isQuoted, dialect.missing.contains(cell) { return .missing }
        if case .number = reading, CellText.hasLeadingZero(cell) { return .text }
        return reading
      case .missing: return dialect.missing.contains(cell) ? .missing : .text
      case .notANumber, .inexact: return reading
      }
    }
  }

  /// What stands in quotes is meant as it stands, even if it is empty or `NA`.
  private func code(of field: Field, _ column: Int, line: Int) throws(TableError) -> Int32 {
    if !field.isQuoted && dialect.missing.contains(field.raw) { return TextValues.missingCode }
    if let code = field.withContent(columns[column].code(for:)) { return code }
    throw TableError(field.raw.contains(0) ? .nulByte(line: line) : .invalidUTF8(line: line))
  }

  private func finishRow(lineEnds: Int) {
    if let reason = pending.refusal {
      refusedCount += 1
      if refused.count < dialect.refusedRowsNamed {
        refused.append(RefusedRow(line: line, reason: reason))
      }
      line += 1 + lineEnds
      return
    }
    if pending.isShort { short.note(line) }
    if pending.isLong { long.note(line) }
    for column in pending.notANumber { columns[column].noteNotANumber(line: line) }
    for (column, text) in pending.texts {
      kinds[column] = .broken
      firstTexts[column] = text
      isBroken = true
    }
    accept(lineEnds: lineEnds)
  }
}
