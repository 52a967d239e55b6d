import Glibc

/// Reads a table from JSON records, in windows: from an array of records, or from a record on each
/// line, as the first character says.
struct JSONRecordsReader {
  private let options: ReadingOptions
  private let window: ByteWindow

  init(_ stream: any ByteStream, options: ReadingOptions) throws(TableError) {
    self.options = options
    window = try ByteWindow(rereading: stream)
  }

  func read(isCancelled: () -> Bool) throws(TableError) -> (table: Table, report: ReadingReport) {
    var pass = newPass(firstTexts: [:])
    try walk(pass, isCancelled: isCancelled)
    let fingerprint = window.fingerprint
    while pass.isBroken {
      pass = newPass(firstTexts: pass.textColumns)
      try window.restart()
      try walk(pass, isCancelled: isCancelled)
      guard window.fingerprint == fingerprint else { throw TableError(.changedWhileReading) }
    }
    return try result(of: pass, fingerprint: fingerprint)
  }

  /// Hands over the records of each window; see `TableCoding`.
  ///
  /// A column holds texts from its first text on, which is an error after numbers. One that is asked
  /// for and has not come up yet is missing.
  func readBatches(
    isCancelled: () -> Bool, _ body: (Table) throws(TableError) -> Bool
  ) throws(TableError) -> ReadingReport {
    let pass = newPass(firstTexts: [:])
    var rows = 0
    try walk(pass, isCancelled: isCancelled) { () throws(TableError) in
      if let name = pass.columns.first(where: \.isBroken)?.name {
        throw TableError(.notNumbers(column: name, because: pass.textColumns[name]))
      }
      let batch = pass.takeBatch(fingerprint: window.fingerprint)
      rows += batch.rows
      return batch.rows == 0 ? false : try !body(batch)
    }
    return try report(of: pass, rows: rows)
  }

  /// The keys of the records in the first window.
  func columnNames() throws(TableError) -> [String] {
    let pass = newPass(firstTexts: [:])
    try walk(pass, isCancelled: { false }) { pass.rows > 0 }
    return pass.usedColumns.map(\.name)
  }

  private func newPass(firstTexts: [String: LocatedText]) -> JSONPass {
    JSONPass(
      firstTexts: firstTexts, wanted: options.columns, refusedRowsNamed: options.refusedRowsNamed)
  }

  /// - Parameter isEnough: asked after each window, the last one too.
  private func walk(
    _ pass: JSONPass, isCancelled: () -> Bool,
    isEnough: () throws(TableError) -> Bool = { () throws(TableError) in false }
  ) throws(TableError) {
    var walk = JSONWalk(pass)
    repeat {
      try window.refuseEndlessRecord(from: walk.line)
      try window.advance(isCancelled: isCancelled)
      if !walk.hasBegun { try TableFormat.refuseForeign(window.bytes) }
      window.use(try walk.records(in: window.bytes, isLast: window.isLast))
    } while try !isEnough() && !window.isLast
  }

  private func result(
    of pass: JSONPass, fingerprint: UInt64
  ) throws(TableError) -> (table: Table, report: ReadingReport) {
    let report = try report(of: pass, rows: pass.rows)
    let origin = RowOrigin(fingerprint: fingerprint, count: pass.rows, lines: pass.lines)
    let wanted = pass.usedColumns.filter(\.isWanted)
    let columns = wanted.map {
      $0.finished(rows: pass.rows, compacting: pass.refusedCount > 0)
    }
    return (Table(trusted: columns, origin: origin), report)
  }

  private func report(of pass: JSONPass, rows: Int) throws(TableError) -> ReadingReport {
    if rows == 0 {
      guard let first = pass.refused.first else { throw TableError(.noRecords) }
      throw TableError(
        .everyRowRefused(count: pass.refusedCount, columns: pass.usedColumns.count, first: first))
    }
    return ReadingReport(
      rows: rows, refusedCount: pass.refusedCount,
      refused: Array(pass.refused.prefix(options.refusedRowsNamed)),
      notes: pass.usedColumns.filter(\.isWanted).flatMap { $0.notes(rows: rows) },
      columnNames: pass.usedColumns.map(\.name))
  }
}

/// Where a walk over a file of records is.
struct JSONWalk {
  private enum Place {
    case start
    case lines
    /// Before the first element of an array, or after the comma of another.
    case firstElement, element
    case commaOrEnd
    case end
  }

  private let pass: JSONPass
  private var place = Place.start
  /// The line of the next byte.
  private(set) var line = 1

  init(_ pass: JSONPass) { self.pass = pass }

  var hasBegun: Bool { place != .start }

  /// Reads the records that are complete, and returns how many bytes they take.
  mutating func records(in window: Bytes, isLast: Bool) throws(TableError) -> Int {
    guard let start = window.baseAddress else { return 0 }
    var cursor = start
    let end = start + window.count
    if place == .start { try begin(&cursor, before: end, isLast: isLast) }
    switch place {
    case .start: break
    case .lines: try readLines(&cursor, before: end, isLast: isLast)
    default: try readElements(&cursor, before: end, isLast: isLast)
    }
    return cursor - start
  }

