/// One walk over the records of a file.
///
/// A column that turns out to hold texts after numbers is given up; the walk then has to be
/// repeated with that column as texts, so that its numbers keep the digits of the file.
final class JSONPass {
  /// More keys than this are data in the place of names.
  private static let mostColumns = 10_000

  private(set) var columns: [JSONColumn] = []
  private(set) var rows = 0
  private(set) var refusedCount = 0
  private(set) var refused: [RefusedRow] = []
  private(set) var lines = LineRuns()

  private let refusedRowsNamed: Int
  private let firstTexts: [String: LocatedText]
  private let wanted: Set<String>?
  private var indexByName: [String: Int] = [:]

  /// The cells of a record, until it is known whether the record is accepted.
  private var pending: [(column: Int, cell: JSONCell, code: Int32)] = []
  private var refusal: RefusedRow.Reason?
  private var fault: TableError.Problem?

  /// How many records were begun, also those whose end lies in the next window.
  private var number = 0

  /// The column expected next, as records mostly have the same keys in the same order.
  private var expected = 0

  /// - Parameter wanted: the names of the columns whose cells are kept; all of them where `nil`.
  init(firstTexts: [String: LocatedText], wanted: Set<String>?, refusedRowsNamed: Int) {
    self.firstTexts = firstTexts
    self.wanted = wanted
    // The first one is needed for the error when there is no other row.
    self.refusedRowsNamed = max(1, refusedRowsNamed)
  }

  var isBroken: Bool { columns.contains(where: \.isBroken) }

  /// The columns that are known to hold texts.
  var textColumns: [String: LocatedText] {
    var texts = firstTexts
    for column in columns where column.isBroken { texts[column.name] = column.firstText }
    return texts
  }

  /// The columns that accepted records have.
  var usedColumns: [JSONColumn] { columns.filter(\.isUsed) }

  /// Reads a record or refuses it, and leaves the scanner after it.
  ///
  /// - Parameter isLine: whether nothing may follow the record.
  func record(
    _ scanner: inout JSONScanner, line: Int, isLine: Bool
  ) throws(JSONRecordStop) {
    guard scanner.next == UInt8(ascii: "{") else {
      return try otherValue(&scanner, line: line, isLine: isLine)
    }
    pending.removeAll(keepingCapacity: true)
    (refusal, fault, expected) = (nil, nil, 0)
    number += 1
    do throws(JSONStop) {
      try scanner.record { key, hasEscapes, value in
        member(key, hasEscapes, value, line: line)
      }
    } catch {
      throw .json(error)
    }
    if let fault { throw .table(TableError(fault)) }
    if isLine {
      scanner.skipSpace()
      if !scanner.isAtEnd { refusal = .malformedRecord("text after its end") }
    }
    resolve(line: line)
    if let fault { throw .table(TableError(fault)) }
    if let refusal { refuse(line, refusal) } else { accept(line) }
  }

  /// The records since the last batch, of which the pass keeps none.
  func takeBatch(fingerprint: UInt64) -> Table {
    var batch = usedColumns.filter(\.isWanted).map { $0.takeBatch(rows: rows) }
    for name in (wanted ?? []).sorted() where !batch.contains(where: { $0.name == name }) {
      batch.append(Column(name, texts: Array(repeating: nil, count: rows)))
    }
    let origin = RowOrigin(fingerprint: fingerprint, count: rows, lines: lines)
    (rows, lines) = (0, LineRuns())
    return Table(trusted: batch, origin: origin)
  }

  private func otherValue(
    _ scanner: inout JSONScanner, line: Int, isLine: Bool
  ) throws(JSONRecordStop) {
    do throws(JSONStop) {
      let value = try scanner.value(depth: 0)
      // A number may go on after the end of the window.
      if !isLine, scanner.isAtEnd, !value.isClosed { throw .incomplete }
      refuse(line, .notARecord(value.kind))
    } catch {
      throw .json(error)
    }
  }

  func refuse(_ line: Int, _ reason: RefusedRow.Reason) {
    refusedCount += 1
    if refused.count < refusedRowsNamed { refused.append(RefusedRow(line: line, reason: reason)) }
  }

  private func accept(_ line: Int) {
    lines.append(row: rows, line: line)
    for (index, cell, code) in pending {
      columns[index].isUsed = true
      append(cell, code, to: columns[index], line: line)
    }
    rows += 1
  }
}

/// Why a record could not be read.
enum JSONRecordStop: Error {
  case json(JSONStop)
  case table(TableError)
}

// MARK: - Members of a record

