import Glibc

/// Standard input and output as the connection.
///
/// From its making on, nothing else can write to standard output: what tries to lands in standard
/// error, so that a stray `print` cannot break the protocol.
public struct StandardStreams: Transport {
  private let input = STDIN_FILENO
  private let output: Int32

  /// `nil` where the process has no standard output.
  public init?() {
    // A client that dies must not kill the server by a signal: it ends by itself, with its status.
    signal(SIGPIPE, SIG_IGN)
    output = dup(STDOUT_FILENO)
    guard output >= 0, fcntl(output, F_SETFD, FD_CLOEXEC) >= 0 else { return nil }
    dup2(STDERR_FILENO, STDOUT_FILENO)
  }

  public func read(into bytes: inout [UInt8]) -> Bool {
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(input, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      bytes.append(contentsOf: piece[..<count])
      return true
    }
  }

  public func write(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
        let count = Glibc.write(output, start, rest.count)
        if count < 0 {
          guard errno == EINTR || waitUntilWritable() else { return false }
        } else {
          rest = rest.dropFirst(count)
        }
      }
      return true
    }
  }

  /// A client may hand over a pipe that does not block.
  private func waitUntilWritable() -> Bool {
    guard errno == EAGAIN else { return false }
    var descriptor = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
    return poll(&descriptor, 1, -1) >= 0 || errno == EINTR
  }
}
