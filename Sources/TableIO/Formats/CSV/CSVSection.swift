import Glibc
import ParallelWork

/// A section of a file in memory, with some bytes after it, in which its last row may end.
///
/// It takes a section and a quarter, and what its rows take.
final class CSVSection {
  private static let overlap = CSVSections.size / 4

  private let stream: any ByteStream
  private let fileSize: Int
  private let storage: UnsafeMutableRawBufferPointer
  private let reader: RowsAhead
  private var hasRows = false

  /// Where in the file the bytes begin and end, and where the section does.
  private var base = 0
  private var top = 0
  private(set) var end = 0

  /// After the first line end, where a row is likely to begin; the section's end where there is none.
  private(set) var likelyStart = 0

  /// The hash of the section's bytes.
  private(set) var hash = BlockHash()

  init(_ stream: any ByteStream, fileSize: Int, for pass: CSVPass) {
    (self.stream, self.fileSize) = (stream, fileSize)
    reader = pass.rowsAhead()
    // The byte ahead of the section shows whether a row begins with it.
    storage = .allocate(byteCount: 1 + CSVSections.size + Self.overlap, alignment: 64)
  }

  deinit { storage.deallocate() }

  /// Reads a section, which is not the first, by its number.
  func move(to number: Int) throws(TableError) {
    let start = number * CSVSections.size
    base = start - 1
    end = min(start + CSVSections.size, fileSize)
    top = min(end + Self.overlap, fileSize)
    try Self.read(from: base, stream, into: .init(rebasing: storage[..<(top - base)]))
    hash = BlockHash()
    hash.update(UnsafeRawBufferPointer(rebasing: storage[1..<(end - base)]))
    likelyStart = lineEnd(from: base, before: end).map { $0 + 1 } ?? end
    hasRows = false
  }

  /// Reads the plain rows at the section's front.
  func readAhead() {
    guard likelyStart < end, let bytes = bytes(from: likelyStart).baseAddress else { return }
    let limit = lineEnd(from: end - 1, before: top).map { $0 + 1 } ?? top
    reader.move(to: (bytes, bytes + (limit - likelyStart)))
    reader.read()
    hasRows = true
  }

  /// Hands over the rows that were read, if the first of them begins there, and returns where the row
  /// after them begins.
  func takeOver(at cursor: Int, _ pass: CSVPass) -> Int? {
    guard hasRows, cursor == likelyStart else { return nil }
    pass.takeOver(reader)
    return cursor + reader.length
  }

  /// Reads the rows that begin before `limit`, and returns where the next one begins.
  func rows(from start: Int, to limit: Int, _ pass: CSVPass) throws(TableError) -> Int {
    var cursor = start
    if cursor >= base {
      cursor = try records(in: bytes(from: cursor), from: cursor, to: limit, pass)
    }
    var length = 2 * CSVSections.size
    while cursor < limit {
      guard length < 1 << 24 || AvailableMemory.holds(2 * length) else {
        throw TableError(.noMemory(needed: 2 * length))
      }
      let wanted = max(min(cursor + length, fileSize), min(top, fileSize)) - cursor
      let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: wanted, alignment: 64)
      defer { piece.deallocate() }
      try Self.read(from: cursor, stream, into: piece)
      let bytes = Bytes(piece.bindMemory(to: UInt8.self))
      let next = try records(in: bytes, from: cursor, to: limit, pass)
      if next == cursor {
        // A row that ends far after the section.
        try refuseEndlessRecord(bytes, from: pass.line)
        length *= 2
      }
      cursor = next
    }
    return cursor
  }

  private func records(
    in bytes: Bytes, from cursor: Int, to limit: Int, _ pass: CSVPass
  ) throws(TableError) -> Int {
    guard let start = bytes.baseAddress else { return cursor }
    let isLast = cursor + bytes.count >= fileSize
    let next = try pass.records(
      from: start, to: start + min(limit - cursor, bytes.count), before: start + bytes.count,
      isLast: isLast)
    return cursor + (next - start)
  }

  private func bytes(from offset: Int) -> Bytes {
    Bytes(rebasing: Bytes(storage.bindMemory(to: UInt8.self))[(offset - base)..<(top - base)])
  }

  private func lineEnd(from offset: Int, before limit: Int) -> Int? {
    guard let start = storage.baseAddress, offset < limit else { return nil }
    return memchr(start + (offset - base), 0x0A, limit - offset).map { base + ($0 - start) }
  }

  private static func read(
    from offset: Int, _ stream: any ByteStream, into buffer: UnsafeMutableRawBufferPointer
  ) throws(TableError) {
    var count: Int?
    do throws(FileError) { count = try stream.read(at: offset, into: buffer) } catch {
      throw TableError(.file(error))
    }
    guard count == buffer.count else { throw TableError(.changedWhileReading) }
  }
}
