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

  /// Beyond this size a file is cut down to its newest entries when a session begins.
  static let sizeLimit = 2 << 20
  static let keptEntries = 5_000
  /// No more than this is read of a file, from its end: a prompt does not wait for gigabytes.
  private static let readLimit = 2 * sizeLimit
  /// For how many milliseconds a prompt waits for the lock, which others hold for less than one.
  private static let patience = 300

  let path: String
  /// What hindered the last use; after a lock that was waited for, the next one does not wait.
  private var fault: HistoryFault?
  private var inode: UInt64?
  private var readBytes = 0

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

  /// Keeps only the newest entries of a file that has become large.
  mutating func trim() throws(HistoryFault) {
    do throws(HistoryFault) {
      try locked(made: false) { (history, file) throws(HistoryFault) in
        if file.size > Self.sizeLimit { try Self.replace(file, at: history.path) }
      }
    } catch .system(ENOENT) {
      return
    }
  }

  /// Writes the newest entries of the file to another one that takes its place; a symbolic link
  /// stays.
  private static func replace(_ file: LockedFile, at path: String) throws(HistoryFault) {
    let kept = newest(of: file)
    // What has no entry may be anything but a history.
    guard !kept.isEmpty else { return }
    let target = target(of: path)
    let temporary = "\(target).\(getpid())"
    let new = try LockedFile(path: temporary, .always)
    do throws(HistoryFault) {
      try new.write(kept.map { String(decoding: $0, as: UTF8.self) + "\n" }.joined())
      // The lock on the old file is held until here: a session that waits for it looks again.
      guard rename(temporary, target) == 0 else { throw .system(errno) }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// The lines of the newest entries, each entry once, in their order.
  private static func newest(of file: LockedFile) -> [ArraySlice<UInt8>] {
    var seen: Set<String> = []
    var room = sizeLimit
    var kept: [ArraySlice<UInt8>] = []
    for line in lines(of: file, from: 0).reversed() {
      guard let entry = HistoryRecord.entry(line), seen.insert(entry).inserted else { continue }
      room -= line.count + 1
      if room < 0 || kept.count == keptEntries { break }
      kept.append(line)
    }
    return kept.reversed()
  }

  /// The lines after a place; of a large file only the last ones.
  private static func lines(of file: LockedFile, from start: Int) -> [ArraySlice<UInt8>] {
    let first = max(start, file.size - readLimit)
    let lines = file.bytes(from: first, to: file.size).split(separator: UInt8(ascii: "\n"))
    // The first of them may have lost its beginning.
    return first > start ? Array(lines.dropFirst()) : lines
  }

  private static func target(of path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private mutating func readNews(_ file: LockedFile) -> News {
    let isNew = inode != nil && (inode != file.inode || file.size < readBytes)
    let start = isNew || inode == nil ? 0 : readBytes
    let entries = Self.lines(of: file, from: start).compactMap { HistoryRecord.entry($0) }
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
