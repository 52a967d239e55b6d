/// How a file is to be read, where this should not be detected from the file.
///
/// All but `refusedRowsNamed` are for comma-separated text.
public struct ReadingOptions: Hashable, Sendable {
  /// Whether the first line names the columns; `nil`: it does unless a field of it is a number,
  /// and even then where the rows after it show that it does.
  public var header: Bool?

  /// What separates fields: one ASCII character but a quote or a line end, where a space stands
  /// for any run of them; `nil`: whichever of tab, `;`, `|` and `,` divides the first lines most
  /// evenly, or else spaces.
  public var delimiter: String?

  /// The columns to read as texts, also where they hold numbers.
  public var text: [String] = []

  /// How many lines stand above the table; `nil`: lines of title are recognised.
  public var skip: Int?

  /// What a line begins with that is no row.
  public var comment: String?

  /// The decimal mark, `.` or `,`; `nil`: detected for each column.
  public var decimal: String?

  /// The thousands separator; `nil`: detected for each column.
  public var thousands: String?

  /// What stands for a missing value, without quotes; `nil`: `NA`, `null`, `None` and the like.
  public var missing: [String]?

  /// The name of the encoding; `nil`: UTF-8.
  public var encoding: String?

  /// The columns that are wanted, of those that the file has; `nil`: all.
  ///
  /// Others are left out of the table, and their cells are not looked at: the table has the same rows
  /// and, in its columns, the same cells as when all are read. Names that the file does not have
  /// are ignored; `ReadingReport.columnNames` has those that it has.
  public var columns: Set<String>?

  /// How many refused rows the report names; the others are counted only.
  public var refusedRowsNamed: Int

  public init(header: Bool? = nil, delimiter: String? = nil, refusedRowsNamed: Int = 20) {
    self.header = header
    self.delimiter = delimiter
    self.refusedRowsNamed = refusedRowsNamed
  }
}

extension Table {
  /// Whether a cell of a file that says so, without quotes, usually has no value.
  public static func isMissing(_ text: String) -> Bool {
    var text = text
    return text.withUTF8(CellText.isMissing)
  }
}
