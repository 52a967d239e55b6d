import Glibc
import Synchronization

/// The files that this process writes beside others and has not renamed yet.
///
/// They are removed when a signal ends the process. What a process leaves that is ended by force is
/// removed by the next one that writes to the folder.
enum TemporaryFiles {
  /// A file under its temporary name, open and locked for as long as it is written.
  struct Place {
    let path: String
    let descriptor: Int32
    fileprivate let slot: Int?
  }

  private static let ending = ".thr~"
  private static let slotCount = 16

  /// The names of the files, as a signal handler can read them.
  private nonisolated(unsafe) static let slots: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> =
    {
      let slots = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: slotCount)
      slots.initialize(repeating: nil, count: slotCount)
      return slots
    }()

  private static let taking = Mutex(())
  private static let swept = Mutex<Set<String>>([])

  /// Makes a new, empty file in the directory of the target, with the permissions that the process
  /// gives to new files.
  static func make(beside target: String, path: String) throws(FileError) -> Place {
    sweep(parent(of: target))
    let name = target.split(separator: "/").last.map(String.init) ?? ""
    var attempts = 0
    while true {
      let mark = String(UInt32.random(in: 0...UInt32.max), radix: 36)
      // The longest file name is 255 bytes; the end of a long one is left out.
      let temporary = parent(of: target) + "/.\(name.prefix(50)).\(getpid()).\(mark)\(ending)"
      let descriptor = PathText.withBytes(of: temporary) {
        Glibc.open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      }
      if descriptor >= 0 {
        flock(descriptor, LOCK_EX | LOCK_NB)
        return Place(path: temporary, descriptor: descriptor, slot: note(temporary))
      }
      attempts += 1
      if (errno != EEXIST && errno != EINTR) || attempts > 100 {
        throw FileError(path: path, action: .write, code: errno)
      }
    }
  }

  /// Forgets a file that has been renamed or removed.
  static func forget(_ place: Place) {
    guard let slot = place.slot else { return }
    taking.withLock { _ in
      let name = slots[slot]
      slots[slot] = nil
      free(name)
    }
  }

  /// Removes the files; a signal handler may call it, if it was called once before outside of one.
  static func removeAll() {
    for slot in 0..<slotCount {
      if let name = slots[slot] { unlink(name) }
    }
  }

  private static func note(_ path: String) -> Int? {
    let name = PathText.withBytes(of: path) { strdup($0) }
    return taking.withLock { _ in
      let slot = (0..<slotCount).first { slots[$0] == nil }
      if let slot { slots[slot] = name } else { free(name) }
      return slot
    }
  }

  // MARK: - What others left

  /// Removes what processes that have ended left in a folder; once for each folder, since listing
  /// a large one takes time.
  private static func sweep(_ folder: String) {
    guard swept.withLock({ $0.insert(folder).inserted }),
      let names = try? LocalFileSystem().list(folder)
    else { return }
    for name in names where isLeft(name) { remove("\(folder)/\(name)") }
  }

  /// Whether a name is that of a temporary file whose process is gone: `.out.csv.PID.MARK.thr~`.
  static func isLeft(_ name: String) -> Bool {
    guard name.hasPrefix("."), name.hasSuffix(ending) else { return false }
    let parts = name.dropLast(ending.count).split(separator: ".")
    guard parts.count >= 2, let process = pid_t(parts[parts.count - 2]), process > 0 else {
      return false
    }
    return kill(process, 0) != 0 && errno == ESRCH
  }

  /// Removes a file unless a process writes it: in another container its number says nothing, but
  /// its lock does.
  private static func remove(_ path: String) {
    let descriptor = PathText.withBytes(of: path) {
      Glibc.open($0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    }
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { _ = PathText.withBytes(of: path) { unlink($0) } }
  }
}

extension LocalFileSystem {
  /// Removes the temporary files of this process, which is about to end.
  ///
  /// A signal handler may call it, if it was called once before outside of one.
  public static func removeTemporaries() { TemporaryFiles.removeAll() }
}
