extension CSVReader {
  /// Hands over the rows of each window; see `TableCoding`.
  ///
  /// What the columns are is decided by the first window: a later text in a column of numbers is an
  /// error.
  func readBatches(
    isCancelled: () -> Bool, _ body: (Table) throws(TableError) -> Bool
  ) throws(TableError) -> ReadingReport {
    let header = try readHeader(isCancelled: isCancelled)
    let choice = ColumnChoice(header, options)
    let pass = try sampledPass(header, choice, reserves: false)
    var count = 0
    widenWindow()
    while true {
      let isLast = window.isLast
      let batch = pass.takeBatch(fingerprint: window.fingerprint)
      count += batch.rows
      if batch.rows > 0, try !body(chosen(batch)) { break }
      if isLast { break }
      try window.refuseEndlessRecord(from: pass.line)
      try window.advance(isCancelled: isCancelled)
      window.use(try pass.records(in: window.bytes, isLast: window.isLast))
      try refuseLateText(pass)
    }
    return try report(of: pass, header, rows: count)
  }

  private func chosen(_ batch: Table) throws(TableError) -> Table {
    guard let wanted = options.columns else { return batch }
    return try batch.selecting(batch.columnNames.filter(wanted.contains))
  }

  private func refuseLateText(_ pass: CSVPass) throws(TableError) {
    guard pass.isBroken else { return }
    for (index, name) in pass.names.enumerated() where pass.isGivenUp(index) {
      throw TableError(.notNumbers(column: name, because: pass.firstTexts[index]))
    }
  }

  private func report(
    of pass: CSVPass, _ header: CSVHeader, rows: Int
  ) throws(TableError) -> ReadingReport {
    if rows == 0, let first = pass.refused.first {
      throw TableError(
        .everyRowRefused(count: pass.refusedCount, columns: header.names.count, first: first))
    }
    return ReadingReport(
      rows: rows, refusedCount: pass.refusedCount,
      refused: Array(pass.refused.prefix(options.refusedRowsNamed)), header: header.isHeader,
      delimiter: String(Unicode.Scalar(header.delimiter)), notes: header.notes,
      columnNames: header.names)
  }
}
