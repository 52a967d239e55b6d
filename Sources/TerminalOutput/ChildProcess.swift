import Glibc

/// Other programs that the terminal is handed to for a while.
public enum ChildProcess {
  /// Runs a line of the shell with `$1` and waits; the exit status, or `nil` where it cannot start.
  ///
  /// - Parameter input: a descriptor to read from, in the place of the terminal.
  public static func run(_ line: String, _ argument: String = "", input: Int32? = nil) -> Int32? {
    start(line, argument, input: input).map(wait)
  }

  /// Starts a line of the shell.
  static func start(_ line: String, _ argument: String = "", input: Int32? = nil) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input { posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Ctrl-C is the other program's while it runs; here it is ignored, there it must not be.
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for signal in [SIGINT, SIGWINCH, SIGPIPE, SIGXFSZ] { sigaddset(&defaults, signal) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var words: [UnsafeMutablePointer<CChar>?] =
      ["sh", "-c", line, "sh", argument].map { (word: String) in strdup(word) } + [nil]
    defer { words.forEach { free($0) } }
    var child: pid_t = 0
    return posix_spawn(&child, "/bin/sh", &actions, &attributes, &words, environ) == 0 ? child : nil
  }

  /// Waits for a process to end; its exit status, or 128 and the signal that ended it.
  static func wait(_ child: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { return -1 }
    }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }
}
