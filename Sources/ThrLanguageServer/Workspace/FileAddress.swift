/// The addresses of files, `file:///home/me/a%20b.thr`, and their paths.
enum FileAddress {
  /// The path of a `file:` address; `nil` for any other, such as that of an unsaved text.
  static func path(of address: String) -> String? {
    guard address.prefix("file:".count).lowercased() == "file:" else { return nil }
    var rest = address.dropFirst("file:".count)
    // RFC 8089 lets the host be left out with its slashes.
    if rest.hasPrefix("//") { rest = rest.dropFirst(2) }
    guard let slash = rest.firstIndex(of: "/") else { return nil }
    let host = rest[..<slash].lowercased()
    guard host.isEmpty || host == "localhost" else { return nil }
    let end = rest[slash...].firstIndex { $0 == "?" || $0 == "#" } ?? rest.endIndex
    return decoded(rest[slash..<end])
  }

  /// The address of an absolute path.
  static func address(of path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes = Array("file://".utf8)
    for byte in path.utf8 {
      if isPlain(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What RFC 3986 lets stand in a path as it is, without what clients like to escape.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "/-._~".utf8.contains(byte)
    }
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
      if byte == UInt8(ascii: "%"), digits.count == 2 {
        bytes.append(UInt8(digits[0] << 4 | digits[1]))
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension String {
  /// Whether an absolute path is a folder's, or lies in it.
  func isPath(below folder: String) -> Bool {
    self == folder || hasPrefix(folder == "/" ? folder : folder + "/")
  }
}
