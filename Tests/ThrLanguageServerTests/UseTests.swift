import JSONText
import TableIO
import Testing
import ThrAnalysis
import ThrFrontEnd
import ThrLibrary
import ThrModel
import ThrRuntime
import ThrSyntax

@testable import ThrREPL

/// Programs that use others: the check, the prompt, the server and a run find the same.
@Suite("Programs that use others")
struct UseTests {
  struct Found: Hashable, Comparable, CustomStringConvertible {
    let file: String
    let code: String
    /// Line and character of both ends, from 0.
    let place: [Int]

    var description: String { "\(code) in \(file) at \(place)" }

    static func < (first: Found, second: Found) -> Bool { first.description < second.description }
  }

  struct Case: CustomStringConvertible {
    /// By their names; the program is `a`.
    let files: [String: String]
    /// The files and codes of what is found.
    let found: [String]

    init(_ files: [String: String], _ found: [String] = []) {
      self.files = files
      self.found = found
    }

    var description: String { "\(files)" }
  }

  /// A chain, and a diamond.
  static let sound = [
    Case(["a": #"use "b.thr"; y + z"#, "b": #"use "c.thr"; y = x"#, "c": "x = 1; z = 2"]),
    Case([
      "a": #"use "b.thr"; use "c.thr"; x + y"#, "b": #"use "d.thr"; x = w"#,
      "c": #"use "d.thr"; y = w"#, "d": "w = 1",
    ]),
  ]

  /// Of one file, of two, beyond the program, of several ways, and of three.
  static let cycles = [
    Case(["a": #"use "a.thr"; x = 1"#], ["a E0305"]),
    Case(["a": #"use "b.thr"; y"#, "b": #"use "a.thr"; y = x"#], ["a E0305", "b E0305"]),
    Case(
      ["a": #"use "b.thr""#, "b": #"use "c.thr""#, "c": #"use "b.thr""#], ["b E0305", "c E0305"]),
    Case(
      ["a": #"use "b.thr"; use "d.thr""#, "b": #"use "a.thr""#, "d": #"use "b.thr"; k"#],
      ["a E0305", "a E0305", "b E0305", "d E0305"]),
    Case(
      ["a": #"use "b.thr""#, "b": #"use "c.thr""#, "c": #"use "a.thr""#],
      ["a E0305", "b E0305", "c E0305"]),
  ]

  static let missing = [
    Case(["a": #"use "none.thr"; anything"#], ["a E0501"]),
    Case(["a": #"use "none.thr"; use "none.thr""#], ["a E0501", "a E0501"]),
    Case(["a": #"if true { use "none.thr" }"#], ["a E0501"]),
    Case(["a": "fn f() { use \"none.thr\" }\nf()"], ["a E0501"]),
    Case(["a": #"use "b.thr"; x"#, "b": #"x = 1; use "none.thr""#], ["b E0501"]),
  ]

  /// Errors inside used files, and names that are used wrongly, shadowed, or not there.
  static let faulty = [
    Case(["a": #"use "b.thr""#, "b": "x = "], ["b E0110"]),
    Case(["a": #"use "b.thr"; x"#, "b": "x = unknown_thing"], ["b E0210"]),
    Case(["a": #"use "b.thr""#, "b": #"use "c.thr""#, "c": #"x = abs("a")"#], ["c E0201"]),
    Case(["a": #"use "b.thr"; f(1, 2)"#, "b": "fn f(x) = x"], ["a E0206"]),
    Case(["a": #"use "b.thr"; y"#, "b": "x = 1"], ["a E0210"]),
    Case(["a": #"use "b.thr"; use "c.thr"; f(1)"#, "b": "fn f() = 1", "c": "fn f(x) = x"]),
    Case(["a": #"use "b.thr"; x = 1; abs(x)"#, "b": #"x = "t""#]),
    Case(["a": #"x = 1; use "b.thr"; abs(x)"#, "b": #"x = "t""#], ["a E0201"]),
  ]

  private static func paths(_ files: [String: String]) -> [String: String] {
    Dictionary(uniqueKeysWithValues: files.map { ("/project/\($0).thr", $1) })
  }

  @Test("are found to have the same faults by all", arguments: sound + cycles + missing + faulty)
  func sameFindings(example: Case) throws {
    let files = Self.paths(example.files)
    let checked = check(files)
    #expect(checked.map { "\($0.file.dropFirst(9).dropLast(4)) \($0.code)" } == example.found)
    for isLive in [false, true] {
      for pulls in [false, true] {
        #expect(serve(files, isLive: isLive, pulls: pulls) == Set(checked), "\(isLive) \(pulls)")
      }
    }
    #expect(prompt(files) == Set(checked))
    if let failure = run(files) { #expect(checked.contains(failure)) }
    #expect((run(files) == nil) == checked.isEmpty)
  }

  // MARK: - By each

  private static let main = "/project/a.thr"

  private func check(_ files: [String: String]) -> [Found] {
    let checker = ScriptChecker(
      vocabulary: Library.standard.vocabulary, files: MemoryFileSystem(texts: files),
      isStrict: false)
    let text = Array((files[Self.main] ?? "").utf8)
    let checked = checker.check(Script(path: Self.main, name: Self.main, bytes: text))
    return checked.all.flatMap { file in
      file.diagnostics.map { Self.found($0, in: file.path, file.parse.source) }
    }.sorted()
  }

  private static func found(_ diagnostic: Diagnostic, in file: String, _ source: Source) -> Found {
    let ends = [diagnostic.span.start, diagnostic.span.end].map { source.lines.position(at: $0) }
    return Found(
      file: file, code: diagnostic.kind.code, place: ends.flatMap { [$0.line - 1, $0.column - 1] })
  }

  private func serve(_ files: [String: String], isLive: Bool, pulls: Bool) -> Set<Found> {
    var abilities: JSON.Object = ["publishDiagnostics": ["relatedInformation": true]]
    if pulls { abilities["diagnostic"] = [:] }
    let client = TestClient(
      ["textDocument": .object(abilities)], files: files,
      options: ["liveValues": .bool(isLive)], folder: "file:///project",
      running: NotebookEvaluator(.standard, files: MemoryFileSystem(texts: files)),
      vocabulary: Library.standard.vocabulary)
    let text = files[Self.main] ?? ""
    client.open(text)
    if isLive {
      let end = Source(text).lines.position(at: text.utf8.count)
      _ = client.response(
        "workspace/executeCommand",
        [
          "command": "thr.runToHere",
          "arguments": ["file:///project/a.thr", position(end.line - 1, end.column - 1)],
        ])
      client.settle()
    }
    var found: Set<Found> = []
    for path in files.keys {
      let address = "file://\(path)"
      let items =
        path == Self.main && !pulls
        ? lastPublished(to: client)
        : client.result(
          "textDocument/diagnostic", ["textDocument": ["uri": .string(address)]])["items"]?.array
      // What is shown of a value has no code.
      for item in items ?? [] where item["code"] != nil {
        found.insert(Self.found(item, in: address))
      }
    }
    return found
  }

  private func lastPublished(to client: TestClient) -> [JSON]? {
    var last = client.diagnostics()
    while let more = client.transport.take(
      within: 0.3, where: { $0["method"] == "textDocument/publishDiagnostics" })
    {
      last = more["params"]?["diagnostics"]?.array ?? last
    }
    return last
  }

  /// What lies in a used file is reported at the statement that led there, with a note where.
  private static func found(_ item: JSON, in address: String) -> Found {
    let code = item["code"]?.string ?? ""
    let elsewhere = item["relatedInformation"]?.array?.first {
      $0["message"]?.string == "the error occurs here"
    }?["location"]
    let range = elsewhere?["range"] ?? item["range"]
    let place = ["start", "end"].flatMap { end in
      ["line", "character"].compactMap { range?[end]?[$0]?.integer }
    }
    let file = elsewhere?["uri"]?.string ?? address
    return Found(file: String(file.dropFirst("file://".count)), code: code, place: place)
  }

  private func prompt(_ files: [String: String]) -> Set<Found> {
    let workspace = workspace(MemoryFileSystem(texts: files))
    var found: Set<Found> = []
    let outcome = workspace.run(Array((files[Self.main] ?? "").utf8), file: Self.main) {
      diagnostics, source, file in
      for diagnostic in diagnostics {
        found.insert(Self.found(diagnostic, in: file ?? "", source))
      }
    }
    if case .failed(let failure) = outcome {
      found.insert(Found(file: failure.file, code: "failed", place: []))
    }
    return found
  }

  private func workspace(_ files: MemoryFileSystem) -> CheckedSession {
    let library = Library.standard
    let checker = ScriptChecker(vocabulary: library.vocabulary, files: files, isStrict: false)
    return CheckedSession(
      REPL.Environment(
        library: library, context: CallContext(files: files, display: ValueDisplay(library)),
        isStrict: false, interruption: Interruption(), version: "1", uses: checker.checkUsed)
    ) { _ in }
  }

  /// Where the program fails that runs without being checked.
  private func run(_ files: [String: String]) -> Found? {
    let library = Library.standard
    let session = Session(
      library,
      context: CallContext(
        files: MemoryFileSystem(texts: files), display: ValueDisplay(library))
    ) { _ in }
    let outcome = session.run(parse(files[Self.main] ?? ""), file: Self.main)
    guard case .failed(let failure) = outcome, let first = failure.diagnostics.first else {
      return nil
    }
    return Self.found(first, in: failure.file, session.source(of: failure.file) ?? Source(""))
  }

  // MARK: - Changes

  @Test("are checked against a used file as it is now")
  func changedFile() throws {
    let files = MemoryFileSystem(texts: ["lib.thr": "fn f(x) = x\ngone = 1"])
    let workspace = workspace(files)
    var reported: [String] = []
    func enter(_ input: String) -> RunResult.Outcome {
      workspace.run(Array(input.utf8)) { found, _, _ in reported += found.map(\.kind.name) }
    }
    #expect(enter("use \"lib.thr\"") == .finished)
    #expect(enter("y = 1; f(1)") == .finished)
    try files.writeFileAtomically("lib.thr", Array("fn f(x, y) = x + y".utf8))
    #expect(enter("f(1, 2)") == .finished)
    #expect(reported.isEmpty)
    _ = enter("gone")
    #expect(reported == ["unknown-name"])
  }

  @Test("are looked at again by the server when a cycle is opened or closed")
  func changedCycle() {
    let client = TestClient(
      [:], files: ["/project/b.thr": "use \"a.thr\"\ny = 1"], options: ["liveValues": false],
      folder: "file:///project")
    client.open("use \"b.thr\"\ny")
    #expect(client.diagnostics().map { $0["code"] } == ["E0305"])
    client.change([["text": "# nothing\nuse \"b.thr\"\ny"]])
    #expect(client.diagnostics().map { $0["range"] } == [range(1, 4, 11)])
    client.open("y = 1", at: "file:///project/b.thr")
    #expect(client.diagnostics().isEmpty)
    #expect(client.diagnostics(of: "file:///project/b.thr").isEmpty)
    client.change(
      [["text": "use \"a.thr\"\ny = 1"]], at: "file:///project/b.thr")
    #expect(client.diagnostics().map { $0["code"] } == ["E0305"])
    #expect(client.diagnostics(of: "file:///project/b.thr").map { $0["code"] } == ["E0305"])
  }
}
