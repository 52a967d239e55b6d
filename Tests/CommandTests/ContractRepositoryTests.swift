import Foundation
import TestSupport
import Testing

/// A repository with a contract, the hook and the workflow that users copy, from start to end.
@Suite(.serialized, .enabled(if: Shell.isInstalled("git"), "git is not installed"))
struct ContractRepositoryTests {
  private let folder: TemporaryFolder
  private let shell: Shell

  /// Rows with so many of each outcome at 0.5, one hundred of each class.
  private static func rows(tp: Int, fp: Int, of size: Int = 100) -> String {
    let parts = [(tp, "0.9,1"), (size - tp, "0.1,1"), (fp, "0.9,0"), (size - fp, "0.1,0")]
    return "p,y\n" + parts.flatMap { [String](repeating: $0.1 + "\n", count: $0.0) }.joined()
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.url.appending(path: name))
  }

  private func read(_ name: String) throws -> String {
    try String(contentsOf: folder.url.appending(path: name), encoding: .utf8)
  }

  init() throws {
    folder = try TemporaryFolder()
    shell = Shell(folder: folder.url)
    let contracts = Command.root.appending(path: "scripts/contracts").path
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "data"), withIntermediateDirectories: true)
    try write(Self.rows(tp: 90, fp: 5), to: "data/labelled.csv")
    let made = try shell.run(
      """
      git init -q . && git config user.name n && git config user.email e@example.com
      cp "\(contracts)/pre-commit" .git/hooks/pre-commit
      mkdir -p .github/workflows && cp "\(contracts)/verify.yml" .github/workflows/
      thr -e 's = scores(read("data/labelled.csv"), score="p", label="y")
      save(evaluate(s, at=0.5), "fraud.json", promise = recall >= 80% and precision >= 80%)'
      git add . && git commit -q -m first
      """)
    #expect(made.status == 0, "\(made.messages)")
  }

  /// The commands of the workflow's step, as its runner runs them.
  private func verify() throws -> Command.Result {
    let lines = try read(".github/workflows/verify.yml").split(separator: "\n")
    let start = try #require(lines.firstIndex { $0.hasSuffix("run: |") })
    try write(lines[(start + 1)...].joined(separator: "\n"), to: ".git/step")
    return try shell.run("bash -e .git/step")
  }

  @Test func holdsThenDriftsAtTheLineOfTheClause() throws {
    try write(Self.rows(tp: 91, fp: 4), to: "data/labelled.csv")
    let held = try verify()
    #expect(held.status == 0, "\(held.messages)")
    #expect(held.output.hasPrefix("::notice file=fraud.json,line="))

    try write(Self.rows(tp: 60, fp: 3), to: "data/labelled.csv")
    #expect(try shell.run("git commit -q -a -m drift").status == 0)
    let failed = try verify()
    #expect(failed.status == 1)
    let place = try #require(failed.output.firstMatch(of: /::error file=(.+?),line=(\d+)/))
    let committed = try shell.run("git show HEAD:\(place.1)").output
    let lines = committed.split(separator: "\n", omittingEmptySubsequences: false)
    let line = lines[try #require(Int(place.2)) - 1]
    #expect(line.contains("\"metric\": \"recall\""), "\(line)")

    // Too few rows are no failure of the workflow, but a warning.
    try write(Self.rows(tp: 4, fp: 0, of: 5), to: "data/labelled.csv")
    let open = try verify()
    #expect(open.status == 0)
    #expect(open.output.contains("::warning file=fraud.json"))
    // A file that is missing is no drift, and no success.
    #expect(try shell.run("rm fraud.json").status == 0)
    #expect(try verify().status == 2)
  }

  @Test func theHookRefusesWhatIsNoContract() throws {
    let before = try shell.run("git rev-parse HEAD").output
    let contract = try read("fraud.json")
    try write(contract.replacing("0.5", with: "0.4"), to: "fraud.json")
    let refused = try shell.run("git commit -a -m edited")
    #expect(refused.status != 0)
    #expect(refused.messages.contains("fraud.json is no sound contract"), "\(refused.messages)")
    #expect(try shell.run("git rev-parse HEAD").output == before)
    // What stands in the folder but is not committed is no matter.
    let other = try shell.run(
      "git reset -q && echo x > 'a b.txt' && git add 'a b.txt' && git commit -q -m b")
    #expect(other.status == 0, "\(other.messages)")
    // A contract that thr wrote is committed, and its change said in words.
    let saved = try shell.run(
      "thr -e 'save(0.4, \"fraud.json\", promise = recall >= 80%)' && git commit -a -m lower")
    #expect(saved.status == 0, "\(saved.messages)")
    #expect(
      (saved.output + saved.messages).contains("fraud.json: the threshold was 0.5 and is 0.4"))
  }

  /// Each format names the same clauses at the same lines.
  @Test func formatsAgree() throws {
    try write(Self.rows(tp: 60, fp: 3), to: "data/labelled.csv")
    func report(_ format: String) throws -> String {
      try shell.run(
        "thr verify fraud.json data/labelled.csv --score p --label y --format \(format)"
      ).output
    }
    let sarif = try JSONSerialization.jsonObject(with: Data(report("sarif").utf8))
    let run = try #require(((sarif as? [String: Any])?["runs"] as? [[String: Any]])?.first)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.map { $0["kind"] as? String } == ["fail", "pass"])
    #expect(results.map { $0["level"] as? String } == ["error", "none"])
    let places = results.map { result -> Int? in
      let location = (result["locations"] as? [[String: Any]])?.first?["physicalLocation"]
      let region = (location as? [String: Any])?["region"] as? [String: Any]
      return region?["startLine"] as? Int
    }
    let github = try report("github").matches(of: /line=(\d+)/).map { Int($0.1) }
    #expect(places == github)
    let lines = try read("fraud.json").split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[try #require(places[1]) - 1].contains("\"precision\""))
    let junit = try report("junit")
    #expect(junit.contains("tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\""), "\(junit)")
  }
}

/// Commands of a shell with `thr` on its path.
struct Shell {
  let folder: URL

  static func isInstalled(_ program: String) -> Bool {
    let shell = Shell(folder: FileManager.default.temporaryDirectory)
    return (try? shell.run("command -v \(program)").status) == 0
  }

  func run(_ script: String) throws -> Command.Result {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    let binaries = Command.executable.deletingLastPathComponent().path
    environment["PATH"] = "\(binaries):\(environment["PATH"] ?? "/usr/bin:/bin")"
    environment["GIT_CONFIG_GLOBAL"] = "/dev/null"
    process.environment = environment
    // Files, not pipes: a full pipe would block the child.
    let streams = try TemporaryFolder()
    let places = ["output", "messages"].map { streams.url.appending(path: $0) }
    for place in places { try Data().write(to: place) }
    process.standardOutput = try FileHandle(forWritingTo: places[0])
    process.standardError = try FileHandle(forWritingTo: places[1])
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let texts = try places.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return Command.Result(
      status: process.terminationStatus, output: texts[0], messages: texts[1])
  }
}
