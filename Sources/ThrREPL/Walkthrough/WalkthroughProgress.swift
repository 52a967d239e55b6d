public import TableIO
import TerminalOutput
public import ThrAnalysis

/// How far a learner has come in each chapter, kept in a small file.
///
/// Each line is a chapter's number, the steps done and the steps there are.
public final class WalkthroughProgress {
  private struct Entry {
    var done: Int
    var steps: Int
  }

  private let files: any FileSystem
  private let path: String?
  private var entries: [Int: Entry] = [:]

  /// The progress in `$XDG_STATE_HOME/thr/tutorial`, by default in `~/.local/state`.
  ///
  /// Without a home it lasts as long as the process.
  public convenience init(files: any FileSystem) {
    self.init(files: files, path: HistoryFile.standardPath(named: "tutorial", Terminal.environment))
  }

  init(files: any FileSystem, path: String?) {
    self.files = files
    self.path = path
    guard let path, let bytes = try? files.readFile(path) else { return }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let numbers = line.split(separator: " ").compactMap { Int($0) }
      if numbers.count == 3 { entries[numbers[0]] = Entry(done: numbers[1], steps: numbers[2]) }
    }
  }

  /// The step to go on with; `nil` where the chapter was not begun.
  func place(in chapter: Int) -> Int? { entries[chapter]?.done }

  /// Whether the learner has reached the end.
  public func isDone(_ chapter: Chapter) -> Bool {
    entries[chapter.number].map { $0.done >= $0.steps } ?? false
  }

  /// How far the learner is: `done`, `step 3 of 9`, or nothing.
  public func text(of chapter: Chapter) -> String {
    if isDone(chapter) { return "done" }
    guard let entry = entries[chapter.number], entry.done > 0 else { return "" }
    return "step \(entry.done + 1) of \(entry.steps)"
  }

  /// Keeps the number of steps done; another session's progress in other chapters stays.
  func note(_ done: Int, of chapter: Chapter) {
    if let path {
      let newest = WalkthroughProgress(files: files, path: path)
      entries.merge(newest.entries) { $1 }
    }
    entries[chapter.number] = Entry(done: done, steps: chapter.steps.count)
    guard let path else { return }
    HistoryFile.makeFolders(of: path)
    let text = entries.sorted { $0.key < $1.key }
      .map { "\($0.key) \($0.value.done) \($0.value.steps)\n" }.joined()
    // A learner whose home is full or protected learns all the same.
    try? files.writeFileAtomically(path, Array(text.utf8))
  }
}
