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

  private let path: String
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

  /// Reads what is new; `nil` where the file cannot be used, or nothing was entered yet.
  mutating func read() -> News? {
    Self.locked(path, made: false) { file in readNews(file) }
  }

  /// Writes an entry, and reads what others wrote before it; `nil` where that is not possible.
  mutating func append(_ entry: String, at seconds: Int = time(nil)) -> News? {
    Self.locked(path) { file in
      guard let news = readNews(file) else { return nil }
      var line = HistoryRecord.line(entry, at: seconds)
      // The last line was torn: the new one must not become a part of it.
      if readBytes > 0, file.lastByte(of: readBytes) != UInt8(ascii: "\n") { line = "\n" + line }
      guard file.write(line) else { return nil }
      readBytes += line.utf8.count
      return news
    }
  }

  /// Keeps only the newest entries of a file that has become large.
  func trim() {
    let path = path
    _ = Self.locked(path, made: false) { file -> Bool? in
      guard let size = file.size, size > Self.sizeLimit else { return nil }
      var seen: Set<String> = []
      let lines = file.bytes(from: 0, to: size).split(separator: UInt8(ascii: "\n"))
      let kept = lines.reversed().filter { line in
        HistoryRecord.entry(line).map { seen.insert($0).inserted } ?? false
      }.prefix(Self.keptEntries).reversed()
      let temporary = "\(path).\(getpid())"
      guard let new = LockedFile(path: temporary, .always) else { return nil }
      let text = kept.map { String(decoding: $0, as: UTF8.self) + "\n" }.joined()
      // The lock on the old file is held until here: a session that waits for it looks again.
      guard new.write(text), rename(temporary, path) == 0 else {
        unlink(temporary)
        return nil
      }
      return true
    }
  }

  private mutating func readNews(_ file: LockedFile) -> News? {
    guard let size = file.size else { return nil }
    let isNew = inode != nil && (inode != file.inode || size < readBytes)
    let start = isNew || inode == nil ? 0 : readBytes
    let entries = size > start ? HistoryRecord.entries(file.bytes(from: start, to: size)[...]) : []
    inode = file.inode
    readBytes = size
    return isNew ? .all(entries) : .more(entries)
  }

  /// - Parameter made: whether a missing file is made, with its folders.
  private static func locked<Result>(
    _ path: String, made: Bool = true, _ body: (LockedFile) -> Result?
  ) -> Result? {
    if made { makeFolders(of: path) }
    // Another session may be replacing the file: then the lock is on one that is gone.
    for _ in 0..<10 {
      guard let file = LockedFile(path: path, made ? .whereMissing : .never) else { return nil }
      if file.isStillAt(path) { return body(file) }
    }
    return nil
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
