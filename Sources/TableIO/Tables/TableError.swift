/// Why a table could not be read, made or written.
public struct TableError: Error, Hashable, Sendable {
  public let problem: Problem

  /// The file concerned, where there is one.
  public let path: String?

  public init(_ problem: Problem, path: String? = nil) {
    self.problem = problem
    self.path = path
  }

  public enum Problem: Hashable, Sendable {
    /// The file itself could not be opened, read or written.
    case file(FileError)
    /// The caller asked for the work to stop.
    case cancelled
    /// No line holds anything.
    case empty
    /// The first bytes are those of a format that is not read.
    case foreignFormat(TableFormat)
    /// Bytes that are not as their format has them; the kind is that of the file: “Parquet file”.
    case damaged(kind: String, reason: String)
    /// Content that a format may have, and that is not read or written here.
    case unsupported(reason: String, remedy: String)
    /// The file's records, or what stands in their place, break off or are no JSON.
    case malformedJSON(line: Int, reason: String)
    /// Without a record the columns are not known.
    case noRecords
    /// More different keys up to this line than a table may have columns.
    case tooManyColumns(line: Int, limit: Int)
    /// A line of CSV with more fields than a table may have columns.
    case tooManyFields(line: Int, limit: Int)
    /// A record that is longer than any of a table is.
    case longRecord(line: Int)
    /// An option for CSV text, given for a file of another format.
    case unsuitableOption(String)
    /// A number that the format to be written does not have.
    case infiniteNumber(column: String, row: Int)
    case nulByte(line: Int)
    case invalidUTF8(line: Int)
    /// A quote that opens on this line is never closed.
    case unterminatedQuote(line: Int)
    /// The header has this many columns, and no row has as many fields.
    case everyRowRefused(count: Int, columns: Int, first: RefusedRow)
    /// No file has a path that the pattern stands for.
    case noMatch
    /// The folder has no file of a format that is read.
    case noTables
    /// More files than are read as one table.
    case tooManyFiles(Int)
    /// Two of several files, of different formats.
    case severalFormats(String, String)
    /// A folder within a folder of tables that is no partition.
    case plainFolder(String)
    /// Two of several files, in folders that name different keys.
    case differentPartitions(String, String)
    /// The file has not the columns that the first of several has.
    case differentColumns(than: String, missing: [String], added: [String])
    /// A column of numbers that is texts in another file.
    case differentKinds(column: String, textIn: String)
    /// Another content was found when the file was read a second time.
    case changedWhileReading
    /// A record needs more bytes than there is memory for.
    case noMemory(needed: Int)
    case unsuitableDelimiter(String)
    /// A text that `decimal` or `thousands` does not take.
    case unsuitableMark(String, option: String)
    case unsuitableSkip(Int)
    case unknownEncoding(String)
    case unequalLengths(column: String, count: Int, expected: Int)
    case duplicateName(String)
    case unknownColumn(String, among: [String])
    case rowOutOfRange(Int, rows: Int)
    /// Numbers were asked for; the column is text because of this cell.
    case notNumbers(column: String, because: LocatedText?)
  }

  /// The same error, with this file's path.
  func at(_ path: String) -> TableError { TableError(problem, path: self.path ?? path) }
}
