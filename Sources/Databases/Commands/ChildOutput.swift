import Glibc
import ParallelWork

/// A program run without a shell, and what it wrote.
struct ChildOutput {
  let output: [UInt8]
  /// The end of what it wrote to its standard error.
  let complaint: String
  /// Its exit status, or 128 and the signal that ended it.
  let status: Int32

  /// Runs a program in a process group of its own, which is killed on cancellation and at the limit
  /// of time.
  ///
  /// - Parameter seconds: The most that it may take.
  /// - Throws: `command` where it cannot start, `timedOut`, `noMemory`, `cancelled`.
  init(
    _ words: [String], seconds: Double, isCancelled: () -> Bool
  ) throws(DatabaseError) {
    let child = try Child(words)
    var reading = Reading(from: child)
    let deadline = Self.now + seconds
    var failure: DatabaseError?
    while failure == nil, reading.isOpen {
      reading.wait(milliseconds: 10)
      if isCancelled() {
        failure = .cancelled
      } else if Self.now > deadline {
        failure = .timedOut(engine: "`\(words[0])`", seconds: seconds)
      } else if !AvailableMemory.holds(reading.output.count + (4 << 20)) {
        failure = .noMemory(rows: 0)
      }
    }
    if failure != nil { child.kill() }
    reading.close()
    status = child.wait()
    if let failure { throw failure }
    output = reading.output
    complaint = String(decoding: reading.complaint, as: UTF8.self).onOneLine
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// A running program.
private struct Child {
  let process: pid_t
  /// Where it writes.
  let output: Int32
  let complaint: Int32

  init(_ words: [String]) throws(DatabaseError) {
    var (first, second): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
    guard pipe(&first) == 0 else { throw Self.failure(words, errno) }
    guard pipe(&second) == 0 else {
      let cause = errno
      first.forEach { _ = close($0) }
      throw Self.failure(words, cause)
    }
    (first + second).forEach { _ = fcntl($0, F_SETFD, FD_CLOEXEC) }
    var child: pid_t = 0
    let result = Self.start(words, first[1], second[1], &child)
    close(first[1])
    close(second[1])
    guard result == 0 else {
      close(first[0])
      close(second[0])
      throw Self.failure(words, result)
    }
    (process, output, complaint) = (child, first[0], second[0])
  }

  private static func start(
    _ words: [String], _ output: Int32, _ complaint: Int32, _ child: inout pid_t
  ) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // A client that asks for a password gets an end of file, and says so.
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, complaint, STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for signal in [SIGINT, SIGTERM, SIGPIPE, SIGXFSZ] { sigaddset(&defaults, signal) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    return posix_spawnp(&child, words[0], &actions, &attributes, &arguments, environ)
  }

  private static func failure(_ words: [String], _ cause: Int32) -> DatabaseError {
    .command(program: words[0], reason: "cannot be started: \(String(cString: strerror(cause)))")
  }

  /// Ends the program and those that it started.
  func kill() { _ = Glibc.kill(-process, SIGKILL) }

  func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return -1 }
    }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }
}

/// What a program has written so far.
private struct Reading {
  private(set) var output: [UInt8] = []
  private(set) var complaint: [UInt8] = []
  private var descriptors: [pollfd]
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  init(from child: Child) {
    descriptors = [child.output, child.complaint].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
  }

  /// Whether more can come of the output.
  var isOpen: Bool { descriptors.contains { $0.fd >= 0 } }

  mutating func wait(milliseconds: Int32) {
    guard poll(&descriptors, nfds_t(descriptors.count), milliseconds) > 0 else { return }
    for place in descriptors.indices where descriptors[place].revents != 0 {
      let count = read(descriptors[place].fd, &buffer, buffer.count)
      if count > 0 {
        keep(buffer[..<count], isOutput: place == 0)
      } else if count == 0 || errno != EINTR {
        Glibc.close(descriptors[place].fd)
        descriptors[place].fd = -1
      }
    }
  }

  private mutating func keep(_ bytes: ArraySlice<UInt8>, isOutput: Bool) {
    if isOutput { return output.append(contentsOf: bytes) }
    complaint.append(contentsOf: bytes)
    if complaint.count > 1 << 16 { complaint.removeFirst(complaint.count - (1 << 15)) }
  }

  mutating func close() {
    for descriptor in descriptors where descriptor.fd >= 0 { _ = Glibc.close(descriptor.fd) }
  }
}
