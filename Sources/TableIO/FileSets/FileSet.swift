/// Several files that are read as one table: those that match a pattern, or those of a folder, in the
/// order of their paths.
///
/// Folders named `key=value` add a column of texts for each key, as Hive and Spark write them. Names
/// that begin with `.` or `_` are no data.
struct FileSet {
  struct File {
    let path: String
    let partition: [PartitionValue]
  }

  private(set) var files: [File] = []

  private static let most = 100_000

  /// Whether a file or folder of that name holds no data.
  static func isSetAside(_ name: String) -> Bool { name.hasPrefix(".") || name.hasPrefix("_") }

  /// The files that a path stands for; `nil` for a path of one file, which need not exist.
  ///
  /// A file of that very name comes before a pattern.
  init?(_ path: String, in system: any FileSystem) throws(TableError) {
    switch system.kind(of: path) {
    case .file?, .other?: return nil
    case .directory?: try addFolder(path, partition: [], depth: 0, in: system)
    case nil:
      guard let pattern = GlobPattern(path) else { return nil }
      try addMatches(of: pattern, in: system)
      if files.isEmpty { throw TableError(.noMatch, path: path) }
    }
    if files.isEmpty { throw TableError(.noTables, path: path) }
    try check(at: path)
  }

  private mutating func addMatches(
    of pattern: GlobPattern, in system: any FileSystem
  ) throws(TableError) {
    for path in pattern.matches(in: system) {
      let folders = path.dropFirst(pattern.fixed.count).split(separator: "/")
      let isFolder = system.kind(of: path) == .directory
      let partition = (isFolder ? folders[...] : folders.dropLast()).compactMap(
        PartitionValue.init)
      if isFolder {
        try addFolder(path, partition: partition, depth: 0, in: system)
      } else {
        try add(File(path: path, partition: partition))
      }
    }
  }

  /// Adds the tables in a folder and in its partitions.
  private mutating func addFolder(
    _ folder: String, partition: [PartitionValue], depth: Int, in system: any FileSystem
  ) throws(TableError) {
    guard depth < 64 else { throw TableError(.plainFolder(folder), path: folder) }
    let names: [String]
    do throws(FileError) { names = try system.list(folder) } catch {
      throw TableError(.file(error), path: folder)
    }
    var found: [File] = []
    for name in names where !Self.isSetAside(name) {
      let place = path(of: name, in: folder)
      if system.kind(of: place) != .directory {
        found.append(File(path: place, partition: partition))
      } else if let value = PartitionValue(name[...]) {
        try addFolder(place, partition: partition + [value], depth: depth + 1, in: system)
      } else {
        throw TableError(.plainFolder(place), path: folder)
      }
    }
    // Beside tables there may be a page that describes them.
    let tables = found.filter { TableFormat.ending(of: $0.path) != nil }
    for file in tables.isEmpty && depth > 0 ? found : tables { try add(file) }
  }

  private mutating func add(_ file: File) throws(TableError) {
    guard files.count < Self.most else {
      throw TableError(.tooManyFiles(Self.most), path: file.path)
    }
    files.append(file)
  }

  /// All files must be of one format, and in folders of the same keys.
  private mutating func check(at path: String) throws(TableError) {
    files.sort { $0.path < $1.path }
    guard let first = files.first else { return }
    let format = TableFormat.named(by: first.path)
    for file in files.dropFirst() {
      guard TableFormat.named(by: file.path) == format else {
        throw TableError(.severalFormats(first.path, file.path), path: path)
      }
      guard file.partition.map(\.key) == first.partition.map(\.key) else {
        throw TableError(.differentPartitions(first.path, file.path), path: path)
      }
    }
  }
}

extension Table {
  /// Whether a file or folder stands at a path, or any matches it as a pattern.
  public static func isFound(_ path: String, in files: any FileSystem) -> Bool {
    files.exists(path) || GlobPattern(path).map { !$0.matches(in: files).isEmpty } ?? false
  }
}

/// What a folder named `key=value` says of the rows in it.
struct PartitionValue: Hashable {
  let key: String
  /// `nil` where it is missing.
  let value: String?

  /// `nil` for a folder of another name.
  init?(_ folder: Substring) {
    guard let sign = folder.firstIndex(of: "="), sign > folder.startIndex else { return nil }
    key = Self.decoded(folder[..<sign])
    let text = folder[folder.index(after: sign)...]
    value = text.isEmpty || text == "__HIVE_DEFAULT_PARTITION__" ? nil : Self.decoded(text)
  }

  /// Characters that cannot stand in names are written as `%3A`.
  private static func decoded(_ text: Substring) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == UInt8(ascii: "%"), digits.count == 2,
        let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self) ?? String(text)
  }
}

extension TableFormat {
  /// The format that a path's ending names; `nil` for none, also where there is no ending.
  static func ending(of path: String) -> TableFormat? {
    let name = Compression.named(by: path).inner.split(separator: "/").last ?? ""
    return name.dropFirst().contains(".") ? named(by: path) : nil
  }
}
