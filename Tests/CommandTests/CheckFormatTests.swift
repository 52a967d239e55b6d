import Foundation
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
  }

  @Test func anUnknownFormatIsAUsageError() throws {
    #expect(try Command.thr("check", "--format", "xml", "x.thr").status == 2)
  }
}
