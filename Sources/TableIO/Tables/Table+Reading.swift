extension Table {
  /// Reads a table from a file of comma-separated text in UTF-8.
  ///
  /// - Fields are separated by `,`, `;` or tabs, lines end in LF, CR LF or CR; empty lines and a
  ///   byte order mark are skipped. Spaces around a field are not part of it.
  /// - A field in double quotes may hold delimiters, line ends and doubled quotes; so may one in
  ///   single quotes, but for line ends.
  /// - A column is numbers if every cell that is not missing reads as a number, in quotes or not,
  ///   and texts otherwise. Numbers have a decimal point; `inf` is a number.
  /// - A cell is missing that is empty, `?`, `NA`, `N/A`, `#N/A`, `null`, `NULL`, `nan`, `NaN` or
  ///   `NAN`. Within a column of texts a quoted cell is never missing.
  /// - A row is refused that has too many or too few fields, text after a closing quote, or a
  ///   number beyond the largest Double in a column of numbers.
  ///
  /// Large files are read by all processors; the result does not depend on how many there are.
  /// `isCancelled` is asked every 512 KiB, or every MiB and processor of a large file, and
  /// `progress` is called with the share of the file that is read, once more from the beginning
  /// where a second pass is needed. Throws on anything that cannot be read as such a file.
  ///
  /// - Complexity: O(bytes), twice where a column turns out to be texts after the first 512 KiB.
  public static func read(
    _ path: String, from files: any FileSystem, options: ReadingOptions = ReadingOptions(),
    isCancelled: () -> Bool = { false }, progress: @escaping (Double) -> Void = { _ in }
  ) throws(TableError) -> (table: Table, report: ReadingReport) {
    let stream: any ByteStream
    do throws(FileError) {
      stream = MeteredByteStream(try files.open(path), telling: progress)
    } catch {
      throw TableError(.file(error), path: path)
    }
    do throws(TableError) {
      return try CSVReader(stream, options: options).read(isCancelled: isCancelled)
    } catch {
      throw TableError(error.problem, path: path)
    }
  }

  /// Reads a table from the bytes of such a file.
  public static func read(
    bytes: [UInt8], options: ReadingOptions = ReadingOptions(),
    isCancelled: () -> Bool = { false }
  ) throws(TableError) -> (table: Table, report: ReadingReport) {
    try CSVReader(MemoryByteStream(bytes), options: options).read(isCancelled: isCancelled)
  }
}
