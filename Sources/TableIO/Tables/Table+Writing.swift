extension Table {
  /// Writes the table as comma-separated text that reads back as the same table, whole or not at
  /// all.
  ///
  /// Numbers have the shortest digits that read back exactly; a missing cell is empty (`NA` in a
  /// table of one column); a text is in quotes where it could be taken for something else. One
  /// thing is beyond such a file: a column of texts that all read as numbers, or as missing, reads
  /// back as numbers, and a name that reads as a number is taken for data unless the reader is
  /// informed that there is a header.
  ///
  /// `isCancelled` is asked every 64 KiB; a file that was there before then stays as it was.
  /// A table without columns is an empty file.
  public func write(
    _ path: String, to files: any FileSystem, isCancelled: () -> Bool = { false }
  ) throws(TableError) {
    do throws(FileError) {
      try files.writeFileAtomically(path) { (emit: ByteEmitter) throws(FileError) in
        guard !columns.isEmpty else { return }
        var writer = CSVWriter(self)
        guard try writer.write(to: emit, isCancelled: isCancelled) else {
          throw FileError(path: path, action: .write, cause: .cancelled)
        }
      }
    } catch {
      throw TableError(error.cause == .cancelled ? .cancelled : .file(error), path: path)
    }
  }
}
