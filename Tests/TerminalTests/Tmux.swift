import Foundation
import Glibc

/// Runs tmux, and waits for what it prints.
enum Tmux {
  /// The output, without the line break at its end.
  @discardableResult
  static func run(_ arguments: [String]) -> String {
    let output = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { unlink(output) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    inheritNothing()
    // The threads that tests run on block signals, and a server that got none would never end.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var words: [UnsafeMutablePointer<CChar>?] =
      (["tmux"] + arguments).map { (word: String) in strdup(word) } + [nil]
    defer { words.forEach { free($0) } }
    var child: pid_t = 0
    guard posix_spawnp(&child, "tmux", &actions, &attributes, &words, environ) == 0 else {
      return ""
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let text = (try? Data(contentsOf: URL(filePath: output))).map {
      String(decoding: $0, as: UTF8.self)
    }
    return (text ?? "").trimmingCharacters(in: .newlines)
  }

  /// A server outlives its client, and must hold nothing of the process that runs the tests, such
  /// as a lock.
  private static func inheritNothing() {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? [] {
      guard let descriptor = Int32(name), descriptor > 2 else { continue }
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }
  }
}