extension JSONPass {
  private func member(_ key: Bytes, _ hasEscapes: Bool, _ value: JSONCell, line: Int) {
    guard fault == nil, let index = column(key, hasEscapes, line: line) else { return }
    if columns[index].lastRecord == number, refusal == nil {
      refusal = .repeatedKey(columns[index].name)
    }
    columns[index].lastRecord = number
    expected = index + 1
    pending.append((index, value, 0))
  }

  private func column(_ key: Bytes, _ hasEscapes: Bool, line: Int) -> Int? {
    if !hasEscapes, expected < columns.count, columns[expected].isNamed(key) { return expected }
    let bytes = hasEscapes ? JSONScanner.unescaped(key) : Array(key)
    guard let bytes, let name = String(validating: bytes, as: UTF8.self) else {
      fault = .malformedJSON(line: line, reason: "a key is not valid JSON text")
      return nil
    }
    return indexByName[name] ?? newColumn(name, line: line)
  }

  private func newColumn(_ name: String, line: Int) -> Int? {
    guard columns.count < Self.mostColumns else {
      fault = .tooManyColumns(line: line, limit: Self.mostColumns)
      return nil
    }
    indexByName[name] = columns.count
    columns.append(
      JSONColumn(
        name: name, isWanted: wanted?.contains(name) ?? true, firstText: firstTexts[name]))
    return columns.count - 1
  }

  /// Finds what refuses the record, and the codes of its texts.
  private func resolve(line: Int) {
    for place in pending.indices where refusal == nil && fault == nil {
      let column = columns[pending[place].column]
      guard column.isWanted else {
        check(pending[place].cell)
        pending[place].cell = .missing
        continue
      }
      switch pending[place].cell {
      case .text(let text, let hasEscapes):
        column.becomeText(text, line: line)
        guard column.holdsTexts else { continue }
        pending[place].code = code(of: text, hasEscapes, in: column, line: line)
      case .boolean(let text), .nested(let text):
        column.becomeText(text, line: line)
        guard column.holdsTexts else { continue }
        pending[place].code = code(of: text, false, in: column, line: line)
      case .number(_, let text), .inexact(let text), .outOfRange(let text):
        if pending[place].cell.isInexact { column.becomeText(text, line: line) }
        guard column.holdsTexts else { continue }
        pending[place].code = code(of: text, false, in: column, line: line)
      case .missing, .notANumber: break
      }
    }
  }

  /// Refuses the record for a text with unknown escapes, also where the text is not wanted.
  private func check(_ cell: JSONCell) {
    guard case .text(let text, true) = cell else { return }
    guard let unescaped = JSONScanner.unescaped(text) else {
      refusal = .malformedRecord("an escape that is not valid JSON")
      return
    }
    if unescaped.contains(0) { refusal = .malformedRecord("a NUL character") }
  }

  private func code(
    of text: Bytes, _ hasEscapes: Bool, in column: JSONColumn, line: Int
  ) -> Int32 {
    guard hasEscapes else {
      if let code = column.code(for: text) { return code }
      fault = .invalidUTF8(line: line)
      return 0
    }
    guard let unescaped = JSONScanner.unescaped(text) else {
      refusal = .malformedRecord("an escape that is not valid JSON")
      return 0
    }
    if let code = unescaped.withUnsafeBufferPointer(column.code) { return code }
    refusal = .malformedRecord("a NUL character")
    return 0
  }

  private func append(_ cell: JSONCell, _ code: Int32, to column: JSONColumn, line: Int) {
    switch cell {
    case .missing: return
    case .notANumber: return column.noteNotANumber(line: line)
    case .number(let number, _):
      if !column.holdsTexts { return column.append(number, row: rows) }
      column.noteNumberInTexts()
    case .inexact(let digits), .outOfRange(let digits): column.noteInexact(digits, line: line)
    case .nested: column.noteNested(line: line)
    case .text, .boolean: break
    }
    if column.holdsTexts { column.append(code: code, row: rows) }
  }
}

extension JSONCell {
  /// Whether its own end shows, as that of a text by its quote.
  fileprivate var isClosed: Bool {
    switch self {
    case .number, .outOfRange, .inexact: false
    case .missing, .notANumber, .text, .boolean, .nested: true
    }
  }

  /// Whether it is a number that no Double holds.
  fileprivate var isInexact: Bool {
    switch self {
    case .inexact, .outOfRange: true
    case .missing, .notANumber, .number, .text, .boolean, .nested: false
    }
  }

  fileprivate var kind: String {
    switch self {
    case .missing: "`null`"
    case .notANumber, .number, .outOfRange, .inexact: "a number"
    case .text: "a text"
    case .boolean: "a boolean"
    case .nested: "an array"
    }
  }
}
