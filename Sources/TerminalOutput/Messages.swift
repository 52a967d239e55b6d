import Glibc

/// Messages on standard error, beside a prompt.
public enum Messages {
  /// Whether they are coloured.
  public static var areColoured: Bool { Terminal.wantsColour(STDERR_FILENO) }

  /// The columns of the terminal that they are shown on, if they are.
  public static var width: Int? { isatty(STDERR_FILENO) == 1 ? Terminal().width : nil }

  /// Writes a message, escaped where it goes to a terminal.
  ///
  /// - Parameter origin: whether colours in it are thr's own.
  public static func write(_ text: String, from origin: TerminalText.Origin = .data) {
    Terminal.write(text, from: origin, to: .messages)
  }
}
