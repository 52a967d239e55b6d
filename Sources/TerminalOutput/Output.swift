@preconcurrency import Glibc

/// Standard output for values, standard error for messages.
public enum Output {
  /// Whether messages go to a terminal that wants colour.
  public static let messageColours = wantsColour(STDERR_FILENO)

  /// Ends the process where nobody can read the value: a run whose results are lost has failed.
  public static func value(_ text: String) {
    if !write(text + "\n", to: stdout) { fail(errno) }
  }

  /// Writes a message, after every value that was written before it.
  public static func message(_ text: String) {
    flush()
    _ = write(text + "\n", to: stderr)
  }

  /// Writes a text to standard output as it stands.
  public static func bytes(_ bytes: [UInt8]) {
    if fwrite(bytes, 1, bytes.count, stdout) < bytes.count { fail(errno) }
  }

  /// Hands on what was written to standard output.
  public static func flush() {
    if fflush(stdout) != 0 { fail(errno) }
  }

  private static func fail(_ code: Int32) -> Never {
    // Whoever closed the pipe has read enough.
    if code != EPIPE {
      _ = write("error: cannot write the values: \(String(cString: strerror(code)))\n", to: stderr)
      fflush(stderr)
    }
    _exit(EXIT_FAILURE)
  }

  /// Colour only on a terminal that can, and never under `NO_COLOR` (no-color.org).
  public static func wantsColour(_ descriptor: Int32) -> Bool {
    guard isatty(descriptor) == 1 else { return false }
    if let noColour = getenv("NO_COLOR"), noColour.pointee != 0 { return false }
    guard let terminal = getenv("TERM") else { return false }
    return strcmp(terminal, "dumb") != 0
  }

  private static func write(_ text: String, to file: UnsafeMutablePointer<FILE>) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      fwrite(bytes.baseAddress, 1, bytes.count, file) == bytes.count
    }
  }
}
