import Foundation
import Glibc
import TestSupport

/// Runs the built `thr` as a user would.
enum Command {
  struct Result {
    let status: Int32
    let output: String
    let messages: String
  }

  struct SpawnError: Error { let code: Int32 }

  /// The repository, in which scripts are run.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The executable stands beside the test bundle.
  static let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "thr")

  static func thr(_ arguments: String..., input: String = "") throws -> Result {
    try run(arguments, input: input)
  }

  /// - Parameters:
  ///   - input: what standard input holds.
  ///   - seconds: sends SIGINT after that many seconds.
  ///   - device: where the output goes instead of into the result.
  ///   - workingFolder: where it runs, and where relative paths start.
  static func run(
    _ arguments: [String], input: String = "", interruptAfter seconds: Double? = nil,
    outputTo device: String? = nil, in workingFolder: URL = root
  ) throws -> Result {
    let folder = try TemporaryFolder()
    // Files, not pipes: a full pipe would block the child.
    let streams = ["input", "output", "messages"].map { folder.url.appending(path: $0).path }
    try Data(input.utf8).write(to: URL(filePath: streams[0]))
    let child = try spawn(
      arguments, [streams[0], device ?? streams[1], streams[2]], in: workingFolder,
      home: folder.url)
    if let seconds {
      usleep(UInt32(seconds * 1_000_000))
      kill(child, SIGINT)
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    func text(_ path: String) throws -> String {
      String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }
    return Result(
      status: status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F),
      output: device == nil ? try text(streams[1]) : "", messages: try text(streams[2]))
  }

  /// Foundation's `Process` waits on a queue that parallel tests can exhaust.
  private static func spawn(
    _ arguments: [String], _ streams: [String], in folder: URL, home: URL
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (descriptor, path) in streams.enumerated() {
      let flags = descriptor == 0 ? O_RDONLY : O_WRONLY | O_CREAT
      posix_spawn_file_actions_addopen(&actions, Int32(descriptor), path, flags, 0o600)
    }
    var words: [UnsafeMutablePointer<CChar>?] =
      (["sh", "-c", "cd \"$0\" && exec \"$@\"", folder.path, executable.path] + arguments)
      .map { strdup($0) } + [nil]
    var environment = variables(home: home).map { strdup($0) } + [nil]
    defer { (words + environment).forEach { free($0) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, "/bin/sh", &actions, nil, &words, &environment)
    guard code == 0 else { throw SpawnError(code: code) }
    return child
  }
}
