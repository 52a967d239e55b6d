import Foundation
import TestSupport
import Testing

/// Commands that are killed at any moment: the old file or the new one, never a part of one.
///
/// With THR_LONG_FUZZ=1 each is killed 200 times.
@Suite(.serialized) struct KilledCommandTests {
  private static let isLong = ProcessInfo.processInfo.environment["THR_LONG_FUZZ"] == "1"
  private static let rounds = isLong ? 200 : 5
  private let folder: TemporaryFolder
  private let shell: Shell

  init() throws {
    folder = try TemporaryFolder()
    shell = Shell(folder: folder.url)
    let rows = (0..<3_000).map { row in
      "\(Double(row * 7919 % 3_000) / 3_000),\(row * 31 % 7 < 2 ? 1 : 0)"
    }
    try Data(("p,y\n" + rows.joined(separator: "\n") + "\n").utf8)
      .write(to: folder.url.appending(path: "rows.csv"))
    let script = """
      s = scores(read("rows.csv"), score="p", label="y")
      save(evaluate(s, at=0.5), "c.json", promise = recall >= 40%)
      """
    try Data(script.utf8).write(to: folder.url.appending(path: "save.thr"))
    try Data("s = scores(read(\"rows.csv\"), score=\"p\", label=\"y\")\nevaluate(s, at=0.5)\n".utf8)
      .write(to: folder.url.appending(path: "page.thr"))
    #expect(try shell.run("thr save.thr").status == 0)
  }

  private func content(_ name: String) -> Data? {
    try? Data(contentsOf: folder.url.appending(path: name))
  }

  /// Runs a command, and kills it after so many microseconds.
  private func kill(_ arguments: [String], after delay: UInt32) throws {
    let process = Process()
    process.executableURL = Command.executable
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    usleep(delay)
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  @Test(arguments: [
    ("c.json", "save.thr"), ("out.csv", "classify c.json rows.csv -o out.csv --score p"),
    ("page.html", "report page.thr -o page.html"),
    ("state", "monitor c.json rows.csv --state state --score p --label y"),
  ])
  func leavesTheOldFileOrTheNew(file: String, command: String) throws {
    var draws = Draws(seed: 9)
    let arguments = command.split(separator: " ").map(String.init)
    // Where there was no file before, there is none or a whole one.
    let isNew = file != "c.json"
    let contract = content("c.json")
    let start = ContinuousClock.now
    #expect(try shell.run("thr \(command)").status == 0)
    let whole = try #require(content(file))
    let time = (ContinuousClock.now - start) / .microseconds(1)
    for _ in 0..<Self.rounds {
      if isNew { try FileManager.default.removeItem(at: folder.url.appending(path: file)) }
      try kill(arguments, after: UInt32(draws.below(Int(time * 1.2) + 1)))
      let left = content(file)
      #expect(left == nil && isNew || left == whole)
      #expect(content("c.json") == contract)
      // The next run does what the killed one did not, to the very same bytes.
      #expect(try shell.run("thr \(command)").status == 0)
      #expect(content(file) == whole)
    }
  }

  /// Verifying writes nothing, whenever it ends.
  @Test func verifyingChangesNothing() throws {
    var draws = Draws(seed: 10)
    let before = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    for _ in 0..<Self.rounds {
      try kill(
        ["verify", "c.json", "rows.csv", "--score", "p", "--label", "y"],
        after: UInt32(draws.below(200_000)))
      let after = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
      #expect(after == before)
    }
  }
}
