@preconcurrency import Glibc

/// Standard output for values, standard error for messages, of a command that may run in a pipe.
///
/// On a terminal both are escaped; elsewhere bytes go out as they are.
public enum Console {
  /// Whether messages are coloured.
  public static let messageColours = Terminal.wantsColour(STDERR_FILENO)

  private static let showsValues = isatty(STDOUT_FILENO) == 1
  private static let showsMessages = isatty(STDERR_FILENO) == 1

  /// Writes a line; ends the process where it cannot be written: a run whose results are lost
  /// has failed.
  ///
  /// - Parameter origin: whether colours in it are thr's own.
  public static func value(_ text: String, from origin: TerminalText.Origin = .data) {
    let shown = showsValues ? TerminalText.escaped(text, from: origin) : text
    if !write(shown + "\n", to: stdout) { fail(errno) }
  }

  /// Writes a message, after every value that was written before it.
  ///
  /// - Parameter origin: whether colours in it are thr's own.
  public static func message(_ text: String, from origin: TerminalText.Origin = .data) {
    flush()
    let shown = showsMessages ? TerminalText.escaped(text, from: origin) : text
    _ = write(shown + "\n", to: stderr)
  }

  /// Writes a text to standard output as it stands, but for a terminal.
  public static func bytes(_ bytes: [UInt8]) {
    let shown =
      showsValues
      ? Array(TerminalText.escaped(String(decoding: bytes, as: UTF8.self)).utf8) : bytes
    if fwrite(shown, 1, shown.count, stdout) < shown.count { fail(errno) }
  }

  /// Hands on what was written to standard output.
  public static func flush() {
    if fflush(stdout) != 0 { fail(errno) }
  }

  private static func fail(_ code: Int32) -> Never {
    // A closed pipe is no fault: its reader has read enough.
    if code != EPIPE {
      _ = write("error: cannot write the values: \(String(cString: strerror(code)))\n", to: stderr)
      fflush(stderr)
    }
    _exit(EXIT_FAILURE)
  }

  private static func write(_ text: String, to file: UnsafeMutablePointer<FILE>) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      fwrite(bytes.baseAddress, 1, bytes.count, file) == bytes.count
    }
  }
}
