extension Table {
  /// Reads a table from a file: in a binary format where its first bytes are those of one, otherwise
  /// in the format that its ending names: JSON for `.json`, `.jsonl` and `.ndjson`, and else
  /// comma-separated text in UTF-8.
  ///
  /// A file that is compressed with gzip or zstd, which its first bytes show, is decompressed; of
  /// `a.csv.gz` the ending before the last names the format.
  ///
  /// A folder, and a pattern such as `data/*.csv` or `data/**/day-?.csv` that is no file's name, stand
  /// for several files, which are read as one table in the order of their paths: they must be of one
  /// format, with the same columns. Folders named `key=value` add a column of texts for each key.
  ///
  /// Of comma-separated text:
  ///
  /// - Fields are separated by `,`, `;`, `|`, tabs or runs of spaces, lines end in LF, CR LF or CR;
  ///   empty lines, a byte order mark, Excel's `sep=;` and lines of title are skipped. Spaces
  ///   around a field are not part of it.
  /// - A field in double quotes may hold delimiters, line ends and doubled quotes; so may one in
  ///   single quotes, but for line ends.
  /// - A column is numbers if every cell that is not missing reads as a number, in quotes or not,
  ///   and texts otherwise. Numbers have a decimal point; `inf` is a number. A column of
  ///   percentages, or with decimal commas or separated thousands beyond doubt, is numbers too. A
  ///   number beyond the largest Double, or an integer that no Double holds, makes its column texts.
  /// - A cell is missing that is empty, or `?`, `NA`, `null`, `None` or the like. Within a column of
  ///   texts a quoted cell is never missing.
  /// - A row with fewer fields than there are columns, two at least, is filled up. A row is refused
  ///   that has too many fields, or one of several, or text after a closing quote.
  ///
  /// Of JSON, which is an array of records or a record on each line:
  ///
  /// - A column stands for each key, in the order of first appearance; a missing key and `null` are
  ///   missing cells.
  /// - A column is numbers if all its values are; otherwise it is texts, with numbers as they stand
  ///   in the file, `true` and `false`, and arrays and objects as JSON text. An integer that no
  ///   Double holds exactly, or a number beyond the largest one, makes its column texts.
  /// - A record is refused that has a key twice; so is a line that is no record. In an array, text
  ///   that is no JSON is an error.
  ///
  /// Large files of comma-separated text are read by all processors; the result does not depend on how many there are.
  /// `isCancelled` is asked every 512 KiB, or every MiB and processor of a large file, and
  /// `progress` is called with the share of the file that is read, once more from the beginning
  /// where a second pass is needed. Throws on anything that cannot be read as such a file.
  ///
  /// - Complexity: O(bytes), twice where a column turns out to be texts after the first 512 KiB.
  public static func read(
    _ path: String, from files: any FileSystem, options: ReadingOptions = ReadingOptions(),
    isCancelled: () -> Bool = { false }, progress: @escaping (Double) -> Void = { _ in }
  ) throws(TableError) -> (table: Table, report: ReadingReport) {
    if let set = try FileSet(path, in: files) {
      return try set.read(
        from: files, options: options, isCancelled: isCancelled, progress: progress)
    }
    let stream: any ByteStream
    do throws(FileError) {
      let metered = MeteredByteStream(try files.open(path), reporting: progress)
      stream = try DecompressingByteStream.content(of: metered, path: path)
    } catch {
      throw TableError(.file(error), path: path)
    }
    do throws(TableError) {
      let (coding, whole) = try TableFormat.coding(for: path, of: stream)
      // A table takes about as much as its text.
      if !coding.readsParts {
        do throws(FileError) { try whole.refuseTooLarge(path) } catch {
          throw TableError(.file(error))
        }
      }
      return try coding.read(whole, options: options, isCancelled: isCancelled)
    } catch {
      throw TableError(error.problem, path: path)
    }
  }

  /// Reads a table from the bytes of such a file.
  ///
  /// Throws `foreignFormat` for a format that is not read.
  public static func read(
    bytes: [UInt8], as format: TableFormat = .csv, options: ReadingOptions = ReadingOptions(),
    isCancelled: () -> Bool = { false }
  ) throws(TableError) -> (table: Table, report: ReadingReport) {
    guard format.isSupported else { throw TableError(.foreignFormat(format)) }
    let (coding, stream) = try TableFormat.coding(
      for: "x." + (format.endings.first ?? "csv"), of: MemoryByteStream(bytes))
    return try coding.read(stream, options: options, isCancelled: isCancelled)
  }
}
