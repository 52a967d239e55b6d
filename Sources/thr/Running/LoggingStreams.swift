import Glibc
import Synchronization
import ThrLanguageServer

/// Standard input and output as the connection, with a copy of all that passes in a file, for a
/// report of a fault.
final class LoggingStreams: Transport {
  private let base: StandardStreams
  private let file: Int32
  /// Which side was copied last.
  private let isFromClient = Mutex<Bool?>(nil)

  /// `nil` where the file cannot be written.
  init?(_ base: StandardStreams, path: String) {
    self.base = base
    file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    if file < 0 { return nil }
  }

  deinit { close(file) }

  func read(into bytes: inout [UInt8]) -> Bool {
    let known = bytes.count
    let isOpen = base.read(into: &bytes)
    copy(bytes[known...], fromClient: true)
    return isOpen
  }

  func write(_ bytes: [UInt8]) -> Bool {
    copy(bytes[...], fromClient: false)
    return base.write(bytes)
  }

  private func copy(_ bytes: ArraySlice<UInt8>, fromClient: Bool) {
    guard !bytes.isEmpty else { return }
    isFromClient.withLock { last in
      let title = last == fromClient ? "" : fromClient ? "\n\n>>> client\n" : "\n\n<<< server\n"
      last = fromClient
      let text = Array(title.utf8) + bytes
      // A log that cannot be written any more must not stop the server.
      _ = text.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    }
  }
}
