/// Cuts a stream of bytes into the frames of the base protocol, however the pieces arrive.
///
///     frame = { header CRLF } CRLF body ; one header is "Content-Length: N"
///
/// A header that is no header does not end the connection: what follows is skipped up to the next
/// `Content-Length:`.
struct FrameReader {
  enum Frame: Equatable {
    case body(ArraySlice<UInt8>)
    case malformed(String)
  }

  /// The largest body that is taken in.
  static let bodyLimit = 512 << 20
  /// The largest block of headers; longer ones are no headers.
  static let headerLimit = 64 << 10

  private var buffer: [UInt8] = []
  /// Where the bytes begin that have not been reported yet.
  private var position = 0
  /// Where the last body began, for ``rejectBody()``.
  private var bodyStart: Int?
  /// The body that is being waited for.
  private var awaited: Range<Int>?
  /// Whether the place of the next frame is not known.
  private var isLost = false
  /// Bytes from `position` that hold no header's start or end, so that none is looked at twice.
  private var searched = 0

  mutating func append(_ bytes: some Collection<UInt8>) {
    if position > 0, awaited == nil, bodyStart == nil {
      buffer.removeSubrange(..<position)
      position = 0
    }
    buffer.append(contentsOf: bytes)
  }

  /// The next frame; `nil` where more bytes are needed.
  mutating func next() -> Frame? {
    bodyStart = nil
    if awaited == nil {
      if isLost, !findHeader() { return nil }
      guard let end = headersEnd() else { return tooLongHeaders() }
      switch Self.headers(buffer[position..<end]) {
      case .success(let length): awaited = end..<(end + length)
      case .failure(let fault):
        // The next frame may begin within what was taken for headers, but not where they did.
        position = min(position + 1, end)
        lose()
        return .malformed(fault.message)
      }
    }
    guard let body = awaited, body.upperBound <= buffer.count else { return nil }
    awaited = nil
    bodyStart = body.lowerBound
    position = body.upperBound
    searched = 0
    return .body(buffer[body])
  }

  /// Takes the last body back, because it is no message: its length may have been wrong, so that
  /// the next frame begins within it.
  mutating func rejectBody() {
    guard let start = bodyStart else { return }
    position = start
    bodyStart = nil
    lose()
  }

  private mutating func lose() {
    isLost = true
    searched = 0
  }
}

// MARK: - Headers

extension FrameReader {
  private struct Fault: Error {
    let message: String

    init(_ message: String) { self.message = message }
  }

  /// Where the empty line after the headers ends.
  private mutating func headersEnd() -> Int? {
    var index = position + searched
    while index < buffer.count {
      if buffer[index] == 0x0A, isEmptyLine(endingAt: index) { return index + 1 }
      index += 1
    }
    searched = index - position
    return nil
  }

  /// Whether the line that the line feed at `index` ends is empty.
  private func isEmptyLine(endingAt index: Int) -> Bool {
    let before = index > position && buffer[index - 1] == 0x0D ? index - 1 : index
    return before == position || buffer[before - 1] == 0x0A
  }

  private mutating func tooLongHeaders() -> Frame? {
    guard buffer.count - position > Self.headerLimit else { return nil }
    // Headers that go on after here can only have begun late in it; going on by single bytes would
    // look at all of them again and again.
    position += Self.headerLimit / 2
    lose()
    return .malformed("no end of the headers within \(Self.headerLimit) bytes")
  }

  /// The length that the headers report.
  private static func headers(_ bytes: ArraySlice<UInt8>) -> Result<Int, Fault> {
    var length: Int?
    for line in bytes.split(separator: 0x0A).map(trimmed) where !line.isEmpty {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
        return .failure(Fault("a header without a colon"))
      }
      let name = String(decoding: trimmed(line[..<colon]), as: UTF8.self).lowercased()
      let value = trimmed(line[(colon + 1)...])
      switch name {
      case "content-length":
        guard let number = decimal(value) else { return .failure(Fault("not a Content-Length")) }
        guard length == nil || length == number else {
          return .failure(Fault("two different Content-Lengths"))
        }
        length = number
      case "content-type":
        guard isUTF8(value) else { return .failure(Fault("the content must be UTF-8")) }
      default: break
      }
    }
    guard let length else { return .failure(Fault("no Content-Length")) }
    guard length <= bodyLimit else {
      return .failure(Fault("a Content-Length of \(length); at most \(bodyLimit) is allowed"))
    }
    return .success(length)
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
    let head = bytes.drop(while: isSpace)
    guard let last = head.lastIndex(where: { !isSpace($0) }) else { return head.prefix(0) }
    return head[...last]
  }

  private static func decimal(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    return Int(String(decoding: bytes, as: UTF8.self)) ?? Int.max
  }

  /// `utf8` is what older versions of the protocol write for `utf-8`.
  private static func isUTF8(_ contentType: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: contentType, as: UTF8.self).lowercased()
    guard let charset = text.split(separator: ";").first(where: { $0.contains("charset=") })
    else { return true }
    let name = charset.split(separator: "=").last.map(String.init) ?? ""
    return ["utf-8", "utf8"].contains(name.filter { $0 != "\"" && $0 != " " })
  }
}

// MARK: - Finding the way back

extension FrameReader {
  private static let mark = Array("content-length:".utf8)

  /// Moves to the next thing that looks like the start of a frame.
  private mutating func findHeader() -> Bool {
    var index = position + searched
    while index + Self.mark.count <= buffer.count {
      if startsHeader(at: index) {
        position = index
        isLost = false
        searched = 0
        return true
      }
      index += 1
    }
    // What was searched is of no use any more, but its end may be half of a mark.
    position = max(position, min(index, buffer.count))
    searched = 0
    return false
  }

  private func startsHeader(at index: Int) -> Bool {
    for (offset, letter) in Self.mark.enumerated() {
      let byte = buffer[index + offset]
      guard (0x41...0x5A).contains(byte) ? byte | 0x20 == letter : byte == letter else {
        return false
      }
    }
    return true
  }
}
