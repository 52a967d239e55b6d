import Glibc
import Secrets

/// The entries of a session together with the file that all sessions share.
final class SessionHistory {
  private(set) var entries = History()
  private var file: HistoryFile?
  /// The entries before those that are read when a session begins, while they are being read.
  private var older: OlderEntries?
  /// Entries that could not be written yet.
  private var unwritten: [String] = []
  private var fault: HistoryFault?
  private var reported: HistoryFault?

  /// - Parameter path: where the file is; without one, entries live as long as the session.
  init(path: String?) {
    file = path.map(HistoryFile.init)
    refresh()
    if let file, file.unreadBytes > 0 {
      older = OlderEntries(of: file.path, before: file.unreadBytes)
    }
  }

  /// All entries, of which old ones may have to be waited for; those that were there have other
  /// places then.
  func complete() -> History {
    absorb(waiting: true)
    return entries
  }

  /// Takes over the old entries, once they are read.
  private func absorb(waiting: Bool) {
    guard let found = older?.take(waiting: waiting) else { return }
    older = nil
    entries.prepend(found)
  }

  /// Adds an entry, here and in the file, together with those that could not be written before.
  ///
  /// Passwords in addresses are left out of it.
  func add(_ entry: String) {
    let entry = Secrets.redacted(entry)
    unwritten.append(entry)
    refresh()
    entries.add(entry)
  }

  /// Reads what other sessions entered meanwhile, and writes what could not be written before.
  func refresh() {
    absorb(waiting: false)
    let waiting = unwritten
    attempt { (file) throws(HistoryFault) in
      if waiting.isEmpty { return try file.read() }
      return try file.append(waiting)
    }
    if fault == nil || file == nil { unwritten = [] }
  }

  /// Why the history is not kept, and what the session does without it; `nil` where it is kept, and
  /// where that was said before.
  func takeFault() -> String? {
    guard let file, fault != reported else { return nil }
    reported = fault
    return fault.map { "the history is not kept in \(file.path): \($0.reason)\n" }
  }

  private func attempt(_ body: (inout HistoryFile) throws(HistoryFault) -> HistoryFile.News?) {
    guard var file else { return }
    defer { self.file = file }
    do throws(HistoryFault) {
      take(try body(&file))
      fault = nil
    } catch {
      fault = error
    }
  }

  private func take(_ news: HistoryFile.News?) {
    switch news {
    case .more(let entries): if !entries.isEmpty { self.entries.merge(entries) }
    case .all(let entries):
      older = nil
      self.entries.replaceOthers(entries)
    case nil: break
    }
  }
}

extension HistoryFault {
  fileprivate var reason: String {
    switch self {
    case .locked: "another process holds its lock; entries are written when it is free"
    case .notAFile: "this is not a file; entries last as long as the session"
    case .system(let code):
      "\(String(cString: strerror(code))); entries last as long as the session"
    }
  }
}
