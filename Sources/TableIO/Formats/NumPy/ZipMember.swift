import CCompression

/// A file in a zip archive (PKWARE's APPNOTE, 4.3), also in one of more than 4 GB.
struct ZipMember {
  let name: String
  private let method: UInt16
  private let checksum: UInt32
  private let compressedSize: Int
  private let size: Int
  private let header: Int
  private let isEncrypted: Bool

  /// The directory at the end of the archive.
  static func all(of source: BinarySource) throws(TableError) -> [ZipMember] {
    let (count, start, size) = try directory(of: source)
    let directory = try source.read(at: start, count: size, for: "the directory")
    defer { withExtendedLifetime(directory) {} }
    var reader = ByteReader(directory.bytes)
    var members: [ZipMember] = []
    // A member takes 46 bytes at least.
    for _ in 0..<min(count, size / 46) {
      guard let member = ZipMember(&reader) else {
        throw source.damaged("byte \(start + reader.offset): no entry of the archive's directory")
      }
      members.append(member)
    }
    return members
  }

  private init?(_ reader: inout ByteReader) {
    guard reader.take(UInt32.self) == 0x0201_4B50, reader.take(4) != nil,
      let flags = reader.take(UInt16.self), let method = reader.take(UInt16.self),
      reader.take(4) != nil, let checksum = reader.take(UInt32.self),
      let compressed = reader.take(UInt32.self), let size = reader.take(UInt32.self),
      let nameLength = reader.take(UInt16.self), let extraLength = reader.take(UInt16.self),
      let commentLength = reader.take(UInt16.self), reader.take(8) != nil,
      let header = reader.take(UInt32.self), let name = reader.take(Int(nameLength)),
      let extra = reader.take(Int(extraLength)), reader.take(Int(commentLength)) != nil
    else { return nil }
    var wide = Self.wideNumbers(extra)
    func whole(_ number: UInt32) -> Int {
      number == .max ? wide.take(UInt64.self).flatMap { Int(exactly: $0) } ?? -1 : Int(number)
    }
    self.size = whole(size)
    compressedSize = whole(compressed)
    self.header = whole(header)
    self.name = String(decoding: name, as: UTF8.self)
    self.method = method
    self.checksum = checksum
    isEncrypted = flags & 1 != 0
  }

  /// The numbers of 64 bits in the extra field of that kind, in place of those that are all ones.
  private static func wideNumbers(_ extra: UnsafeRawBufferPointer) -> ByteReader {
    var reader = ByteReader(extra)
    while let kind = reader.take(UInt16.self), let size = reader.take(UInt16.self),
      let content = reader.take(Int(size))
    {
      if kind == 1 { return ByteReader(content) }
    }
    return ByteReader(UnsafeRawBufferPointer(start: nil, count: 0))
  }

  /// Where the directory lies, by the record at the end of the archive, after which there may be a
  /// comment of up to 65,535 bytes.
  private static func directory(
    of source: BinarySource
  ) throws(TableError) -> (count: Int, start: Int, size: Int) {
    let first = max(0, source.size - 65_557)
    let tail = try source.read(first..<source.size, for: "the end of the archive")
    defer { withExtendedLifetime(tail) {} }
    var place = tail.count - 22
    while place >= 0 {
      var reader = ByteReader(UnsafeRawBufferPointer(rebasing: tail.bytes[place...]))
      if reader.take(UInt32.self) == 0x0605_4B50 {
        _ = reader.take(6)
        if let count = reader.take(UInt16.self), let size = reader.take(UInt32.self),
          let start = reader.take(UInt32.self)
        {
          if count < .max, size < .max, start < .max { return (Int(count), Int(start), Int(size)) }
          return try wideDirectory(of: source, before: first + place)
        }
      }
      place -= 1
    }
    throw source.damaged("the directory at its end is missing, as where a file is cut short")
  }

  private static func wideDirectory(
    of source: BinarySource, before end: Int
  ) throws(TableError) -> (count: Int, start: Int, size: Int) {
    let locator = try source.read(at: end - 20, count: 20, for: "the directory")
    defer { withExtendedLifetime(locator) {} }
    var reader = ByteReader(locator.bytes)
    guard reader.take(UInt32.self) == 0x0706_4B50, reader.take(4) != nil,
      let place = reader.take(UInt64.self).flatMap({ Int(exactly: $0) })
    else { throw source.damaged("the directory at its end is missing") }
    let record = try source.read(at: place, count: 56, for: "the directory")
    defer { withExtendedLifetime(record) {} }
    reader = ByteReader(record.bytes)
    guard reader.take(UInt32.self) == 0x0606_4B50, reader.take(28) != nil,
      let count = reader.take(UInt64.self).flatMap({ Int(exactly: $0) }),
      let size = reader.take(UInt64.self).flatMap({ Int(exactly: $0) }),
      let start = reader.take(UInt64.self).flatMap({ Int(exactly: $0) })
    else { throw source.damaged("the directory at its end is missing") }
    return (count, start, size)
  }

  /// The content, unpacked where it is compressed.
  func content(of source: BinarySource) throws(TableError) -> BinarySource {
    let what = "the array `\(printable(name))`"
    if isEncrypted {
      throw TableError(.unsupported(reason: "\(what) is encrypted", remedy: "unpack it first"))
    }
    let local = try source.read(at: header, count: 30, for: what)
    var reader = ByteReader(local.bytes)
    guard reader.take(UInt32.self) == 0x0403_4B50, reader.take(22) != nil,
      let nameLength = reader.take(UInt16.self), let extraLength = reader.take(UInt16.self)
    else { throw source.damaged("byte \(header): \(what) is not where the directory says") }
    withExtendedLifetime(local) {}
    let start = header + 30 + Int(nameLength) + Int(extraLength)
    guard compressedSize >= 0, size >= 0, start <= source.size,
      compressedSize <= source.size - start
    else { throw source.damaged("\(what) ends after the end of the file") }
    switch method {
    case 0: return source.part(start..<start + compressedSize, kind: "numpy array")
    case 8: return try unpacked(source, start..<start + compressedSize, what)
    default:
      throw TableError(
        .unsupported(
          reason: "\(what) is compressed by method \(method), which is not read",
          remedy: "save it with `np.savez_compressed`"))
    }
  }

  private func unpacked(
    _ source: BinarySource, _ range: Range<Int>, _ what: String
  ) throws(TableError) -> BinarySource {
    // Deflate packs 1,032 bytes into one at best.
    guard size / 1_032 <= compressedSize else {
      throw source.damaged("\(what) cannot unpack to \(size) bytes")
    }
    try requireMemory(size, for: what)
    let packed = try source.read(range, for: what)
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      let written = thr_inflate(
        packed.bytes.baseAddress, packed.count, buffer.baseAddress, size, Int32(THR_DEFLATE))
      count = max(0, written)
    }
    withExtendedLifetime(packed) {}
    let isWhole = bytes.count == size && checksum == Self.checksum(bytes)
    guard isWhole else { throw source.damaged("\(what) does not unpack to what was packed") }
    return .memory(bytes, kind: "numpy array")
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer {
      UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count))
    }
  }
}
