// Which format content has, by its first bytes.

extension TableFormat {
  /// As many bytes as it takes to recognise a format: the first member of a zip archive has its name
  /// within them.
  private static let markLength = 128

  /// How a file is read: as its first bytes say, or as its name's ending says where they are those
  /// of text.
  ///
  /// - Returns: the coding, and a stream with all bytes of the file.
  static func coding(
    for path: String, of stream: any ByteStream
  ) throws(TableError) -> (coding: any TableCoding, stream: any ByteStream) {
    let (head, whole) = try start(of: stream)
    let format = try head.withUnsafeBufferPointer { head in
      Result { () throws(TableError) in
        // The ending says which of the formats that are zip archives is meant.
        if let named = named(by: path), !named.isSupported,
          named.marks.contains(where: { head.starts(with: $0) })
        {
          throw TableError(.foreignFormat(named))
        }
        // Of text, whose encoding may be given, the readers of text decide.
        try refuseForeign(head, but: .utf16)
        return all.first { $0.isSupported && $0.isMark(of: head) }
      }
    }.get()
    if case .supported(let coding)? = format?.handling { return (coding, whole) }
    return (coding(for: path), whole)
  }

  /// The first bytes, and a stream in which they have not been read.
  private static func start(
    of stream: any ByteStream
  ) throws(TableError) -> (head: [UInt8], stream: any ByteStream) {
    var isPositional = true
    var failure: FileError?
    let head = [UInt8](unsafeUninitializedCapacity: markLength) { buffer, count in
      do throws(FileError) {
        let bytes = UnsafeMutableRawBufferPointer(buffer)
        if let filled = try stream.read(at: 0, into: bytes) {
          count = filled
        } else {
          isPositional = false
          count = try stream.fill(bytes)
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw TableError(.file(failure)) }
    return (head, isPositional ? stream : PrefixedByteStream(head, before: stream))
  }

  /// Whether content begins as this format does.
  func isMark(of content: Bytes) -> Bool {
    guard marks.contains(where: { content.starts(with: $0) }) else { return false }
    guard let isFirstMember else { return true }
    return isFirstMember(Self.firstMember(ofZip: content))
  }

  /// The name of the first file in a zip archive, or what of it is there.
  private static func firstMember(ofZip content: Bytes) -> String {
    guard content.count > 30 else { return "" }
    let length = Int(content[26]) | Int(content[27]) << 8
    return String(decoding: content.dropFirst(30).prefix(length), as: UTF8.self)
  }

  static let zipMark: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

  /// Excel's workbooks: of xlsx, a zip archive, and of xls.
  public static let excel = TableFormat(
    "an Excel workbook", endings: ["xlsx", "xlsm"], marks: [zipMark],
    isFirstMember: {
      $0.hasPrefix("[Content_Types]") || $0.hasPrefix("_rels/") || $0.hasPrefix("xl/")
    },
    .refused(
      remedy: "save the sheet as CSV in UTF-8, or convert it: "
        + "`duckdb -c \"copy (from read_xlsx('{file}')) to '{csv}'\"`, or in Python "
        + "`pandas.read_excel(\"{file}\").to_csv(\"{csv}\", index=False)`"))

  public static let oldExcel = TableFormat(
    "a workbook of an old Excel", endings: ["xls"],
    marks: [[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]],
    .refused(
      remedy: "save the sheet as CSV in UTF-8, or convert it in Python: "
        + "`pandas.read_excel(\"{file}\").to_csv(\"{csv}\", index=False)`"))

  /// What to do instead of reading a file of a format that is refused.
  func remedy(for path: String?) -> String? {
    guard case .refused(let remedy) = handling else { return nil }
    let file = path ?? "old"
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let stem = name.split(separator: ".").first.map(String.init) ?? name
    return Self.replace(
      "{csv}", in: Self.replace("{file}", in: remedy, by: file), by: stem + ".csv")
  }

  private static func replace(_ mark: String, in text: String, by other: String) -> String {
    var rest = text[...]
    var result = ""
    while let place = rest.firstRange(of: mark) {
      result += rest[..<place.lowerBound] + other
      rest = rest[place.upperBound...]
    }
    return result + rest
  }
}

/// A stream of which the first bytes were read already.
private final class PrefixedByteStream: ByteStream {
  private var prefix: ArraySlice<UInt8>
  private let base: any ByteStream

  init(_ prefix: [UInt8], before base: any ByteStream) {
    (self.prefix, self.base) = (prefix[...], base)
  }

  var size: Int? { base.size }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    if prefix.isEmpty { return try base.read(into: buffer) }
    let taken = prefix.prefix(buffer.count)
    buffer.copyBytes(from: taken)
    prefix = prefix.dropFirst(taken.count)
    return taken.count
  }

  func rewind() throws(FileError) -> Bool {
    guard try base.rewind() else { return false }
    prefix = []
    return true
  }
}
