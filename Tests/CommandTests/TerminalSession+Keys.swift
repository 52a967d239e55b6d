import Foundation
import Glibc

/// Keys of any kind, whether or not an answer to them can be known.
extension TerminalSession {
  func resize(columns: UInt16, rows: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Types the bytes as fast as they are taken, and reads what is written meanwhile.
  ///
  /// - Returns: false where the command has ended.
  /// - Throws: `Silence` where it takes nothing for half a minute.
  func press(_ keys: [UInt8]) throws -> Bool {
    // A terminal's queue that cannot take all of them shall not block this side.
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
    var left = keys[...]
    let deadline = Date().addingTimeInterval(30)
    while Date() < deadline {
      var poll = pollfd(
        fd: master, events: Int16(left.isEmpty ? POLLIN : POLLIN | POLLOUT), revents: 0)
      // A moment for an answer: between keys that arrive together and alone lies a difference.
      guard Glibc.poll(&poll, 1, left.isEmpty ? 5 : 100) > 0 else {
        if left.isEmpty { return true }
        continue
      }
      if poll.revents & Int16(POLLIN) != 0 {
        guard discard() else { return false }
      } else if poll.revents & Int16(POLLOUT) != 0 {
        let count = left.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
        left = left.dropFirst(max(count, 0))
      } else {
        return false
      }
    }
    throw Silence(screen: output)
  }

  /// Ends a paste, an escape and a line that may be under way, then leaves by Ctrl-D.
  ///
  /// - Returns: the exit status.
  /// - Throws: `Silence` where the command does not end within a minute.
  func leave() throws -> Int32 {
    let deadline = Date().addingTimeInterval(60)
    while Date() < deadline {
      for keys in ["\u{1B}[201~", "\u{1B}\u{3}", "\u{3}", "\u{4}"] {
        guard try press(Array(keys.utf8)) else { return end() }
      }
    }
    throw Silence(screen: output)
  }

  private func discard() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    return Glibc.read(master, &buffer, buffer.count) > 0
  }
}
