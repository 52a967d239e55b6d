/// A kind of file that holds a table: how it is recognised, read and written.
public struct TableFormat: Sendable {
  /// As messages name it: “CSV text”, “a Parquet file”.
  public let name: String

  /// How the names of such files end, without the dot, in lower case; the first is the usual one.
  public let endings: [String]

  /// The first bytes of such files, where they identify the format: any of these.
  let marks: [[UInt8]]

  /// Of a zip archive, whether the name of its first file identifies the format; `nil` for others.
  let isFirstMember: (@Sendable (String) -> Bool)?

  let handling: Handling

  enum Handling: Sendable {
    case supported(any TableCoding)
    /// The format is known, so that its files are refused with advice.
    case refused(remedy: String)
  }

  init(
    _ name: String, endings: [String] = [], marks: [[UInt8]] = [],
    isFirstMember: (@Sendable (String) -> Bool)? = nil, _ handling: Handling
  ) {
    self.name = name
    self.endings = endings
    self.marks = marks
    self.isFirstMember = isFirstMember
    self.handling = handling
  }

  /// Every format, a line each: the one list.
  public static let all: [TableFormat] = [
    .csv, .json, .jsonLines, .parquet, .arrow, .numpy, .numpyArchive, .excel, .oldExcel, .gzip,
    .zip, .utf16,
  ]

  public var isSupported: Bool {
    if case .supported = handling { true } else { false }
  }

  /// Whether tables can be written in it.
  public var isWritten: Bool {
    if case .supported(let coding) = handling { coding.isWritten } else { false }
  }
}

extension TableFormat: Hashable {
  public static func == (left: TableFormat, right: TableFormat) -> Bool { left.name == right.name }

  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// How files of a format are read and written.
protocol TableCoding: Sendable {
  /// Whether tables can be written so.
  var isWritten: Bool { get }

  /// Whether files are read in parts, so that they may be larger than the memory.
  var readsParts: Bool { get }

  /// Of which files `readBatches` keeps no more than a part in memory.
  var batches: Batching { get }

  /// Reads all rows; O(bytes).
  func read(
    _ stream: any ByteStream, options: ReadingOptions, isCancelled: () -> Bool
  ) throws(TableError) -> (table: Table, report: ReadingReport)

  /// Hands over the rows batch by batch, in their order, until `body` returns false.
  func readBatches(
    _ stream: any ByteStream, options: ReadingOptions, isCancelled: () -> Bool,
    _ body: (Table) throws(TableError) -> Bool
  ) throws(TableError) -> ReadingReport

  /// The names of the columns alone, from the start of the file.
  func columnNames(
    of stream: any ByteStream, options: ReadingOptions
  ) throws(TableError) -> [String]

  /// Refuses a table that the format cannot hold.
  func check(_ table: Table) throws(TableError)

  /// Hands over the bytes piece by piece; false where the caller asked to stop.
  func write(
    _ table: Table, to emit: ByteEmitter, isCancelled: () -> Bool
  ) throws(FileError) -> Bool
}

extension TableCoding {
  var isWritten: Bool { true }

  var readsParts: Bool { false }

  var batches: Batching { .never }

  /// All rows as one batch.
  func readBatches(
    _ stream: any ByteStream, options: ReadingOptions, isCancelled: () -> Bool,
    _ body: (Table) throws(TableError) -> Bool
  ) throws(TableError) -> ReadingReport {
    let (table, report) = try read(stream, options: options, isCancelled: isCancelled)
    _ = try body(table)
    return report
  }
}

/// Of which files of a format the rows are handed over in parts.
enum Batching: Sendable {
  case always
  /// Of those that are not compressed as a whole, and can be read at any offset.
  case ofPlainFiles
  /// The rows are one batch.
  case never
}

// MARK: - Which format a file has

extension TableFormat {
  /// The format that the path's ending names, in any case of letters; `nil` for another ending.
  ///
  /// Of `a.csv.gz` and `a.csv.zst` that is the ending before the last.
  ///
  /// A path without an ending, such as `/dev/stdout`, stands for CSV.
  public static func named(by path: String) -> TableFormat? {
    let name = Compression.named(by: path).inner.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return .csv }
    let ending = name[name.index(after: dot)...].lowercased()
    return all.first { $0.endings.contains(ending) }
  }

  /// How a file is read and written: as its ending says, and as CSV where that says nothing.
  static func coding(for path: String) -> any TableCoding {
    if case .supported(let coding)? = named(by: path)?.handling { coding } else { CSVCoding() }
  }

  /// Refuses content that begins with the mark of a format that is not read.
  static func refuseForeign(
    _ content: Bytes, but allowed: TableFormat? = nil
  ) throws(TableError) {
    for format in all where !format.isSupported && format != allowed {
      if format.isMark(of: content) { throw TableError(.foreignFormat(format)) }
    }
  }
}

// MARK: - Formats that are known and refused

extension TableFormat {
  /// Compressed content of a compressed file; files themselves are decompressed.
  public static let gzip = TableFormat(
    "gzip-compressed data within the file", marks: [[0x1F, 0x8B]],
    .refused(remedy: "unpack it first: `gunzip`"))

  public static let zip = TableFormat(
    "a zip archive", endings: ["zip"], marks: [zipMark], isFirstMember: { !$0.hasSuffix(".npy") },
    .refused(remedy: "unpack it first: `unzip {file}`"))

  public static let utf16 = TableFormat(
    "UTF-16 text", marks: [[0xFF, 0xFE], [0xFE, 0xFF]],
    .refused(
      remedy: "set `encoding=\"utf-16\"`, or convert it first: "
        + "`iconv -f UTF-16 -t UTF-8 old.csv > new.csv`"))
}
