import Foundation
import Glibc

/// The command at a terminal of its own, with someone who types.
final class TerminalSession {
  struct Silence: Error { let screen: String }

  let master: Int32
  private let child: pid_t
  /// Everything written so far, without the terminal's own sequences.
  private(set) var output = ""
  private var bytes: [UInt8] = []

  /// - Parameter state: the folder for what is kept between sessions.
  init(_ arguments: [String], state: URL) throws {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var locked: Int32 = 0
    var number: Int32 = 0
    _ = ioctl(master, 0x4004_5431, &locked)  // TIOCSPTLCK
    _ = ioctl(master, 0x8004_5430, &number)  // TIOCGPTN
    var size = winsize(ws_row: 50, ws_col: 110, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that a new session opens becomes its own.
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/pts/\(number)", O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(0x80))  // POSIX_SPAWN_SETSID

    let path = Command.executable.path
    var words = ([path] + arguments).map { strdup($0) as UnsafeMutablePointer<CChar>? } + [nil]
    defer { words.forEach { free($0) } }
    let variables = [
      "TERM=xterm", "NO_COLOR=1", "LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin", "HOME=\(state.path)",
      "XDG_STATE_HOME=\(state.path)", "EDITOR=true",
    ]
    var environment = variables.map { strdup($0) as UnsafeMutablePointer<CChar>? } + [nil]
    defer { environment.forEach { free($0) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, path, &actions, &attributes, &words, &environment)
    guard code == 0 else { throw Command.SpawnError(code: code) }
    self.child = child
  }

  deinit {
    kill(child, SIGKILL)
    close(master)
  }

  func type(_ text: String) {
    var text = text
    text.withUTF8 { _ = write(master, $0.baseAddress, $0.count) }
  }

  /// Waits until one of the labels stands at the end of what is written: the prompt is free.
  ///
  /// - Returns: what was written since the last time.
  @discardableResult
  func prompt(_ labels: String..., seconds: Double = 60) throws -> String {
    let before = output.count
    let deadline = Date().addingTimeInterval(seconds)
    while Date() < deadline {
      let isOpen = read()
      // Only what is new counts: the last prompt stands above it, and may be all there is yet.
      let written = output.dropFirst(before).trimmingCharacters(in: .whitespacesAndNewlines)
      if labels.contains(where: { written.hasSuffix($0) }) { break }
      guard isOpen else { throw Silence(screen: output) }
    }
    guard Date() < deadline else { throw Silence(screen: output) }
    return String(output.dropFirst(before))
  }

  /// Waits until the command has ended, and returns its exit status.
  func end() -> Int32 {
    while read() {}
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
  }

  /// Takes what comes within a tenth of a second; false at the end.
  private func read() -> Bool {
    var isOpen = true
    while isOpen {
      var poll = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      guard Glibc.poll(&poll, 1, 100) > 0 else { break }
      var buffer = [UInt8](repeating: 0, count: 1 << 14)
      let count = Glibc.read(master, &buffer, buffer.count)
      isOpen = count > 0
      bytes += buffer[..<max(count, 0)]
    }
    output = String(decoding: bytes, as: UTF8.self)
      .replacing(/\u{1B}(\[[0-9;?]*[A-Za-z]|[=>])/, with: "").replacing("\r", with: "")
    return isOpen
  }
}
