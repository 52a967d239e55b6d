/// The rows of comma-separated text, copied as they stand, each with one more cell that says
/// whether it is flagged.
///
/// Every cell keeps its spelling and its quotes. Rows are read as a table would be: empty lines are
/// skipped, rows with too many cells or without a score are left out and counted, short ones filled
/// up. Memory: a window of the file, for a file of any size.
public final class RowCopy {
  /// A column whose value decides with the score.
  public struct GroupColumn: Sendable {
    let name: String
    let isNumber: Bool

    public init(_ name: String, isNumber: Bool) {
      self.name = name
      self.isNumber = isNumber
    }
  }

  public enum Outcome: Hashable, Sendable {
    case copied
    /// Nothing was written: the file has to be read as a whole to be understood, as where scores are
    /// percentages.
    case needsTable
  }

  /// Refused rows and other surprises.
  public internal(set) var report = ReadingReport()
  /// How many rows were written, and how many of them are flagged.
  public internal(set) var rows = 0
  public internal(set) var flagged = 0
  /// How many rows have no score, and the lines of the first.
  public internal(set) var missingCount = 0
  public internal(set) var missingLines: [Int] = []

  let path: String
  let window: ByteWindow
  let score: String
  let groups: [GroupColumn]
  let added: String
  let options: ReadingOptions

  /// - Parameters:
  ///   - path: a file of comma-separated text.
  ///   - score: the column of scores.
  ///   - added: the name of the new column; an older one of that name is left out.
  public init(
    _ path: String, from files: any FileSystem, score: String, groups: [GroupColumn],
    adding added: String, options: ReadingOptions
  ) throws(TableError) {
    self.path = path
    self.score = score
    self.groups = groups
    self.added = added
    self.options = options
    do throws(FileError) {
      window = ByteWindow(over: try files.open(path))
    } catch {
      throw TableError(.file(error), path: path)
    }
  }

  /// Writes the copy: whole or not at all.
  ///
  /// - Parameter decide: whether a row with this score and these values of the groups' columns is
  ///   flagged.
  /// - Throws: where the file is no such text, lacks a column, or cannot be written.
  /// - Complexity: O(bytes).
  public func write(
    to output: String, in files: any FileSystem, isCancelled: () -> Bool,
    decide: (Double, [Cell]) -> Bool
  ) throws(TableError) -> Outcome {
    var outcome = Outcome.copied
    var failure: TableError?
    do throws(FileError) {
      try files.writeFileAtomically(output) { (emit: ByteEmitter) throws(FileError) in
        do throws(TableError) {
          outcome = try copy(to: emit, isCancelled: isCancelled, decide: decide)
        } catch {
          failure = error
        }
        // An error drops all that was written so far.
        if failure != nil || outcome == .needsTable {
          throw FileError(path: output, action: .write, cause: .cancelled)
        }
      }
    } catch {
      if let failure { throw TableError(failure.problem, path: path) }
      if outcome == .needsTable { return outcome }
      throw TableError(.file(error))
    }
    return outcome
  }

  private func copy(
    to emit: ByteEmitter, isCancelled: () -> Bool, decide: (Double, [Cell]) -> Bool
  ) throws(TableError) -> Outcome {
    guard let header = try readHeader(isCancelled: isCancelled),
      let walk = try RowWalk(header, for: self)
    else { return .needsTable }
    report.header = header.isHeader
    report.notes = header.notes
    walk.writeHeader()
    while true {
      guard let used = try walk.rows(in: window.bytes, isLast: window.isLast, decide) else {
        return .needsTable
      }
      window.use(used)
      try walk.flush(to: emit)
      if window.isLast { break }
      try window.refuseEndlessRecord(from: walk.line)
      try window.advance(isCancelled: isCancelled)
    }
    report.rows = rows
    report.notes += walk.notes
    return rows == 0 ? .needsTable : .copied
  }

  /// `nil` for a file of another format.
  private func readHeader(isCancelled: () -> Bool) throws(TableError) -> CSVHeader? {
    while true {
      try window.advance(isCancelled: isCancelled)
      let content = window.bytes
      if TableFormat.all.contains(where: { $0.marks.contains { content.starts(with: $0) } }) {
        return nil
      }
      if let header = try CSVHeader(of: content, isLast: window.isLast, options: options) {
        window.use(header.length)
        return header
      }
      try window.refuseEndlessRecord(from: 1)
    }
  }
}
