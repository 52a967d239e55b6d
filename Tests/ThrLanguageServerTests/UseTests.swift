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

  /// The program is `a.thr`; the codes are those of the findings, by file.
  static let cases: [(files: [String: String], codes: [String])] = [
    // A chain, and a diamond.
    (["a": use("b") + "z", "b": use("c") + "y = x", "c": "x = 1\nz = 2"], []),
    (
      [
        "a": use("b") + use("c") + "x + y", "b": use("d") + "x = w", "c": use("d") + "y = w",
        "d": "w = 1",
      ], []
    ),
    // Cycles: of one, of two, of two beyond the program, and one that another file leads into.
    (["a": use("a") + "x = 1"], ["a E0305"]),
    (["a": use("b") + "x = 1\ny", "b": use("a") + "y = x"], ["a E0305", "b E0305"]),
    (["a": use("b"), "b": use("c"), "c": use("b")], ["b E0305", "c E0305"]),
    (["a": use("b") + use("d"), "b": use("a"), "d": use("b") + "k"], ["a E0305", "b E0305"]),
    (
      ["a": use("b"), "b": use("c"), "c": use("a")],
      ["a E0305", "b E0305", "c E0305"]
    ),
    // Missing files, also twice, in a block, in a function, and in a used file.
    (["a": use("none") + "anything"], ["a E0501"]),
    (["a": use("none") + use("none")], ["a E0501", "a E0501"]),
    (["a": "if true { use \"none.thr\" }"], ["a E0501"]),
    (["a": "fn f() { use \"none.thr\" }\nf()"], ["a E0501"]),
    (["a": use("b") + "x", "b": "x = 1\n" + use("none")], ["b E0501"]),
    // Errors inside a used file: of its words, of its names, of its types.
    (["a": use("b"), "b": "x = = 1"], ["b E0101"]),
    (["a": use("b") + "x", "b": "x = unknown_thing"], ["b E0210"]),
    (["a": use("b"), "b": use("c"), "c": "half = 1 / \"a\""], ["c E0201"]),
    // Names that are used wrongly, shadowed, or not there.
    (["a": use("b") + "f(1, 2)", "b": "fn f(x) = x"], ["a E0203"]),
    (["a": use("b") + "y", "b": "x = 1"], ["a E0210"]),
    (["a": use("b") + use("c") + "f(1)", "b": "fn f() = 1", "c": "fn f(x) = x"], []),
    (["a": use("b") + "x = [1]\nx[0]", "b": "x = 1"], []),
    (["a": "x = [1]\n" + use("b") + "x[0]", "b": "x = 1"], ["a E0207"]),
  ]

  private static func use(_ name: String) -> String { "use \"\(name).thr\"\n" }

  private static func paths(_ files: [String: String]) -> [String: String] {
    Dictionary(uniqueKeysWithValues: files.map { ("/project/\($0).thr", $1) })
  }

  @Test("are found to have the same faults by all", arguments: cases.indices)
  func sameFindings(index: Int) throws {
    let (files, codes) = (Self.paths(Self.cases[index].files), Self.cases[index].codes)
    let checked = check(files)
    #expect(checked.map { "\($0.file.dropFirst(9).dropLast(4)) \($0.code)" } == codes)
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
    let ends = [diagnostic.span.start, diagnostic.span.end].map(source.lines.position)
    return Found(
      file: file, code: diagnostic.kind.code, place: ends.flatMap { [$0.line - 1, $0.column - 1] })
  }

  private func serve(_ files: [String: String], isLive: Bool, pulls: Bool) -> Set<Found> {
    let abilities: JSON = ["relatedInformation": true]
    let client = TestClient(
      ["textDocument": [pulls ? "diagnostic" : "publishDiagnostics": abilities]], files: files,
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
    client.change(
      [["text": "use \"a.thr\"\ny = 1"]], at: "file:///project/b.thr")
    #expect(client.diagnostics().map { $0["code"] } == ["E0305"])
    #expect(client.diagnostics(of: "file:///project/b.thr").isEmpty)
    #expect(client.diagnostics(of: "file:///project/b.thr").map { $0["code"] } == ["E0305"])
  }
}
