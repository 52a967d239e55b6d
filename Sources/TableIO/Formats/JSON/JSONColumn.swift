import Glibc

/// A column of JSON records while it is being read.
///
/// A record need not have every key, so a column may be shorter than the rows: the cells between are
/// missing, and are added when the next one comes.
final class JSONColumn {
  let name: String
  /// Whether its cells are kept.
  let isWanted: Bool
  /// The name in UTF-8, to compare keys with.
  private let key: [UInt8]
  /// The record in which the key was met last.
  var lastRecord = 0
  /// Whether an accepted record has the key.
  var isUsed = false

  private var builder: ColumnBuilder
  private var count = 0
  private var hasNumbers = false
  /// Whether batches that were handed over had a value.
  private var hadValues = false
  private var notANumber: (count: Int, firstLine: Int)?
  private var nested: (count: Int, firstLine: Int)?
  private var firstInexact: LocatedText?

  /// The first cell that is not a number.
  private(set) var firstText: LocatedText?

  /// Whether a cell is no number though some before it are, so that another walk is needed.
  private(set) var isBroken = false

  /// - Parameter firstText: a cell known to be text from an earlier walk.
  init(name: String, isWanted: Bool, firstText: LocatedText?) {
    self.name = name
    self.isWanted = isWanted
    key = Array(name.utf8)
    self.firstText = firstText
    builder = ColumnBuilder(holdsTexts: firstText != nil)
  }

  func isNamed(_ other: Bytes) -> Bool {
    guard other.count == key.count else { return false }
    guard let start = other.baseAddress, !other.isEmpty else { return true }
    return key.withUnsafeBytes { key in
      key.baseAddress.map { memcmp($0, start, other.count) == 0 } ?? false
    }
  }

  var holdsTexts: Bool { builder.holdsTexts }

  /// The code of a text; `nil` if it is not UTF-8 or holds a NUL.
  func code(for text: Bytes) -> Int32? { builder.code(for: text) }

  /// Makes the column one of texts, as this cell is one; with numbers in it already, it breaks.
  func becomeText(_ cell: Bytes, line: Int) {
    if holdsTexts || isBroken { return }
    firstText = LocatedText(text: String(decoding: cell, as: UTF8.self), line: line)
    if hasNumbers { isBroken = true } else { builder = ColumnBuilder(holdsTexts: true) }
    if !isBroken { count = 0 }
  }

  func append(_ number: Double, row: Int) {
    hasNumbers = true
    if isBroken { return }
    fill(to: row)
    builder.append(number)
    count += 1
  }

  func append(code: Int32, row: Int) {
    if isBroken { return }
    fill(to: row)
    builder.append(code: code)
    count += 1
  }

  private func fill(to row: Int) {
    builder.appendMissing(row - count)
    count = row
  }

  func noteNumberInTexts() { hasNumbers = true }

  func noteNotANumber(line: Int) {
    notANumber = ((notANumber?.count ?? 0) + 1, notANumber?.firstLine ?? line)
  }

  func noteNested(line: Int) { nested = ((nested?.count ?? 0) + 1, nested?.firstLine ?? line) }

  func noteInexact(_ digits: Bytes, line: Int) {
    guard firstInexact == nil else { return }
    firstInexact = LocatedText(text: String(decoding: digits, as: UTF8.self), line: line)
  }

  // MARK: - What was read

  func finished(rows: Int, compacting: Bool) -> Column {
    fill(to: rows)
    return Column(
      name: name, values: builder.values(compacting: compacting), firstText: firstText)
  }

  /// The cells of so many rows, which the column then forgets.
  func takeBatch(rows: Int) -> Column {
    let batch = finished(rows: rows, compacting: true)
    hadValues = hadValues || !builder.hasNoValues
    builder.removeAll()
    count = 0
    return batch
  }

  func notes(rows: Int) -> [ReadingNote] {
    var notes: [ReadingNote] = []
    if let (count, firstLine) = notANumber {
      notes.append(.notANumber(column: name, count: count, firstLine: firstLine))
    }
    if let (count, firstLine) = nested {
      notes.append(.nested(column: name, count: count, firstLine: firstLine))
    }
    if let firstInexact {
      notes.append(.inexact(column: name, first: firstInexact))
    } else if hasNumbers, let firstText {
      notes.append(.numbersAndTexts(column: name, first: firstText))
    }
    if rows > 0, builder.hasNoValues, !hadValues { notes.append(.noValues(column: name)) }
    return notes
  }
}
