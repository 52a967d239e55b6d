import Foundation
import Glibc
import LibEdit
import TestSupport
import Testing

@testable import ThrREPL

@Suite struct HistoryTests {
  private let files: TemporaryFolder

  init() throws { files = try TemporaryFolder() }

  private var folder: URL { files.url }

  private var path: String { folder.appending(path: "thr/history").path }

  private func entries(_ history: History) -> [String] { (0..<history.count).map { history[$0] } }

  @Test(arguments: ["x = 1", "a = [\n  1,\n]", "back\\slash \\n", "tab\tbed", "é中👍", " "])
  func keepsWholeInputs(entry: String) {
    let line = HistoryRecord.line(entry, at: 1)
    #expect(line.utf8.count { $0 == UInt8(ascii: "\n") } == 1)
    #expect(HistoryRecord.entry(Array(line.utf8.dropLast())[...]) == entry)
  }

  @Test func keepsEntriesForTheNextSessionAndFromOthers() {
    let first = SessionHistory(path: path)
    let second = SessionHistory(path: path)
    first.add("one")
    second.add("two")
    first.add("three")
    second.refresh()
    // A session's own entries are the last, so that Up comes to them first.
    #expect(entries(first.entries) == ["two", "one", "three"])
    #expect(entries(second.entries) == ["one", "three", "two"])
    #expect(entries(SessionHistory(path: path).entries) == ["one", "two", "three"])
  }

  @Test func makesNoFileBeforeSomethingIsEntered() {
    let history = SessionHistory(path: path)
    history.refresh()
    #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "thr").path))
    SessionHistory(path: path).add("one")
    history.refresh()
    #expect(entries(history.entries) == ["one"])
  }

  @Test func isReadableByItsOwnerAlone() throws {
    SessionHistory(path: path).add("secret")
    for (path, mode) in [(path, 0o600), (folder.appending(path: "thr").path, 0o700)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == mode)
    }
  }

  @Test func losesNothingButATornLine() throws {
    SessionHistory(path: path).add("whole")
    let url = URL(filePath: path)
    let torn = try Data(contentsOf: url) + Data("17\t20\tx = to".utf8)
    try torn.write(to: url)
    let next = SessionHistory(path: path)
    next.add("next")
    #expect(entries(SessionHistory(path: path).entries) == ["whole", "next"])
  }

  @Test func keepsAllOfALongHistory() throws {
    SessionHistory(path: path).add("first")
    let url = URL(filePath: path)
    var lines = try Data(contentsOf: url)
    let texts = (0..<100_000).map { "entry \($0) \(String(repeating: "x", count: 30))" }
    for text in texts { lines += Data(HistoryRecord.line(text, at: 1).utf8) }
    try lines.write(to: url)
    let history = SessionHistory(path: path)
    // What the prompt needs at once is there at once: the newest.
    #expect(history.entries[history.entries.count - 1] == texts.last)
    #expect(entries(history.complete()) == ["first"] + texts)
    history.add("new")
    #expect(try Data(contentsOf: url).count > lines.count)
    #expect(entries(SessionHistory(path: path).complete()) == ["first"] + texts + ["new"])
  }

  @Test func walksIntoEntriesThatAreReadLater() throws {
    SessionHistory(path: path).add("only = 1")
    let url = URL(filePath: path)
    var lines = try Data(contentsOf: url)
    for number in 0..<20_000 { lines += Data(HistoryRecord.line("x = \(number)", at: 1).utf8) }
    try lines.write(to: url)
    let history = SessionHistory(path: path)
    var walk = HistoryWalk(from: EditBuffer("on"))
    let found = walk.older(in: history.entries) ?? walk.older(in: history.complete())
    #expect(found?.text == "only = 1")
  }

  @Test func waitsForALockForALimitedTimeAndWritesLater() throws {
    SessionHistory(path: path).add("old")
    let holder = open(path, O_RDWR | O_CLOEXEC)
    flock(holder, LOCK_EX)
    let history = SessionHistory(path: path)
    let start = ContinuousClock.now
    history.add("one")
    // It has waited once, when the session began.
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(history.takeFault()?.contains("another process holds its lock") == true)
    #expect(history.takeFault() == nil)
    close(holder)
    history.add("two")
    #expect(history.takeFault() == nil)
    #expect(entries(SessionHistory(path: path).entries) == ["old", "one", "two"])
  }

  @Test func saysThatAFolderIsNoHistory() throws {
    try FileManager.default.createDirectory(
      at: URL(filePath: path), withIntermediateDirectories: true)
    let history = SessionHistory(path: path)
    history.add("one")
    #expect(history.takeFault()?.contains("this is not a file") == true)
    #expect(entries(history.entries) == ["one"])
  }

  @Test func readsOnlyTheEndOfAHugeFile() throws {
    SessionHistory(path: path).add("first")
    // A hole of 1 TB, which would take minutes to read.
    truncate(path, 1 << 40)
    let url = URL(filePath: path)
    let handle = try FileHandle(forWritingTo: url)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(("\n" + HistoryRecord.line("last", at: 1)).utf8))
    try handle.close()
    #expect(entries(SessionHistory(path: path).entries) == ["last"])
  }

  @Test func keepsALinkToALongHistory() throws {
    let target = folder.appending(path: "elsewhere").path
    HistoryFile.makeFolders(of: path)
    symlink(target, path)
    let line = HistoryRecord.line(String(repeating: "x", count: 1 << 20), at: 1)
    let other = HistoryRecord.line(String(repeating: "y", count: 1 << 20), at: 1)
    try Data((line + other + line).utf8).write(to: URL(filePath: target))
    SessionHistory(path: path).add("z")
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.type] as? FileAttributeType == .typeSymbolicLink)
    #expect(try Data(contentsOf: URL(filePath: target)).count > 3 * line.utf8.count)
  }

  @Test func walksThroughEntriesThatBeginAlike() {
    let history = History(["x = 1", "tune(a)", "x = 2", "x = 2", "y"])
    var walk = HistoryWalk(from: EditBuffer("x", cursor: 1))
    let texts = [walk.older(in: history), walk.older(in: history), walk.older(in: history)]
    #expect(texts.map { $0?.text } == ["x = 2", "x = 1", nil])
    #expect(walk.newer(in: history)?.text == "x = 2")
    #expect(walk.newer(in: history)?.text == "x")
    #expect(walk.newer(in: history) == nil)
  }

  @Test func searchesForWordsInAnyOrder() {
    var search = HistorySearch(History(["t = tune(m, f1)", "roc(m)", "tune(M)"]))
    for scalar in "m tune".unicodeScalars { _ = search.take(.character(scalar)) }
    #expect(search.match == "tune(M)" && search.found == [0..<4, 5..<6])
    #expect(search.take(.character("\u{12}")) == .goOn)
    #expect(search.match == "t = tune(m, f1)")
    #expect(search.take(.character("\u{12}")) == .goOn)
    #expect(search.hasFailed && search.match == "t = tune(m, f1)")
    #expect(search.take(.character("\u{13}")) == .goOn)
    #expect(search.match == "tune(M)")
    #expect(search.take(.character("\r")) == .submit)
  }

  @Test func suggestsTheNewestThatBeginsSo() {
    let history = History(["tune(a, f1)", "tune(b, f1)"])
    #expect(history.suggestion(for: "tu") == "ne(b, f1)")
    #expect(history.suggestion(for: "t") == nil)
    #expect(history.suggestion(for: "tune(b, f1)") == nil)
  }
}
