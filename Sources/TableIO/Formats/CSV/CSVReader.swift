import ParallelWork

/// Reads a table from comma-separated text, in windows, in one walk or in two.
///
/// The first window shows which columns are numbers. Where a later line proves that wrong, the
/// content is read a second time; reading never needs more than a window beside the columns.
struct CSVReader {
  let options: ReadingOptions
  private let style: NumberNotation?
  let window: ByteWindow

  init(_ stream: any ByteStream, options: ReadingOptions) throws(TableError) {
    self.options = options
    style = try NumberNotation(options)
    let encoding = try TextEncoding(options.encoding)
    window = try ByteWindow(rereading: encoding.decoding(stream))
  }

  func read(isCancelled: () -> Bool) throws(TableError) -> (table: Table, report: ReadingReport) {
    let header = try readHeader(isCancelled: isCancelled)
    var choice = ColumnChoice(header, options)
    var pass = try sampledPass(header, choice)
    try finish(pass, isCancelled: isCancelled)
    let fingerprint = window.fingerprint
    func repeated(keepingTexts: Bool) throws(TableError) {
      pass = newPass(header, choice, firstTexts: pass.firstTexts, keepingTexts: keepingTexts)
      try rewind(to: header, isCancelled: isCancelled)
      try finish(pass, isCancelled: isCancelled)
      guard window.fingerprint == fingerprint else { throw TableError(.changedWhileReading) }
    }
    while pass.isBroken || pass.skippedComma && style == nil {
      // A column that is not wanted may show that the file's decimal mark is a comma.
      if pass.skippedComma, style == nil { choice.readAll() }
      try repeated(keepingTexts: false)
    }
    // In a file with decimal commas, points separate thousands: that shows in texts only.
    if style == nil, pass.meanings(options, style).contains(where: \.showsDecimalComma) {
      try repeated(keepingTexts: true)
    }
    return try result(of: pass, header, fingerprint: fingerprint)
  }

  /// The names alone.
  func columnNames() throws(TableError) -> [String] {
    try readHeader(isCancelled: { false }).names
  }

  func readHeader(isCancelled: () -> Bool) throws(TableError) -> CSVHeader {
    while true {
      try window.advance(isCancelled: isCancelled)
      try TableFormat.refuseForeign(window.bytes)
      if let header = try CSVHeader(of: window.bytes, isLast: window.isLast, options: options) {
        window.use(header.length)
        return header
      }
      try window.refuseEndlessRecord(from: 1)
    }
  }

  /// A walk that has read the first window, with kinds of columns that held good there.
  ///
  /// - Parameter reserves: whether room is made for all rows of the file.
  func sampledPass(
    _ header: CSVHeader, _ choice: ColumnChoice, reserves: Bool = true
  ) throws(TableError) -> CSVPass {
    var pass = newPass(header, choice, firstTexts: header.names.map { _ in nil })
    while true {
      let used = try pass.records(in: window.bytes, isLast: window.isLast)
      if !pass.isBroken {
        if reserves { pass.reserve(rowsFor: window.size, after: used) }
        window.use(used)
        if reserves, CSVSections(of: window, for: pass) == nil { widenWindow() }
        return pass
      }
      pass = newPass(header, choice, firstTexts: pass.firstTexts)
    }
  }

  /// Gives every processor something to read, where there is enough.
  func widenWindow() {
    let capacity = min(Workers.available, 16) * RowsAhead.partSize * 4
    if (window.size ?? 0) > capacity { window.widen(to: capacity) }
  }

  /// - Parameter keepingTexts: whether cells of all columns are kept as texts.
  private func newPass(
    _ header: CSVHeader, _ choice: ColumnChoice, firstTexts: [LocatedText?],
    keepingTexts: Bool = false
  ) -> CSVPass {
    let dialect = CSVDialect(delimiter: header.delimiter, options)
    // Numbers that are written in another style, or stand for missing values, show in texts only.
    let keepsTexts =
      keepingTexts || style != nil || options.missing != nil && dialect.missing.holdsNumbers
    let isText = zip(header.names, firstTexts).map { name, text in
      keepsTexts || text != nil || options.text.contains(name)
    }
    return CSVPass(
      names: header.names, asTexts: isText, wanted: choice.reads, firstTexts: firstTexts,
      dialect: dialect, firstLine: header.firstLine)
  }

  /// Reads from where the window is to the end.
  private func finish(_ pass: CSVPass, isCancelled: () -> Bool) throws(TableError) {
    if let sections = CSVSections(of: window, for: pass) {
      return try sections.read(isCancelled: isCancelled)
    }
    while true {
      window.use(try pass.records(in: window.bytes, isLast: window.isLast))
      if window.isLast { return }
      try window.refuseEndlessRecord(from: pass.line)
      try window.advance(isCancelled: isCancelled)
    }
  }

  private func rewind(to header: CSVHeader, isCancelled: () -> Bool) throws(TableError) {
    try window.restart()
    repeat {
      try window.advance(isCancelled: isCancelled)
    } while window.bytes.count < header.length && !window.isLast
    window.use(header.length)
  }

  private func result(
    of pass: CSVPass, _ header: CSVHeader, fingerprint: UInt64
  ) throws(TableError) -> (table: Table, report: ReadingReport) {
    if pass.rows == 0, let first = pass.refused.first {
      throw TableError(
        .everyRowRefused(count: pass.refusedCount, columns: header.names.count, first: first))
    }
    if let name = options.text.first(where: { !header.names.contains($0) }) {
      throw TableError(.unknownColumn(name, among: header.names))
    }
    let origin = RowOrigin(fingerprint: fingerprint, count: pass.rows, lines: pass.lines)
    let result = CSVResult(of: pass, header, options, style)
    let report = ReadingReport(
      rows: pass.rows, refusedCount: pass.refusedCount,
      refused: Array(pass.refused.prefix(options.refusedRowsNamed)), header: header.isHeader,
      delimiter: String(Unicode.Scalar(header.delimiter)),
      notes: result.notes(of: header) + result.notes, columnNames: result.columnNames)
    return (Table(trusted: result.columns, origin: origin), report)
  }
}

/// Which columns of a file are read.
struct ColumnChoice {
  private(set) var reads: [Bool]

  /// The wanted ones, and a last one without a name, which may be no column.
  init(_ header: CSVHeader, _ options: ReadingOptions) {
    reads = header.names.map { options.columns?.contains($0) ?? true }
    if header.hasNamelessLast, let last = reads.indices.last { reads[last] = true }
  }

  mutating func readAll() { reads = reads.map { _ in true } }
}
