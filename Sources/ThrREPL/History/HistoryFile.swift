import Glibc

/// The file that all sessions write their entries to, each at its end.
///
/// An entry is one write under the file's lock: it is there completely or not at all, regardless of
/// the process. What other sessions wrote meanwhile is read on the way.
struct HistoryFile {
  /// What was read.
  enum News: Equatable {
    /// Entries after those that were read before.
    case more([String])
    /// All entries of a file that was written again.
    case all([String])
  }

  /// What is read of a file when a session begins, from its end; the rest follows on the way.
  static let readAtOnce = 1 << 18
  /// No more than this is ever read of a file, from its end; nothing of it is thrown away.
  static let readLimit = 64 << 20
  /// For how many milliseconds a prompt waits for the lock, which others hold for less than one.
  private static let patience = 300

  let path: String
  /// What hindered the last use; after a lock that was waited for, the next one does not wait.
  private var fault: HistoryFault?
  private var inode: UInt64?
  private var readBytes = 0
  /// How much of the file's beginning was not read when the session began.
  private(set) var unreadBytes = 0

  init(path: String) { self.path = path }

  /// `$XDG_STATE_HOME/thr/history`, by default in `~/.local/state`; `nil` without a home.
  static func standardPath(
    named name: String = "history", _ environment: (String) -> String?
  ) -> String? {
    // A relative path is to be ignored, says the XDG base directory specification.
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
      return "\(state)/thr/\(name)"
    }
    return environment("HOME").map { "\($0)/.local/state/thr/\(name)" }
  }

  /// Reads what is new; `nil` where nothing was entered yet.
  mutating func read() throws(HistoryFault) -> News? {
    do throws(HistoryFault) {
      return try locked(made: false) { (history, file) throws(HistoryFault) in
        history.readNews(file)
      }
    } catch .system(ENOENT) {
      return nil
    }
  }

  /// Writes entries, and reads what others wrote before them.
  mutating func append(
    _ entries: [String], at seconds: Int = time(nil)
  ) throws(HistoryFault) -> News {
    Self.makeFolders(of: path)
    return try locked(made: true) { (history, file) throws(HistoryFault) in
      let news = history.readNews(file)
      var lines = entries.map { HistoryRecord.line($0, at: seconds) }.joined()
      // The last line was torn: the new one must not become a part of it.
      if history.readBytes > 0, file.lastByte(of: history.readBytes) != UInt8(ascii: "\n") {
        lines = "\n" + lines
      }
      try file.write(lines)
      history.readBytes += lines.utf8.count
      return news
    }
  }

  /// The entries before a place, of a large file only the last ones.
  ///
  /// Needs no lock: what was written does not change.
  static func entries(of path: String, before end: Int) -> [String] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    let first = max(0, end - readLimit)
    let bytes = [UInt8](unsafeUninitializedCapacity: end - first) { buffer, filled in
      while filled < end - first, let base = buffer.baseAddress {
        let got = pread(descriptor, base + filled, end - first - filled, off_t(first + filled))
        if got <= 0 { break }
        filled += got
      }
    }
    return HistoryRecord.entries(bytes[...])
  }

  private mutating func readNews(_ file: LockedFile) -> News {
    let isNew = inode != nil && (inode != file.inode || file.size < readBytes)
    let start = isNew || inode == nil ? 0 : readBytes
    let isFirst = inode == nil
    let first = max(start, file.size - (isFirst ? Self.readAtOnce : Self.readLimit))
    var bytes = file.bytes(from: first, to: file.size)[...]
    if first > start {
      // The first line may have lost its beginning.
      let end = bytes.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.endIndex
      if isFirst { unreadBytes = first + end }
      bytes = bytes[end...]
    }
    let entries = HistoryRecord.entries(bytes)
    inode = file.inode
    readBytes = file.size
    return isNew ? .all(entries) : .more(entries)
  }

  /// - Parameter made: whether a missing file is made.
  private mutating func locked<Result>(
    made: Bool, _ body: (inout HistoryFile, LockedFile) throws(HistoryFault) -> Result
  ) throws(HistoryFault) -> Result {
    let patience = fault == .locked ? 0 : Self.patience
    do throws(HistoryFault) {
      // Another session may be replacing the file: then the lock is on one that is gone.
      for _ in 0..<10 {
        let file = try LockedFile(
          path: path, made ? .whereMissing : .never, patience: patience)
        if file.isStillAt(path) {
          let result = try body(&self, file)
          fault = nil
          return result
        }
      }
      throw .locked
    } catch {
      fault = error
      throw error
    }
  }

  /// Makes the folders that the file is to lie in, for their owner alone.
  static func makeFolders(of path: String) {
    var end = path.startIndex
    while let slash = path[end...].dropFirst().firstIndex(of: "/") {
      end = slash
      mkdir(String(path[..<slash]), 0o700)
    }
  }
}
