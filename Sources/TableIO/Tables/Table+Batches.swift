extension Table {
  /// Reads a file in batches of rows, in the order of the file, and keeps none of them: of CSV text
  /// it takes some MiB for each processor, however large the file is.
  ///
  /// Of CSV text a batch is about 1 MiB of the file for each processor. The first one decides which
  /// columns are numbers, written plainly: percentages, decimal commas and the like are texts here,
  /// and a text that comes up in a column of numbers later is the error `notNumbers`. The codes of
  /// texts hold for their batch only; `line(ofRow:)` gives the line in the file. Of JSON a batch is
  /// 512 KiB, of Parquet a row group or several small ones, of Arrow a record batch. Files of other
  /// formats are one batch each, and so are Parquet and Arrow that are compressed as a whole. Several
  /// files follow each other, with the columns of partitions.
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
      let (coding, whole) = try TableFormat.coding(for: path, of: stream)
      return try coding.readBatches(whole, options: options, isCancelled: isCancelled, body)
    } catch {
      throw error.at(path)
    }
  }

  /// Refuses files of which `forEachBatch` would keep more than a part in memory.
  ///
  /// - Complexity: O(files): the first bytes of each.
  public static func checkBatches(
    of path: String, from files: any FileSystem, options: ReadingOptions = ReadingOptions()
  ) throws(TableError) {
    if let set = try FileSet(path, in: files) {
      for file in set.files { try checkBatches(of: file.path, from: files, options: options) }
      return
    }
    do throws(TableError) {
      let stream: any ByteStream
      do throws(FileError) {
        stream = try DecompressingByteStream.content(of: files.open(path), path: path)
      } catch { throw TableError(.file(error)) }
      let isPlain = !(stream is DecompressingByteStream)
      switch try TableFormat.coding(for: path, of: stream).coding.batches {
      case .always: break
      case .ofPlainFiles where isPlain: break
      case .ofPlainFiles:
        throw TableError(
          .unsupported(
            reason: "a file of this format that is compressed as a whole cannot be read in parts",
            remedy: "unpack it first"))
      case .never:
        throw TableError(
          .unsupported(
            reason: "files of this format cannot be read in parts",
            remedy: "write it as Parquet or CSV, or leave `stream=true` out"))
      }
      if let option = options.firstOfCells {
        throw TableError(
          .unsupported(
            reason: "`\(option)` is not for files that are read in parts",
            remedy: "leave `stream=true` out, or write the numbers plainly: `0.05`"))
      }
    } catch {
      throw error.at(path)
    }
  }
}

extension ReadingOptions {
  /// An option that changes what cells mean, which only all rows together show.
  fileprivate var firstOfCells: String? {
    [("decimal", decimal != nil), ("thousands", thousands != nil)].first(where: \.1)?.0
  }
}

extension FileSet {
  /// The batches of all files.
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
          isOver = try !body(batch.of(file, options))
          return !isOver
        })
      let names = report.columnNames + file.partition.map(\.key)
      if index == 0 { joined.columnNames = names }
      guard Set(names) == Set(joined.columnNames) else {
        throw TableError(
          .differentColumns(
            than: files[0].path,
            missing: joined.columnNames.filter { !names.contains($0) },
            added: names.filter { !joined.columnNames.contains($0) }),
          path: file.path)
      }
      joined.rows += report.rows
      joined.refusedCount += report.refusedCount
      joined.files.append(FileReading(path: file.path, report: report))
    }
    return joined
  }
}

extension Table {
  /// The rows of one file of several, with a column of texts for each key of the folders it is in.
  fileprivate func of(
    _ file: FileSet.File, _ options: ReadingOptions
  ) throws(TableError) -> Table {
    let keys = file.partition.filter { options.columns?.contains($0.key) ?? true }
    return try Table(
      columns: columns + keys.map { Column($0.key, of: [($0.value, rows)]) },
      origin: RowOrigin(fingerprint: fingerprint, files: [(file.path, origin)]))
  }
}
