@preconcurrency import Glibc

/// Standard output for values, standard error for messages.
enum Output {
  /// Whether messages go to a terminal that wants colour.
  static let messageColours = wantsColour(STDERR_FILENO)

  static func value(_ text: String) { write(text + "\n", to: stdout) }

  /// Writes a message, after every value that was written before it.
  static func message(_ text: String) {
    flush()
    write(text + "\n", to: stderr)
  }

  static func flush() { fflush(stdout) }

  /// Colour only on a terminal that can, and never under `NO_COLOR` (no-color.org).
  static func wantsColour(_ descriptor: Int32) -> Bool {
    guard isatty(descriptor) == 1 else { return false }
    if let noColour = getenv("NO_COLOR"), noColour.pointee != 0 { return false }
    guard let terminal = getenv("TERM") else { return false }
    return strcmp(terminal, "dumb") != 0
  }

  private static func write(_ text: String, to file: UnsafeMutablePointer<FILE>) {
    var text = text
    text.withUTF8 { bytes in _ = fwrite(bytes.baseAddress, 1, bytes.count, file) }
  }
}
