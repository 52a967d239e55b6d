/// How the characters of a file are encoded.
enum TextEncoding: Sendable {
  case utf8
  /// With the byte order that its mark names; without one, that of the first character.
  case utf16
  case utf16LittleEndian, utf16BigEndian
  case latin1
  case windows1252

  static let names = ["utf-8", "utf-16", "utf-16le", "utf-16be", "latin-1", "windows-1252"]

  /// The encoding of that name, in any case of letters; UTF-8 for `nil`.
  init(_ name: String?) throws(TableError) {
    let letters = (name ?? "utf8").lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
    switch letters {
    case "utf8", "utf8sig": self = .utf8
    case "utf16": self = .utf16
    case "utf16le": self = .utf16LittleEndian
    case "utf16be": self = .utf16BigEndian
    case "latin1", "iso88591": self = .latin1
    case "windows1252", "cp1252": self = .windows1252
    default: throw TableError(.unknownEncoding(name ?? ""))
    }
  }

  /// The same characters in UTF-8.
  func decoding(_ stream: any ByteStream) -> any ByteStream {
    if case .utf8 = self { stream } else { TranscodedByteStream(stream, self) }
  }
}

/// A stream of text in another encoding, as UTF-8.
///
/// What is no character becomes a byte that is never part of UTF-8, so that its line is reported.
final class TranscodedByteStream: ByteStream {
  private let base: any ByteStream
  private let encoding: TextEncoding
  private var decoder: UnitDecoder
  private var output: [UInt8] = []
  private var position = 0
  private var isOver = false

  init(_ base: any ByteStream, _ encoding: TextEncoding) {
    self.base = base
    self.encoding = encoding
    decoder = UnitDecoder(encoding)
  }

  var size: Int? { nil }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    while position == output.count {
      if isOver { return 0 }
      output.removeAll(keepingCapacity: true)
      position = 0
      try decodeMore()
    }
    let count = min(buffer.count, output.count - position)
    buffer.copyBytes(from: output[position..<position + count])
    position += count
    return count
  }

  func rewind() throws(FileError) -> Bool {
    (position, isOver) = (0, false)
    output = []
    decoder = UnitDecoder(encoding)
    return try base.rewind()
  }

  private func decodeMore() throws(FileError) {
    var failure: FileError?
    let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      do throws(FileError) {
        count = try base.read(into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    for byte in piece { decoder.take(byte, &output) }
    if piece.isEmpty {
      isOver = true
      decoder.finish(&output)
    }
  }
}

/// Decodes a character at a time.
private struct UnitDecoder {
  private var encoding: TextEncoding
  private var firstByte: UInt8?
  private var highSurrogate: UInt16?

  init(_ encoding: TextEncoding) { self.encoding = encoding }

  mutating func take(_ byte: UInt8, _ output: inout [UInt8]) {
    switch encoding {
    case .utf8: output.append(byte)
    case .latin1: append(UInt32(byte), &output)
    case .windows1252:
      append(byte & 0xE0 == 0x80 ? Self.windows1252[Int(byte) - 0x80] : UInt32(byte), &output)
    case .utf16, .utf16LittleEndian, .utf16BigEndian:
      guard let first = firstByte else {
        firstByte = byte
        return
      }
      firstByte = nil
      if case .utf16 = encoding {
        let isBig = first == 0xFE && byte == 0xFF || first == 0 && byte != 0
        encoding = isBig ? .utf16BigEndian : .utf16LittleEndian
      }
      if case .utf16BigEndian = encoding {
        takeUnit(UInt16(first) << 8 | UInt16(byte), &output)
      } else {
        takeUnit(UInt16(byte) << 8 | UInt16(first), &output)
      }
    }
  }

  /// What is left at the end is no character.
  mutating func finish(_ output: inout [UInt8]) {
    if firstByte != nil || highSurrogate != nil { output.append(Self.invalid) }
  }

  private mutating func takeUnit(_ unit: UInt16, _ output: inout [UInt8]) {
    if let high = highSurrogate {
      highSurrogate = nil
      if unit & 0xFC00 == 0xDC00 {
        return append(0x10000 + (UInt32(high & 0x3FF) << 10 | UInt32(unit & 0x3FF)), &output)
      }
      output.append(Self.invalid)
    }
    if unit & 0xFC00 == 0xD800 { highSurrogate = unit } else { append(UInt32(unit), &output) }
  }

  private func append(_ code: UInt32, _ output: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(code) else { return output.append(Self.invalid) }
    output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  private static let invalid: UInt8 = 0xFF

  /// The characters 0x80 to 0x9F of Windows-1252, after the table of the WHATWG Encoding Standard.
  private static let windows1252: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]
}
