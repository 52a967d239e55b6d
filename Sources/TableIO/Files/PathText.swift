/// File names as texts.
///
/// A file name is bytes, and not every name is valid UTF-8. Each byte that is not stands in the text
/// as one of the last 128 characters of Unicode, U+10FF80 to U+10FFFF, which no text in use has; so
/// a name that was read can be opened again, as in Python's `surrogateescape`.
public enum PathText {
  private static let base: UInt32 = 0x10FF00
  private static let escapes: ClosedRange<UInt32> = 0x10FF80...0x10FFFF
  /// The byte with which the escapes begin in UTF-8, and little else.
  private static let mark: UInt8 = 0xF4

  /// The text that stands for the bytes of a name.
  ///
  /// - Complexity: O(*n*).
  public static func text(of bytes: [UInt8]) -> String {
    if !bytes.contains(mark), let text = String(validating: bytes, as: UTF8.self) { return text }
    var scalars = String.UnicodeScalarView()
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var position = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded):
        let scalar = Unicode.UTF8.decode(encoded)
        // A name that has an escape itself is escaped too: otherwise two names had one text.
        if escapes.contains(scalar.value) {
          scalars.append(contentsOf: bytes[position..<position + encoded.count].compactMap(escape))
        } else {
          scalars.append(scalar)
        }
        position += encoded.count
      case .error(let length):
        scalars.append(contentsOf: bytes[position..<position + length].compactMap(escape))
        position += length
      case .emptyInput: return String(scalars)
      }
    }
  }

  /// The bytes of the name that a text stands for.
  ///
  /// - Complexity: O(*n*).
  public static func bytes(of text: String) -> [UInt8] {
    guard text.utf8.contains(mark) else { return Array(text.utf8) }
    return text.unicodeScalars.flatMap { scalar -> [UInt8] in
      escapes.contains(scalar.value)
        ? [UInt8(truncatingIfNeeded: scalar.value)] : Array(String(scalar).utf8)
    }
  }

  /// The text for people: a byte that is no UTF-8 is shown as `\xE9`.
  public static func shown(_ text: String) -> String {
    guard text.utf8.contains(mark) else { return text }
    return text.unicodeScalars.map { scalar in
      escapes.contains(scalar.value)
        ? "\\x" + String(scalar.value & 0xFF, radix: 16, uppercase: true) : String(scalar)
    }.joined()
  }

  /// Hands the bytes of a name to a function of C.
  static func withBytes<Result>(
    of text: String, _ body: (UnsafePointer<CChar>) -> Result
  ) -> Result {
    let bytes = bytes(of: text).map { CChar(bitPattern: $0) } + [0]
    return bytes.withUnsafeBufferPointer { buffer in
      // The buffer has at least the final 0.
      buffer.baseAddress.map(body) ?? text.withCString(body)
    }
  }

  private static func escape(_ byte: UInt8) -> Unicode.Scalar? {
    Unicode.Scalar(base + UInt32(byte))
  }
}
