import Glibc
import Synchronization

/// How much memory the process can still take, so that work which needs more is refused with a
/// message: an allocation that fails ends the process.
public enum AvailableMemory {
  /// Needs below this are not looked up.
  private static let leastNeed = 1 << 20
  /// What stays free for all the small needs.
  private static let reserve = 24 << 20

  /// For how many nanoseconds an answer is good for needs that are far below it.
  private static let lifetime = 4_000_000

  /// How many bytes the process may have in memory as long as the work under way goes on, where
  /// that is less than it could have: what a document's live values may take.
  @TaskLocal public static var ceiling: Int?

  private static let known = Atomic<Int>(0)
  private static let knownUntil = Atomic<Int>(0)

  /// Whether so many bytes can be taken; true where the system does not say.
  ///
  /// - Complexity: O(1), about 50 µs at most every few milliseconds.
  public static func holds(_ needed: Int) -> Bool {
    guard needed >= leastNeed else { return true }
    if let ceiling, needed > ceiling - (resident ?? 0) { return false }
    let now = now
    if now < knownUntil.load(ordering: .relaxed), needed < known.load(ordering: .relaxed) / 8 {
      return true
    }
    guard let bytes else { return true }
    known.store(bytes - reserve, ordering: .relaxed)
    knownUntil.store(now + lifetime, ordering: .relaxed)
    return needed <= bytes - reserve
  }

  private static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  /// The bytes that can still be taken: the least of what the limits of the process (`ulimit -v`,
  /// `ulimit -d`), of its control group and of the machine leave; `nil` where none is known.
  public static var bytes: Int? {
    let used = pages(of: "/proc/self/statm")
    return [
      left(of: limit(__rlimit_resource_t(RLIMIT_AS.rawValue)), used: used.first),
      left(of: limit(__rlimit_resource_t(RLIMIT_DATA.rawValue)), used: used.dropFirst(5).first),
      machine, group, ceiling.map { max($0 - (resident ?? 0), 0) },
    ].compactMap { $0 }.min()
  }

  /// The bytes of the process that are in memory.
  private static var resident: Int? { pages(of: "/proc/self/statm").dropFirst().first }

  private static func limit(_ resource: __rlimit_resource_t) -> Int? {
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return nil }
    return Int(exactly: limit.rlim_cur)
  }

  private static func left(of limit: Int?, used: Int?) -> Int? {
    guard let limit, let used else { return nil }
    return max(limit - used, 0)
  }

  /// What the kernel expects to be able to give without swapping, and what is free to swap to.
  private static var machine: Int? {
    let fields = fields(of: "/proc/meminfo")
    return fields["MemAvailable:"].map { ($0 + (fields["SwapFree:"] ?? 0)) << 10 }
  }

  /// What the control group of a container leaves, whose cache of files can be given up.
  private static var group: Int? {
    let folder = "/sys/fs/cgroup/"
    guard let limit = number(in: folder + "memory.max"),
      let used = number(in: folder + "memory.current")
    else { return nil }
    return max(limit - used + (fields(of: folder + "memory.stat")["file"] ?? 0), 0)
  }

  private static func pages(of path: String) -> [Int] {
    let page = sysconf(Int32(_SC_PAGESIZE))
    return text(of: path).split { $0 == " " || $0 == "\n" }.compactMap { Int($0) }.map { $0 * page }
  }

  private static func number(in path: String) -> Int? { Int(text(of: path).filter(\.isNumber)) }

  /// The numbers of lines such as `MemAvailable:  1234 kB`.
  private static func fields(of path: String) -> [Substring: Int] {
    var fields: [Substring: Int] = [:]
    for line in text(of: path).split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count >= 2 { fields[words[0]] = Int(words[1]) }
    }
    return fields
  }

  /// The start of a small file of the kernel; empty where there is none.
  private static func text(of path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    let bytes = [UInt8](unsafeUninitializedCapacity: 4_096) { buffer, count in
      count = max(read(descriptor, buffer.baseAddress, buffer.count), 0)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
