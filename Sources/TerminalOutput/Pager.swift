import Drawing
import Glibc

/// Shows what is taller than the screen a page at a time.
public enum Pager {
  /// Whether the text needs a pager: more lines than the screen has.
  public static func isNeeded(for text: String, on terminal: Terminal) -> Bool {
    guard terminal.isCapable else { return false }
    var rows = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      rows += max((line.visibleColumns + terminal.width - 1) / terminal.width, 1)
      if rows >= terminal.height { return true }
    }
    return false
  }

  /// Shows the text, escaped, through `$PAGER`, or else `less`; false where there is none.
  ///
  /// - Parameter origin: whether colours in it are thr's own.
  public static func show(_ text: String, from origin: TerminalText.Origin = .data) -> Bool {
    let chosen = Terminal.environment("PAGER").flatMap { $0.isEmpty ? nil : $0 }
    // less is set to let colours through and to leave a short text on the screen.
    let line = chosen ?? "command -v less >/dev/null && exec less -RFX"
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return false }
    // The pager must not hold the end that it waits for.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let ignored = Signals.ignoring([SIGINT, SIGPIPE])
    defer { ignored.restore() }
    let child = ChildProcess.start(line, input: ends[0])
    close(ends[0])
    guard let child else {
      close(ends[1])
      return false
    }
    Terminal.send(TerminalText.escaped(text, from: origin), to: ends[1])
    close(ends[1])
    let status = ChildProcess.wait(child)
    // 127: the shell has found no such program; 1: there is no less.
    return chosen != nil ? status != 127 : status != 1
  }
}

extension Substring {
  /// The columns that the text takes, colour sequences left out.
  fileprivate var visibleColumns: Int {
    var columns = 0
    var isSequence = false
    for character in self {
      if character == "\u{1B}" {
        isSequence = true
      } else if isSequence {
        isSequence = !character.isLetter
      } else {
        columns += TerminalColumns.of(character)
      }
    }
    return columns
  }
}
