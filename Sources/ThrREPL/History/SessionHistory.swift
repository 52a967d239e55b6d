/// The entries of a session together with the file that all sessions share.
final class SessionHistory {
  private(set) var entries = History()
  private var file: HistoryFile?

  /// - Parameter path: where the file is; without one, entries live as long as the session.
  init(path: String?) {
    file = path.map(HistoryFile.init)
    file?.trim()
    refresh()
  }

  /// Adds an entry, here and in the file.
  func add(_ entry: String) {
    take(file?.append(entry))
    entries.add(entry)
  }

  /// Reads what other sessions entered meanwhile.
  func refresh() { take(file?.read()) }

  private func take(_ news: HistoryFile.News?) {
    switch news {
    case .more(let entries): if !entries.isEmpty { self.entries.merge(entries) }
    case .all(let entries): self.entries.replaceOthers(entries)
    // What cannot be kept is no reason to disturb the session.
    case nil: break
    }
  }
}
