/// Named columns of equal length, and where each of their rows comes from.
///
/// Two tables are equal when their columns are and their rows come from the same places;
/// `hasSameContent(as:)` asks about the columns alone.
public struct Table: Hashable, Sendable {
  /// In the order of the file.
  ///
  /// Names are unique.
  public let columns: [Column]

  /// The number of rows, which every column has.
  public let rows: Int

  /// The identity of the rows: the source's content, and each row's number in it.
  public let origin: RowOrigin

  /// A table made of columns rather than read; its rows are identified by the columns' content.
  ///
  /// Throws `unequalLengths` or `duplicateName`. O(cells), for the fingerprint.
  public init(columns: [Column]) throws(TableError) {
    let rows = columns.first?.count ?? 0
    try self.init(
      columns: columns, origin: RowOrigin(fingerprint: Fingerprint.of(columns), count: rows))
  }

  /// A table whose rows are those of `origin`.
  ///
  /// O(columns).
  public init(columns: [Column], origin: RowOrigin) throws(TableError) {
    var names = Set<String>()
    for column in columns {
      guard column.count == origin.count else {
        throw TableError(
          .unequalLengths(column: column.name, count: column.count, expected: origin.count))
      }
      guard names.insert(column.name).inserted else {
        throw TableError(.duplicateName(column.name))
      }
    }
    self.init(trusted: columns, origin: origin)
  }

  /// For columns already known to be of one length and of different names.
  init(trusted columns: [Column], origin: RowOrigin) {
    self.columns = columns
    self.rows = origin.count
    self.origin = origin
  }

  /// A hash of the source's content: equal for two reads of one file, kept by every selection of
  /// rows or columns.
  public var fingerprint: UInt64 { origin.fingerprint }

  public var columnNames: [String] { columns.map(\.name) }

  /// The column of that very name.
  ///
  /// O(columns).
  public subscript(name: String) -> Column? { columns.first { $0.name == name } }

  /// The column of that name, or an error that lists the names.
  public func column(_ name: String) throws(TableError) -> Column {
    guard let column = self[name] else {
      throw TableError(.unknownColumn(name, among: columnNames))
    }
    return column
  }

  /// The line of the file on which the row begins; for a table made in memory, its number from 1.
  public func line(ofRow row: Int) -> Int { origin.line(ofRow: row) }

  /// Where the row stands: “line 3”, and of several files “line 3 of `b.csv`”.
  public func place(ofRow row: Int) -> String {
    let line = "line \(line(ofRow: row))"
    return origin.file(ofRow: row).map { "\(line) of `\(PathText.shown($0))`" } ?? line
  }

  /// Whether names, kinds and cells are the same, wherever the rows come from.
  ///
  /// O(cells).
  public func hasSameContent(as other: Table) -> Bool { columns == other.columns }

  public static func == (left: Table, right: Table) -> Bool {
    left.origin == right.origin && left.columns == right.columns
  }

  /// O(columns): the fingerprint stands for the cells.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(origin)
    for column in columns { hasher.combine(column) }
  }
}
