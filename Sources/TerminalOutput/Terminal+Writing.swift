import Glibc

extension Terminal {
  /// Where a prompt writes to, without a buffer between.
  public enum Stream: Sendable {
    case output
    case messages

    fileprivate var descriptor: Int32 { self == .output ? STDOUT_FILENO : STDERR_FILENO }
  }

  /// Writes all of a text, escaped where the stream is a terminal.
  ///
  /// - Parameter origin: whether colours in it are thr's own.
  public static func write(
    _ text: String, from origin: TerminalText.Origin = .data, to stream: Stream = .output
  ) {
    let isShown = isatty(stream.descriptor) == 1
    send(isShown ? TerminalText.escaped(text, from: origin) : text, to: stream.descriptor)
  }

  /// Writes what moves the cursor; all data in it must have been escaped.
  public static func steer(_ sequences: String, on stream: Stream = .output) {
    send(sequences, to: stream.descriptor)
  }

  /// Writes all of a text, after all that was written before, unless its reader is gone.
  static func send(_ text: String, to descriptor: Int32) {
    guard !text.isEmpty else { return }
    var text = text
    text.withUTF8 { bytes in
      var written = 0
      while written < bytes.count, let base = bytes.baseAddress {
        let count = Glibc.write(descriptor, base + written, bytes.count - written)
        if count > 0 {
          written += count
        } else if errno == EAGAIN {
          var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&request, 1, 1_000)
        } else if errno != EINTR {
          return
        }
      }
    }
  }
}
