import Foundation
import Glibc
import TestSupport

/// A process under way, with pipes to its standard input and output.
final class RunningCommand {
  let process: pid_t
  private var input: Int32
  private var output: Int32
  private let home: TemporaryFolder

  fileprivate init(_ process: pid_t, input: Int32, output: Int32, home: TemporaryFolder) {
    self.process = process
    self.home = home
    self.input = input
    self.output = output
  }

  deinit {
    closeInput()
    closeOutput()
  }

  func write(_ text: String) {
    Array(text.utf8).withUnsafeBytes { _ = Glibc.write(input, $0.baseAddress, $0.count) }
  }

  /// Reads until a text has come; false where the output ends before.
  func read(until text: String) -> Bool {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4_096)
    while !String(decoding: bytes, as: UTF8.self).contains(text) {
      let count = Glibc.read(output, &piece, piece.count)
      guard count > 0 else { return false }
      bytes += piece[..<count]
    }
    return true
  }

  func closeInput() { Self.close(&input) }
  func closeOutput() { Self.close(&output) }

  private static func close(_ descriptor: inout Int32) {
    if descriptor >= 0 { Glibc.close(descriptor) }
    descriptor = -1
  }

  /// Waits for the end: the exit status, or the negative number of the signal.
  func status() -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
  }
}

extension Command {
  /// Starts the built `thr`, or another program, without waiting for it.
  static func start(
    executable: String? = nil, _ arguments: [String]
  ) throws -> RunningCommand {
    var (input, output): ([Int32], [Int32]) = ([0, 0], [0, 0])
    // Other processes must not inherit the ends that tests hold, or no one would see them close.
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &input) == 0, socketpair(AF_UNIX, kind, 0, &output) == 0
    else { throw SpawnError(code: errno) }
    // A server that has gone must not take the tests with it.
    signal(SIGPIPE, SIG_IGN)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO)
    let program = executable ?? Self.executable.path
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    let home = try TemporaryFolder()
    var environment = variables(home: home.url).map { strdup($0) } + [nil]
    defer { (words + environment).forEach { free($0) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, program, &actions, nil, &words, &environment)
    guard code == 0 else { throw SpawnError(code: code) }
    close(input[0])
    close(output[1])
    return RunningCommand(child, input: input[1], output: output[0], home: home)
  }
}
