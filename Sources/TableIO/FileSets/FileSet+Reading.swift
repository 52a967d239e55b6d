extension FileSet {
  /// Reads all files, one after the other, as one table.
  ///
  /// Their columns must have the same names; a column that is texts in one of them is texts. The
  /// columns of partitions come last.
  func read(
    from system: any FileSystem, options: ReadingOptions, isCancelled: () -> Bool,
    progress: @escaping (Double) -> Void
  ) throws(TableError) -> (table: Table, report: ReadingReport) {
    var parts: [FilePart] = []
    for (index, file) in files.enumerated() {
      let share = 1 / Double(files.count)
      let (table, report) = try Table.read(
        file.path, from: system, options: options, isCancelled: isCancelled
      ) { progress((Double(index) + $0) * share) }
      parts.append(FilePart(file: file, table: table, report: report))
      try parts[0].refuseOtherColumns(of: parts[index])
    }
    try rereadTexts(&parts, from: system, options, isCancelled)
    return try table(joining: parts, options)
  }

  /// The names of all columns.
  func columnNames(
    from system: any FileSystem, options: ReadingOptions
  ) throws(TableError) -> [String] {
    guard let first = files.first else { return [] }
    return try Table.columnNames(of: first.path, from: system, options: options)
      + first.partition.map(\.key)
  }

  /// Reads files again in which a column is numbers that is texts in another.
  private func rereadTexts(
    _ parts: inout [FilePart], from system: any FileSystem, _ options: ReadingOptions,
    _ isCancelled: () -> Bool
  ) throws(TableError) {
    var textIn: [String: String] = [:]
    for part in parts {
      for column in part.table.columns where column.holdsTexts {
        if textIn[column.name] == nil { textIn[column.name] = part.file.path }
      }
    }
    for index in parts.indices {
      let names = parts[index].table.columns.filter {
        !$0.holdsTexts && $0.missingCount < $0.count && textIn[$0.name] != nil
      }.map(\.name)
      guard let name = names.first else { continue }
      let path = parts[index].file.path
      var options = options
      options.text += names
      do throws(TableError) {
        let (table, _) = try Table.read(
          path, from: system, options: options, isCancelled: isCancelled)
        parts[index].table = table
      } catch {
        guard case .unsuitableOption = error.problem else { throw error }
        throw TableError(.differentKinds(column: name, textIn: textIn[name] ?? ""), path: path)
      }
    }
  }

  private func table(
    joining parts: [FilePart], _ options: ReadingOptions
  ) throws(TableError) -> (table: Table, report: ReadingReport) {
    let tables = parts.map(\.table)
    let keys = files.first?.partition.map(\.key) ?? []
    var columns = (tables.first?.columnNames ?? []).map { name in
      Column(joining: tables.compactMap { $0[name] })
    }
    for (index, key) in keys.enumerated() where options.columns?.contains(key) ?? true {
      columns.append(Column(key, of: parts.map { ($0.file.partition[index].value, $0.table.rows) }))
    }
    var origin = Fingerprint()
    for part in parts { part.add(to: &origin) }
    let rows = RowOrigin(
      fingerprint: origin.value, files: parts.map { ($0.file.path, $0.table.origin) })
    let report = ReadingReport(joining: parts, keys)
    if let key = keys.first(where: (parts.first?.report.columnNames ?? []).contains) {
      throw TableError(.duplicateName(key), path: parts.first?.file.path)
    }
    return (try Table(columns: columns, origin: rows), report)
  }
}

/// A file of several, once it is read.
struct FilePart {
  let file: FileSet.File
  var table: Table
  let report: ReadingReport

  func refuseOtherColumns(of other: FilePart) throws(TableError) {
    let (own, others) = (report.columnNames, other.report.columnNames)
    guard Set(own) != Set(others) else { return }
    throw TableError(
      .differentColumns(
        than: file.path, missing: own.filter { !others.contains($0) },
        added: others.filter { !own.contains($0) }), path: other.file.path)
  }

  /// Content and partition; the path does not make it another table.
  fileprivate func add(to fingerprint: inout Fingerprint) {
    withUnsafeBytes(of: table.fingerprint.littleEndian) { fingerprint.update($0) }
    withUnsafeBytes(of: UInt64(table.rows).littleEndian) { fingerprint.update($0) }
    for part in file.partition {
      let text = Array("\(part.key.utf8.count)=\(part.key)\(part.value ?? "=")\n".utf8)
      text.withUnsafeBytes { fingerprint.update($0) }
    }
  }
}

extension ReadingReport {
  fileprivate init(joining parts: [FilePart], _ keys: [String]) {
    self.init()
    rows = parts.reduce(0) { $0 + $1.table.rows }
    refusedCount = parts.reduce(0) { $0 + $1.report.refusedCount }
    header = parts.first?.report.header ?? true
    delimiter = parts.first?.report.delimiter ?? ","
    columnNames = (parts.first?.report.columnNames ?? []) + keys
    files = parts.map { FileReading(path: $0.file.path, report: $0.report) }
  }
}
