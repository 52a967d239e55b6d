/// How the rows of a file are written, known before the first of them is read.
struct CSVDialect {
  let delimiter: UInt8
  let comment: CommentMark
  let missing: MissingCells

  /// How many refused rows are named: the first one is needed for the error if there is no other.
  let refusedRowsNamed: Int

  init(delimiter: UInt8, _ options: ReadingOptions) {
    self.delimiter = delimiter
    comment = CommentMark(options.comment)
    missing = options.missing.map { MissingCells($0) } ?? .usual
    refusedRowsNamed = max(1, options.refusedRowsNamed)
  }

  /// Whether a look at each byte is enough for most rows.
  var hasPlainRows: Bool { delimiter != UInt8(ascii: " ") }

  /// Whether parts of a window can be read before it is known where their rows begin.
  var hasRowsAhead: Bool { hasPlainRows && !comment.isGiven }
}

/// How many rows have something in common, and the line of the first.
struct LineCount {
  private(set) var count = 0
  private(set) var firstLine = 0

  mutating func note(_ line: Int) {
    if count == 0 { firstLine = line }
    count += 1
  }
}
