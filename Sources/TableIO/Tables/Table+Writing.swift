extension Table {
  /// Writes the table in the format that the path's ending names, whole or not at all.
  ///
  /// That is JSON for `.json`, `.jsonl` and `.ndjson`, otherwise comma-separated text. It reads back
  /// as the same table.
  ///
  /// Under a name such as `a.csv.gz` or `a.csv.zst` it is compressed with gzip or zstd.
  ///
  /// In JSON every record has every key, a missing cell is `null`, and an infinite number is an
  /// error. Of comma-separated text: numbers have the shortest digits that read back exactly; a
  /// missing cell is empty (`NA` in a table of one column); a text is in quotes where it could be taken for something else. One
  /// thing is beyond such a file: a column of texts that all read as numbers, or as missing, reads
  /// back as numbers, and a name that reads as a number is taken for data unless the reader is
  /// informed that there is a header.
  ///
  /// `isCancelled` is asked every 64 KiB; a file that was there before then stays as it was.
  /// A table without columns is an empty file.
  public func write(
    _ path: String, to files: any FileSystem, isCancelled: () -> Bool = { false }
  ) throws(TableError) {
    let coding = TableFormat.coding(for: path)
    do throws(TableError) { try coding.check(self) } catch {
      throw TableError(error.problem, path: path)
    }
    let compressor = Compression.named(by: path).compression.map {
      CompressingEmitter($0, path: path)
    }
    let cancelled = FileError(path: path, action: .write, cause: .cancelled)
    do throws(FileError) {
      try files.writeFileAtomically(path) { (emit: ByteEmitter) throws(FileError) in
        guard let compressor else {
          guard try coding.write(self, to: emit, isCancelled: isCancelled) else { throw cancelled }
          return
        }
        let isWhole = try coding.write(
          self,
          to: { (piece: UnsafeRawBufferPointer) throws(FileError) in
            try compressor.write(piece, isLast: false, to: emit)
          }, isCancelled: isCancelled)
        guard isWhole else { throw cancelled }
        try compressor.write(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true, to: emit)
      }
    } catch {
      throw TableError(error.cause == .cancelled ? .cancelled : .file(error), path: path)
    }
  }
}
