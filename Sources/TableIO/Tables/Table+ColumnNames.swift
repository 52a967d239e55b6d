extension Table {
  /// The names of the columns of a file, as ``read(_:from:options:isCancelled:)`` would give them;
  /// reads no more than the first 512 KiB where the names end within them.
  public static func columnNames(
    of path: String, from files: any FileSystem, options: ReadingOptions = ReadingOptions()
  ) throws(TableError) -> [String] {
    if let set = try FileSet(path, in: files) {
      return try set.columnNames(from: files, options: options)
    }
    let stream: any ByteStream
    do throws(FileError) {
      stream = try DecompressingByteStream.content(of: files.open(path), path: path)
    } catch {
      throw TableError(.file(error), path: path)
    }
    do throws(TableError) {
      let (coding, whole) = try TableFormat.coding(for: path, of: stream)
      return try coding.columnNames(of: whole, options: options)
    } catch {
      throw TableError(error.problem, path: path)
    }
  }
}