  /// Steps over a byte order mark and empty lines, and learns from the first character how records
  /// follow each other.
  private mutating func begin(
    _ cursor: inout UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>, isLast: Bool
  ) throws(TableError) {
    if Bytes(start: cursor, count: end - cursor).starts(with: [0xEF, 0xBB, 0xBF]) { cursor += 3 }
    var scanner = JSONScanner(at: cursor, before: end)
    skipSpace(&scanner, from: &cursor)
    switch scanner.next {
    case nil:
      if isLast { throw TableError(.empty) }
    case UInt8(ascii: "[")?:
      place = .firstElement
      cursor += 1
    case UInt8(ascii: "{")?: place = .lines
    case let byte?:
      let character = printable(String(decoding: [byte], as: UTF8.self))
      throw TableError(
        .malformedJSON(line: line, reason: "`\(character)` where a record or an array is expected"))
    }
  }

  private mutating func skipSpace(
    _ scanner: inout JSONScanner, from cursor: inout UnsafePointer<UInt8>
  ) {
    scanner.skipSpace()
    move(&cursor, to: scanner.cursor)
  }

  /// Moves on and counts the lines on the way.
  private mutating func move(
    _ cursor: inout UnsafePointer<UInt8>, to next: UnsafePointer<UInt8>
  ) {
    for byte in Bytes(start: cursor, count: next - cursor) where byte == 0x0A { line += 1 }
    cursor = next
  }
}

// MARK: - A record on each line

extension JSONWalk {
  private mutating func readLines(
    _ cursor: inout UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>, isLast: Bool
  ) throws(TableError) {
    while cursor < end {
      let lineFeed = memchr(cursor, 0x0A, end - cursor).map {
        UnsafePointer($0.assumingMemoryBound(to: UInt8.self))
      }
      guard lineFeed != nil || isLast else { return }
      let lineEnd = lineFeed ?? end
      try readLine(from: cursor, to: lineEnd)
      line += 1
      cursor = lineFeed.map { $0 + 1 } ?? end
    }
  }

  /// A line that is no record is refused; the next one is read as if it were not there.
  private func readLine(
    from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>
  ) throws(TableError) {
    var scanner = JSONScanner(at: start, before: end)
    scanner.skipSpace()
    if scanner.isAtEnd { return }
    do throws(JSONRecordStop) {
      try pass.record(&scanner, line: line, isLine: true)
    } catch {
      switch error {
      case .table(let error): throw error
      case .json(let stop): pass.refuse(line, .malformedRecord(scanner.reason(stop)))
      }
    }
  }
}

// MARK: - An array of records

extension JSONWalk {
  private mutating func readElements(
    _ cursor: inout UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>, isLast: Bool
  ) throws(TableError) {
    while true {
      var scanner = JSONScanner(at: cursor, before: end)
      skipSpace(&scanner, from: &cursor)
      guard let next = scanner.next else {
        if isLast, place != .end { throw truncated }
        return
      }
      switch (place, next) {
      case (.firstElement, UInt8(ascii: "]")), (.commaOrEnd, UInt8(ascii: "]")):
        place = .end
        cursor += 1
      case (.commaOrEnd, UInt8(ascii: ",")):
        place = .element
        cursor += 1
      case (.commaOrEnd, _):
        throw malformed(scanner, .expected(.commaOrBracket))
      case (.end, _):
        throw TableError(.malformedJSON(line: line, reason: "text after the end of the array"))
      default:
        guard try readElement(&scanner, isLast: isLast) else { return }
        move(&cursor, to: scanner.cursor)
        place = .commaOrEnd
      }
    }
  }

  /// False where the window ends before the element does.
  private func readElement(_ scanner: inout JSONScanner, isLast: Bool) throws(TableError) -> Bool {
    let start = scanner.cursor
    do throws(JSONRecordStop) {
      try pass.record(&scanner, line: line, isLine: false)
      return true
    } catch {
      switch error {
      case .table(let error): throw error
      case .json(.incomplete) where !isLast: return false
      case .json(let stop):
        let before = Bytes(start: start, count: scanner.cursor - start).count { $0 == 0x0A }
        throw TableError(.malformedJSON(line: line + before, reason: scanner.reason(stop)))
      }
    }
  }

  private var truncated: TableError {
    TableError(.malformedJSON(line: line, reason: "the file ends before the array does"))
  }

  private func malformed(_ scanner: JSONScanner, _ stop: JSONStop) -> TableError {
    TableError(.malformedJSON(line: line, reason: scanner.reason(stop)))
  }
}

extension JSONScanner {
  /// “`x` where a value is expected”.
  fileprivate func reason(_ stop: JSONStop) -> String {
    switch stop {
    case .incomplete: return "the text ends too early"
    case .expected(let expectation):
      let found = next.map { printable(String(decoding: [$0], as: UTF8.self)) } ?? ""
      return "`\(found)` where \(expectation.rawValue) is expected"
    }
  }
}
