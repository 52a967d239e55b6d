import Foundation
import TestSupport
import Testing

/// What `thr check` finds, for people, programs, GitHub and tools that read SARIF.
@Suite struct CheckFormatTests {
  private static let code = "é = 1; t = tun(1)\nfn f(a) = a; x = f(stpe=1)\nb = (1, 2)\n"

  private func check(_ format: String, _ code: String = code) throws -> Command.Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "a, b%:\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = folder.appending(path: "s.thr")
    try Data(code.utf8).write(to: script)
    return try Command.thr("check", "--format", format, script.path)
  }

  @Test(arguments: ["json", "github", "sarif"])
  func standardOutputHoldsIt(format: String) throws {
    let wrong = try check(format)
    #expect(wrong.status == 65)
    #expect(wrong.messages == "")
    #expect(wrong.output.hasSuffix("\n"))
    let right = try check(format, "x = 1\n")
    #expect(right.status == 0)
    #expect(right.messages == "")
    #expect(format == "github" ? right.output.isEmpty : !right.output.isEmpty)
  }

  @Test func foldersStandForTheirScripts() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
    let inner = folder.appending(path: "b/c")
    for path in [inner, folder.appending(path: ".hidden"), folder.appending(path: "none")] {
      try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
    }
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["a.thr", "b/c/d.thr", "b/notes.txt", ".hidden/e.thr"] {
      try Data("mean(q)\n".utf8).write(to: folder.appending(path: name))
    }
    try FileManager.default.createSymbolicLink(
      at: inner.appending(path: "back"), withDestinationURL: inner)
    let result = try Command.thr("check", "--format", "json", folder.path + "/b/..", folder.path)
    let files = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]]
    ).compactMap { $0["file"] as? String }
    #expect(result.status == 65)
    #expect(files.first == folder.path + "/b/../a.thr")
    #expect(files.contains(folder.path + "/b/c/d.thr"))
    #expect(files.allSatisfy { $0.hasSuffix(".thr") && !$0.contains("hidden") })
    let none = try Command.thr("check", folder.path + "/none")
    #expect(none.status == 2)
    #expect(none.messages.contains("directory"))
  }

  @Test func aProjectHasRules() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
    let inner = folder.appending(path: "a/old")
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let rules = folder.appending(path: "thr.json")
    for name in ["a/s.thr", "a/old/t.thr"] {
      try Data("f1 = 2\n".utf8).write(to: folder.appending(path: name))
    }
    func check(_ arguments: String...) throws -> (count: Int, status: Int32, messages: String) {
      let result = try Command.run(["check", "--format", "github"] + arguments)
      return (result.output.split(separator: "\n").count, result.status, result.messages)
    }
    #expect(try check(folder.path).count == 2)
    try Data(#"{"check": {"exclude": ["old"], "warnings-as-errors": true}}"#.utf8).write(to: rules)
    #expect(try check(folder.path) == (1, 65, ""))
    #expect(try check(folder.path + "/a").count == 1)
    #expect(try check(inner.path + "/t.thr").count == 1)
    #expect(try check("--ignore", "W0601,W07", folder.path) == (0, 0, ""))
    #expect(try check("--select", "W07", folder.path) == (0, 0, ""))
    try Data(#"{"check": {"ignore": ["hides-builtin"]}}"#.utf8).write(to: rules)
    #expect(try check(folder.path) == (0, 0, ""))
    #expect(try check("--ignore", "W9999", folder.path).status == 2)
    try Data(#"{"check": {"ignore": ["E0210"]}}"#.utf8).write(to: rules)
    let wrong = try check(folder.path)
    #expect(wrong.status == 2)
    #expect(wrong.messages.contains("thr.json`: `E0210` is an error"))
  }

  @Test func aProblemOfAUsedFileIsReportedOnce() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, code) in [
      ("bad.thr", "x = \n"), ("a.thr", "use \"bad.thr\"\n"), ("b.thr", "use \"bad.thr\"\n"),
    ] {
      try Data(code.utf8).write(to: folder.appending(path: name))
    }
    for format in ["text", "github"] {
      let result = try Command.thr("check", "--format", format, folder.path)
      let text = result.output + result.messages
      #expect(text.components(separatedBy: "expected a value").count == 2, "\(text)")
      #expect(result.status == 65)
    }
  }

  @Test func saysWhereAUsedFileIsLookedFor() throws {
    let check = try Command.thr("check", "-", input: "use \"none.thr\"\n")
    let run = try Command.thr("-", input: "use \"none.thr\"\n")
    for messages in [check.messages, run.messages] {
      #expect(messages.contains("relative to the file that contains it"), "\(messages)")
    }
  }

  @Test(arguments: [
    (["old"], ["a.thr", "sub/a.thr"]), (["a.thr"], ["old/b.thr", "sub/old/c.thr"]),
    (["sub"], ["a.thr", "old/b.thr"]), (["sub/old"], ["a.thr", "old/b.thr", "sub/a.thr"]),
    (["*/b.thr", "sub/*.thr"], ["a.thr", "sub/old/c.thr"]),
    (["**/c.thr"], ["a.thr", "old/b.thr", "sub/a.thr"]),
    (["?.thr"], []), (["sub/"], ["a.thr", "old/b.thr"]), (["./old", "su*"], ["a.thr"]),
    (["ol"], ["a.thr", "old/b.thr", "sub/a.thr", "sub/old/c.thr"]),
  ])
  func leavesOutWhatIsExcluded(patterns: [String], left: [String]) throws {
    let folder = try TemporaryFolder()
    for name in ["a.thr", "old/b.thr", "sub/a.thr", "sub/old/c.thr"] {
      let url = folder.url.appending(path: name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("nowhere\n".utf8).write(to: url)
    }
    let options = patterns.flatMap { ["--exclude", $0] }
    let result = try Command.run(
      ["check", "--format", "github"] + options + [folder.url.path], input: "")
    let found = result.output.matches(of: /file=([^,]*)/).map { String($0.1) }
    #expect(found.map { String($0.dropFirst(folder.url.path.count + 1)) } == left)
  }

  @Test func readsStandardInput() throws {
    let result = try Command.thr("check", "--format", "json", "-", input: "mean(q)\n")
    #expect(result.status == 65)
    #expect(result.output.contains("\"standard input\""))
  }

  @Test func jsonNamesThePlaces() throws {
    let found = try #require(
      try JSONSerialization.jsonObject(with: Data(check("json").output.utf8)) as? [[String: Any]])
    #expect(
      found.map { $0["name"] as? String }.prefix(2) == ["unknown-name", "missing-argument"])
    let unknown = try #require(found.first)
    #expect(unknown["line"] as? Int == 1 && unknown["column"] as? Int == 12)
    #expect(unknown["endColumn"] as? Int == 15)
    #expect(unknown["severity"] as? String == "error")
    #expect((unknown["message"] as? String)?.contains("`tun`") == true)
  }

  @Test func annotationsAreEscaped() throws {
    let lines = try check("github").output.split(separator: "\n")
    #expect(lines.count >= 3)
    for line in lines {
      #expect(line.hasPrefix("::error file="))
      #expect(line.contains("a%2C b%25%3A"))
      #expect(line.dropFirst(2).contains("::"))
    }
    #expect(
      lines[0].contains("line=1,col=12,endLine=1,endColumn=14,title=E0210 unknown-name"))
  }

  /// The parts of the schema that every consumer relies on.
  @Test func sarifIsWhole() throws {
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(check("sarif").output.utf8)) as? [String: Any])
    #expect(report["version"] as? String == "2.1.0")
    let run = try #require((report["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    #expect(driver["name"] as? String == "thr")
    let rules = try #require(driver["rules"] as? [[String: Any]])
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.count >= 3)
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
      #expect(["error", "warning"].contains(result["level"] as? String))
      #expect(((result["message"] as? [String: Any])?["text"] as? String)?.isEmpty == false)
      let place = try #require((result["locations"] as? [[String: Any]])?.first)
      let physical = try #require(place["physicalLocation"] as? [String: Any])
      let uri = try #require((physical["artifactLocation"] as? [String: Any])?["uri"] as? String)
      #expect(URL(string: uri)?.path(percentEncoded: false).contains("a, b%:") == true)
      let region = try #require(physical["region"] as? [String: Int])
      #expect(Set(region.keys) == ["startLine", "startColumn", "endLine", "endColumn"])
      #expect(region.values.allSatisfy { $0 >= 1 })
    }
    #expect(
      rules.allSatisfy { rule in
        let short = (rule["shortDescription"] as? [String: String])?["text"] ?? ""
        let full = (rule["fullDescription"] as? [String: String])?["text"] ?? ""
        return !short.isEmpty && short.count <= full.count && short.hasSuffix(".")
      })
  }

  /// What GitHub tells an old alert from a new one by.
  @Test func sarifKnowsAFindingAgainWhenLinesMove() throws {
    func fingerprints(_ code: String) throws -> [String] {
      let folder = try TemporaryFolder()
      try Data(code.utf8).write(to: folder.url.appending(path: "s.thr"))
      let result = try Command.run(
        ["check", "--format", "sarif", "s.thr"], in: folder.url)
      let report = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
      let run = ((report as? [String: Any])?["runs"] as? [[String: Any]])?.first
      return ((run?["results"] as? [[String: Any]]) ?? []).compactMap {
        ($0["partialFingerprints"] as? [String: String])?["primaryLocationLineHash/v1"]
      }
    }
    let first = try fingerprints("mean(q)\nmean(q)\n")
    #expect(first.count == 2 && Set(first).count == 2)
    #expect(try fingerprints("x = 1\n\n  mean(q)\nmean(q)\n") == first)
  }

  @Test func fixesAreApplied() throws {
    let folder = try TemporaryFolder()
    let script = folder.url.appending(path: "s.thr")
    try Data("é = 1; t = tuen(1)\nmean([é], lst=1)\nmean(q)\n".utf8).write(to: script)
    let result = try Command.run(["check", "--fix", "s.thr"], in: folder.url)
    let text = try String(contentsOf: script, encoding: .utf8)
    #expect(text.hasPrefix("é = 1; t = tune(1)\n"))
    #expect(text.hasSuffix("\nmean(q)\n"))
    #expect(result.messages.contains("in s.thr"))
    // What has no fix is reported.
    #expect(result.status == 65 && result.messages.contains("`q` is not defined"))
    let piped = try Command.thr("check", "--fix", "-", input: "x = 2\nprin(x)\n")
    #expect(piped.status == 0 && piped.output == "x = 2\nprint(x)\n")
  }

  @Test func warningsAreErrorsOnRequest() throws {
    let code = "f1 = 2\nprint(f1)\n"
    #expect(try Command.thr("check", "-", input: code).status == 0)
    #expect(try Command.thr("check", "--warnings-as-errors", "-", input: code).status == 65)
    let ignored = "f1 = 2  # thr: ignore[W0601]\nprint(f1)\n"
    let result = try Command.thr("check", "--warnings-as-errors", "-", input: ignored)
    #expect(result.status == 0 && result.messages == "")
  }

  @Test func columnsOfFilesAreKnown() throws {
    let folder = try TemporaryFolder()
    try Data("score,label\n0.5,1\n".utf8).write(to: folder.url.appending(path: "d.csv"))
    let code = "t = read(\"d.csv\")\nold = filter(t, age > 60)\n"
    let result = try Command.run(["check", "-"], input: code, in: folder.url)
    #expect(result.status == 65 && result.messages.contains("`score`, `label`"))
  }

  /// What an editor pipes in has the name, the rules and the neighbours of its file.
  @Test func aPipedTextStandsForItsFile() throws {
    let folder = try TemporaryFolder()
    let sub = folder.url.appending(path: "sub")
    try FileManager.default.createDirectory(at: sub, withIntermediateDirectories: true)
    try Data("fn g(x) = x\n".utf8).write(to: sub.appending(path: "g.thr"))
    try Data("{\"check\": {\"ignore\": [\"W0601\"]}}".utf8).write(
      to: sub.appending(path: "thr.json"))
    let code = "use \"g.thr\"\nf1 = g(2)\nprin(f1)\n"
    let named = ["--stdin-filename", "sub/new.thr", "-"]
    let result = try Command.run(["check"] + named, input: code, in: folder.url)
    #expect(result.status == 65 && result.messages.contains("--> sub/new.thr:3:1"))
    #expect(!result.messages.contains("W0601") && !result.messages.contains("E0501"))
    let fixed = try Command.run(["check", "--fix"] + named, input: code, in: folder.url)
    #expect(fixed.output == code.replacing("prin(", with: "print(") && fixed.status == 0)
    let wrong = try Command.run(["format"] + named, input: "x=(\n", in: folder.url)
    #expect(wrong.status == 2 && wrong.messages.contains("sub/new.thr has syntax errors"))
    let formatted = try Command.run(["format"] + named, input: "x=1\n", in: folder.url)
    #expect(formatted.status == 0 && formatted.output == "x = 1\n")
    #expect(!FileManager.default.fileExists(atPath: sub.appending(path: "new.thr").path))
    // It names no file that is read from the disk.
    let idle = try Command.run(["format", "--stdin-filename", "a", "b.thr"], in: folder.url)
    #expect(idle.status == 2 && idle.messages.contains("--stdin-filename"))
  }

  @Test func anUnknownFormatIsAUsageError() throws {
    #expect(try Command.thr("check", "--format", "xml", "x.thr").status == 2)
  }
}
