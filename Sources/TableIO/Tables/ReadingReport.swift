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

  /// The names of all columns that the file has, also of those that were left out because others
  /// were wanted; in the order of the file.
  public internal(set) var columnNames: [String] = []

  /// Where several files were read as one table, the report of each, which has the refused rows and
  /// notes.
  public internal(set) var files: [FileReading] = []
}

extension ReadingReport {
  /// Where nothing was read yet.
  public static var nothing: ReadingReport { ReadingReport() }
}

/// Report of reading one of several files.
public struct FileReading: Hashable, Sendable {
  public let path: String
  public let report: ReadingReport
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
  /// The column is not read, as it holds lists or the like.
  case leftOut(column: String, holding: String)
  /// The column is text, as no number holds this integer exactly.
  case inexact(column: String, first: LocatedText)
  /// The column is text, as some cells are numbers and others are not.
  case numbersAndTexts(column: String, first: LocatedText)
  /// The column is text, as its commas may be decimal marks or separate thousands.
  case eitherComma(column: String, first: LocatedText)
  /// Numbers with decimal commas were read as such.
  case readDecimalCommas(column: String, first: LocatedText)
  /// Numbers with separated thousands were read as such.
  case readThousands(column: String, first: LocatedText)
  /// Percentages were read as shares.
  case percentages(column: String, first: LocatedText)
  /// Numbers with leading zeros, which are kept when the column is written again.
  case leadingZeros(column: String, first: LocatedText)
  /// The first column holds the numbers of the rows, as other programs write them.
  case rowIndex(column: String)
  /// Rows with fewer fields than there are columns were filled up.
  case shortRows(count: Int, firstLine: Int)
  /// Delimiters at the ends of rows were left out.
  case longRows(count: Int, firstLine: Int)
  /// Each line ends in a delimiter, which makes no column.
  case emptyLineEnds
  /// The first records were taken for a title: how many, the line of the first, and of the table.
  case titleLines(count: Int, first: Int, table: Int)
  /// Runs of spaces were taken for delimiters.
  case dividedBySpaces
  /// A line that holds numbers was taken for the names of the columns.
  case guessedHeader(line: Int)
  /// A line that counts 0, 1, 2, … was taken for data.
  case numbersAsData(line: Int)
  /// A line that holds texts and numbers was taken for data.
  case firstLineAsData(line: Int)
}

extension RefusedRow.Reason {
  /// Whether only JSON has such rows.
  var isOfJSON: Bool {
    switch self {
    case .notARecord, .malformedRecord, .repeatedKey: true
    case .fieldCount, .textAfterQuote: false
    }
  }
}
