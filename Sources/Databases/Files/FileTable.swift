public import TableIO

/// A table that stays in its file: each question to it reads the file once, batch by batch, and
/// keeps no batch.
///
/// Memory: some MiB for each processor of text, a row group of the columns that are needed of
/// Parquet, a record batch of Arrow, however many rows there are.
public struct FileTable: Sendable {
  public let path: String
  /// The names of all columns, in the order of the file.
  public let columnNames: [String]
  /// Which rows belong to the table: those that all of these keep.
  public private(set) var filters: [FileFilter] = []
  let files: any FileSystem
  let options: ReadingOptions
  private let progress: @Sendable (Double) -> Void

  /// Reads the names of the columns alone.
  ///
  /// - Throws: where that is not possible; for a pipe, which can be read once only, and for a format
  ///   that is read as a whole.
  public init(
    _ path: String, from files: any FileSystem, options: ReadingOptions,
    progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) throws(TableError) {
    if files.kind(of: path) == .other { throw .readOnce(path) }
    columnNames = try Table.columnNames(of: path, from: files, options: options)
    try Table.checkBatches(of: path, from: files, options: options)
    (self.path, self.files, self.options, self.progress) = (path, files, options, progress)
  }

  /// The rows of it that a filter keeps.
  public func filtered(by filter: FileFilter) -> FileTable {
    var table = self
    table.filters.append(filter)
    return table
  }

  /// Hands over the rows batch by batch, without those that a filter drops, until `body` returns
  /// false.
  ///
  /// - Parameter columns: which columns are read; all where `nil`. Filters read theirs beside.
  /// - Returns: what was read.
  /// - Complexity: O(bytes), in one pass.
  public func forEachBatch(
    of columns: Set<String>?, isCancelled: () -> Bool,
    _ body: (Table) throws(DatabaseError) -> Bool
  ) throws(DatabaseError) -> FilePass {
    var chosen = options
    chosen.columns = columns.flatMap { columns in
      filters.reduce(columns) { $0?.union($1.columns ?? []) }
    }
    if filters.contains(where: { $0.columns == nil }) { chosen.columns = nil }
    var pass = FilePass(stamp: files.stamp(of: path))
    var failure: DatabaseError?
    do throws(TableError) {
      pass.report = try Table.forEachBatch(
        of: path, from: files, options: chosen, isCancelled: isCancelled, progress: progress
      ) { (batch) throws(TableError) in
        pass.add(batch)
        do throws(DatabaseError) {
          let rows = try kept(of: batch, &pass)
          if rows.rows == 0 { return true }
          return try body(rows)
        } catch {
          failure = error
          return false
        }
      }
    } catch {
      throw error.problem == .cancelled ? .cancelled : .table(error)
    }
    if let failure { throw failure }
    guard files.stamp(of: path) == pass.stamp else { throw .fileChanged(path: path) }
    return pass
  }

  private func kept(of batch: Table, _ pass: inout FilePass) throws(DatabaseError) -> Table {
    var rows = batch
    for filter in filters where rows.rows > 0 {
      let found: FileFilter.Kept
      do { found = try filter.keep(rows) } catch { throw .caller(CallersError(error)) }
      pass.undecided += found.undecided
      if found.rows.count == rows.rows { continue }
      do throws(TableError) { rows = try rows.subset(rows: found.rows) } catch {
        throw .table(error)
      }
    }
    return rows
  }
}

extension FileTable: Hashable {
  /// Whether both are the same rows, as far as can be said without reading them.
  public static func == (one: FileTable, other: FileTable) -> Bool {
    one.path == other.path && one.options == other.options && one.columnNames == other.columnNames
      && one.filters == other.filters
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(path)
    hasher.combine(filters)
  }
}

/// A condition on the rows of a table that stays in its file.
public final class FileFilter: Sendable {
  public typealias Kept = (rows: [Int], undecided: Int)

  /// As it was written.
  public let text: String
  /// The columns that it reads; `nil` for any of them.
  public let columns: Set<String>?
  let keep: @Sendable (Table) throws -> Kept

  /// - Parameter keep: The positions of the rows to keep, ascending, and for how many rows it cannot
  ///   be said.
  public init(
    _ text: String, columns: Set<String>?, keep: @escaping @Sendable (Table) throws -> Kept
  ) {
    (self.text, self.columns, self.keep) = (text, columns, keep)
  }
}

extension FileFilter: Hashable {
  public static func == (one: FileFilter, other: FileFilter) -> Bool { one === other }

  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// What one pass over a file found.
public struct FilePass: Sendable {
  /// Refused rows and other surprises.
  public internal(set) var report = ReadingReport.nothing
  /// How many rows a filter could not decide on.
  public internal(set) var undecided = 0
  /// The state of the file, and a hash of its content: equal for equal passes of one process.
  let stamp: FileStamp
  private var hasher = Hasher()

  init(stamp: FileStamp) { self.stamp = stamp }

  mutating func add(_ batch: Table) {
    hasher.combine(batch.fingerprint)
    hasher.combine(batch.rows)
  }

  var content: Int { hasher.finalize() }
}

extension TableError {
  fileprivate static func readOnce(_ path: String) -> TableError {
    TableError(
      .unsupported(
        reason: "a pipe can be read only once, and a streamed table is read for each question",
        remedy: "write it to a file first, or leave `stream=true` out"), path: path)
  }
}
