extension Table {
  /// Reads a file in batches of rows, in the order of the file, and keeps none of them: of CSV text
  /// it takes some MiB for each processor, however large the file is.
  ///
  /// Of CSV text a batch is about 1 MiB of the file for each processor. The first one decides which
  /// columns are numbers, written plainly: percentages, decimal commas and the like are texts here,
  /// and a text that comes up in a column of numbers later is the error `notNumbers`. The codes of
  /// texts hold for their batch only; `line(ofRow:)` gives the line in the file. Files of other
  /// formats are one batch each, and several files follow each other.
  ///
  /// - Parameter body: called with each batch that has rows; returns whether to go on.
  /// - Returns: what was read; `rows` counts the rows of all batches.
  /// - Complexity: O(bytes), in one pass. A pipe that cannot be read again is kept in memory.
  public static func forEachBatch(
    of path: String, from files: any FileSystem, options: ReadingOptions = ReadingOptions(),
    isCancelled: () -> Bool = { false }, progress: @escaping (Double) -> Void = { _ in },
    _ body: (Table) throws(TableError) -> Bool
  ) throws(TableError) -> ReadingReport {
    if let set = try FileSet(path, in: files) {
      return try set.readBatches(
        from: files, options: options, isCancelled: isCancelled, progress: progress, body)
    }
    let stream: any ByteStream
    do throws(FileError) {
      let metered = MeteredByteStream(try files.open(path), reporting: progress)
      stream = try DecompressingByteStream.content(of: metered, path: path, isKept: false)
    } catch {
      throw TableError(.file(error), path: path)
    }
    do throws(TableError) {
      return try TableFormat.coding(for: path).readBatches(
        stream, options: options, isCancelled: isCancelled, body)
    } catch {
      throw error.at(path)
    }
  }
}

extension FileSet {
  /// The batches of all files, without the columns of partitions.
  func readBatches(
    from system: any FileSystem, options: ReadingOptions, isCancelled: () -> Bool,
    progress: @escaping (Double) -> Void, _ body: (Table) throws(TableError) -> Bool
  ) throws(TableError) -> ReadingReport {
    var joined = ReadingReport()
    var isOver = false
    for (index, file) in files.enumerated() where !isOver {
      let share = 1 / Double(files.count)
      let report = try Table.forEachBatch(
        of: file.path, from: system, options: options, isCancelled: isCancelled,
        progress: { progress((Double(index) + $0) * share) },
        { (batch: Table) throws(TableError) in
          isOver = try !body(batch)
          return !isOver
        })
      if index == 0 { joined.columnNames = report.columnNames }
      guard Set(report.columnNames) == Set(joined.columnNames) else {
        throw TableError(
          .differentColumns(
            than: files[0].path,
            missing: joined.columnNames.filter { !report.columnNames.contains($0) },
            added: report.columnNames.filter { !joined.columnNames.contains($0) }),
          path: file.path)
      }
      joined.rows += report.rows
      joined.refusedCount += report.refusedCount
      joined.files.append(FileReading(path: file.path, report: report))
    }
    return joined
  }
}
