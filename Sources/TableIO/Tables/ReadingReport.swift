/// How a file is to be read, where it should not be found out from the file.
public struct ReadingOptions: Hashable, Sendable {
  /// Whether the first line names the columns; `nil`: it does unless a field of it is a number.
  public var header: Bool?

  /// Delimiter between fields: one ASCII character but a quote or a line end; `nil`: whichever of
  /// tab, `;` and `,` divides the first lines most evenly.
  public var delimiter: String?

  /// How many refused rows the report names; the others are counted only.
  public var refusedRowsNamed: Int

  public init(header: Bool? = nil, delimiter: String? = nil, refusedRowsNamed: Int = 20) {
    self.header = header
    self.delimiter = delimiter
    self.refusedRowsNamed = refusedRowsNamed
  }
}

/// A row that is not in the table, and why.
public struct RefusedRow: Hashable, Sendable {
  /// Where the row begins, from 1.
  public let line: Int
  public let reason: Reason

  public init(line: Int, reason: Reason) {
    self.line = line
    self.reason = reason
  }

  public enum Reason: Hashable, Sendable, CustomStringConvertible {
    case fieldCount(found: Int, expected: Int)
    /// A number beyond the largest Double in a column of numbers.
    case outOfRange(column: String)
    /// Something other than a delimiter follows the closing quote of this field, from 1.
    case textAfterQuote(field: Int)
    /// A line or an element that is no record, and what it is.
    case notARecord(String)
    /// A record that breaks off or is no JSON, and where.
    case malformedRecord(String)
    /// A record that has two values for one key.
    case repeatedKey(String)

    public var description: String {
      switch self {
      case .fieldCount(let found, let expected):
        "\(found) \(found == 1 ? "field" : "fields") where \(expected) \(expected == 1 ? "is" : "are") expected"
      case .outOfRange(let column): "a number out of range in column `\(printable(column))`"
      case .textAfterQuote(let field): "text after the closing quote of field \(field)"
      case .notARecord(let kind): "\(kind) where a record is expected"
      case .malformedRecord(let reason): "a record that is not valid JSON: \(reason)"
      case .repeatedKey(let key): "the key `\(printable(key))` twice"
      }
    }
  }
}

/// Report of reading a file into a table.
public struct ReadingReport: Hashable, Sendable {
  /// Rows in the table.
  public internal(set) var rows = 0

  /// Rows that were refused.
  public internal(set) var refusedCount = 0

  /// The first refused rows, in the order of the file.
  public internal(set) var refused: [RefusedRow] = []

  /// Whether the first line was taken for names.
  public internal(set) var header = true

  /// Delimiter found between fields.
  public internal(set) var delimiter = ","

  /// Notes for the user.
  public internal(set) var notes: [ReadingNote] = []
}

/// Something about a file that its reader may not expect.
public enum ReadingNote: Hashable, Sendable {
  /// A name of the header was empty or had been used; the column has another.
  case renamed(from: String, to: String)
  /// Cells that say "not a number" were treated as missing.
  case notANumber(column: String, count: Int, firstLine: Int)
  /// The column reads as numbers but for some cells, of which this is the first.
  case mixed(column: String, first: LocatedText)
  /// The column reads as numbers if commas stand for points; this is the first.
  case decimalCommas(column: String, first: LocatedText)
  /// No cell of the column has a value.
  case noValues(column: String)
  /// Cells that are arrays or objects were kept as JSON text.
  case nested(column: String, count: Int, firstLine: Int)
  /// The column is text, as no number holds this integer exactly.
  case inexact(column: String, first: LocatedText)
  /// The column is text, as some cells are numbers and others are not.
  case numbersAndTexts(column: String, first: LocatedText)
}

extension ReadingNote: CustomStringConvertible {
  public var description: String {
    switch self {
    case .renamed("", let name): "a column without a name is named `\(name)`"
    case .renamed(let old, let name):
      "a second column named `\(printable(old))` is renamed `\(printable(name))`"
    case .notANumber(let column, let count, let line):
      "column `\(printable(column))`: \(count) \(count == 1 ? "cell is" : "cells are") NaN, "
        + "first on line \(line); treated as missing"
    case .mixed(let column, let first):
      "column `\(printable(column))` is read as text, though most cells are numbers: "
        + "line \(first.line ?? 0) has `\(printable(first.text))`"
    case .decimalCommas(let column, let first):
      "column `\(printable(column))` is read as text, because its numbers have decimal commas: "
        + "line \(first.line ?? 0) has `\(printable(first.text))`; write decimal points in the file"
    case .noValues(let column): "column `\(printable(column))` has no values"
    case .nested(let column, let count, let line):
      "column `\(printable(column))`: \(count) \(count == 1 ? "cell is an array or object" : "cells are arrays or objects"), "
        + "first on line \(line); kept as JSON text"
    case .inexact(let column, let first):
      "column `\(printable(column))` is text, as no number holds "
        + "`\(printable(first.text))` exactly, on line \(first.line ?? 0)"
    case .numbersAndTexts(let column, let first):
      "column `\(printable(column))` is text, as it holds numbers and other values: "
        + "line \(first.line ?? 0) has `\(printable(first.text))`"
    }
  }
}

extension RefusedRow.Reason {
  /// Whether only JSON has such rows.
  var isOfJSON: Bool {
    switch self {
    case .notARecord, .malformedRecord, .repeatedKey: true
    case .fieldCount, .outOfRange, .textAfterQuote: false
    }
  }
}
