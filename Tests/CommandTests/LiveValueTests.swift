import DocumentEvaluation
import Foundation
import Synchronization
import Testing
import ThrFrontEnd
import ThrLanguageServer
import ThrLibrary
import ThrModel
import ThrSyntax

/// What an editor sees of a text that someone merely opens, with the real library and real files.
@Suite struct LiveValueTests {
  /// A folder for one test, as a workspace beside which other files lie.
  private final class Workspace {
    let folder: String
    let evaluator = NotebookEvaluator(.standard)

    init() throws {
      let root = FileManager.default.temporaryDirectory.appending(
        path: "thr-live-\(UUID().uuidString)")
      try FileManager.default.createDirectory(
        at: root.appending(path: "work/data"), withIntermediateDirectories: true)
      try Data("x,y\n1,0\n2,1\n".utf8).write(to: root.appending(path: "work/data/small.csv"))
      try Data("x,y\n1,0\n2,1\n".utf8).write(to: root.appending(path: "secret.csv"))
      folder = root.appending(path: "work").path
    }

    deinit {
      try? FileManager.default.removeItem(atPath: (folder as NSString).deletingLastPathComponent)
    }

    func evaluate(
      _ text: String, seconds: Double = 3_600, bytes: Int = 1 << 30, mayAct: Bool = false,
      isStrict: Bool = false,
      cancellation: Cancellation = Cancellation(),
      then deliver: @escaping @Sendable (EvaluatedStatement) -> Void = { _ in }
    ) -> (statements: [EvaluatedStatement], outcome: EvaluationOutcome) {
      let all = Mutex<[EvaluatedStatement]>([])
      let outcome = evaluator.evaluate(
        EvaluationRequest(
          document: "doc", path: folder + "/main.thr", parse: parse(text),
          budget: .init(seconds: seconds, bytes: bytes),
          permissions: mayAct ? .everything : .init(readableFolders: [folder], mayAct: false),
          isStrict: isStrict,
          cancellation: cancellation)
      ) { statement in
        all.withLock { $0.append(statement) }
        deliver(statement)
      }
      return (all.withLock { $0 }, outcome)
    }

    func hints(_ text: String) -> [String?] { evaluate(text).statements.map(\.hint) }

    func reasons(_ text: String, bytes: Int = 1 << 30) -> [String?] {
      evaluate(text, bytes: bytes).statements.map { statement in
        if case .skipped(let reason) = statement.state { reason } else { nil }
      }
    }
  }

  @Test func showsTheTutorialsFigures() throws {
    let hints = try Workspace().hints(
      """
      data = synth(10000, 0.99)
      m = logreg(data.train)
      t = tune(m, data.val, f1, step=0.001)
      roc(m, data.val)
      [tune(m, data.val, cost(fp=1, fn=w)) for w in [1, 5, 10]]
      evaluate(m, data.val, at=t)
      fn double(x) = 2 * x
      total = 0
      for x in [1, 2] { total = total + double(x) }
      "threshold {t.threshold}"
      read("data/small.csv")
      """)
    #expect(
      hints == [
        "10,000 rows, 1 % positive", "2 features, logistic regression", "θ 0.251  F1 0.756",
        "AUC 0.980", "3 tunings", "θ 0.251  precision 0.850  recall 0.680", nil, nil,
        "total 6  x 2", "\"threshold 0.251\"", "2 rows and 2 columns",
      ])
    #expect(hints.allSatisfy { ($0?.count ?? 0) <= 43 })
  }

  @Test func anEndlessLoopEndsAndIsNotTriedAgain() throws {
    let workspace = try Workspace()
    let text = "a = 1\nfor i in range(1e15) { a = a + i }\nb = 2"
    let (statements, outcome) = workspace.evaluate(text, seconds: 4)
    #expect(outcome == .finished)
    #expect(statements.map(\.state) == [.done, .skipped(reason: "takes more than 2 s"), .done])
    #expect(
      workspace.evaluate(text, seconds: 4).statements.map(\.state) == statements.map(\.state))
  }

  @Test func aHugeTableIsNotRead() throws {
    let workspace = try Workspace()
    let path = workspace.folder + "/huge.csv"
    try Data("x,y\n".utf8).write(to: URL(fileURLWithPath: path))
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.truncate(atOffset: 2 << 30)
    try file.close()
    #expect(
      workspace.reasons("t = read(\"huge.csv\")\nt.rows\nread(\"data/small.csv\").rows") == [
        "reads a file of 2 GiB", "needs `t`", nil,
      ])
  }

  @Test func nothingIsWrittenUnlessAsked() throws {
    let workspace = try Workspace()
    let text =
      """
      t = read(\"data/small.csv\")\nwrite(t, \"out.csv\")\nfn f() { write(t, \"out.csv\"); 1 \
      }\nx = f()
      """
    #expect(workspace.reasons(text) == [nil, "`write` writes files", nil, "`write` writes files"])
    #expect(!FileManager.default.fileExists(atPath: workspace.folder + "/out.csv"))
    #expect(workspace.evaluate(text, mayAct: true).statements.allSatisfy { $0.state == .done })
    #expect(FileManager.default.fileExists(atPath: workspace.folder + "/out.csv"))
  }

  @Test func nothingOutsideTheWorkspaceIsRead() throws {
    let workspace = try Workspace()
    try FileManager.default.createSymbolicLink(
      atPath: workspace.folder + "/link.csv", withDestinationPath: "../secret.csv")
    try FileManager.default.createSymbolicLink(
      atPath: workspace.folder + "/around", withDestinationPath: "..")
    mkfifo(workspace.folder + "/pipe.csv", 0o600)
    for path in [
      "../secret.csv", "data/../../secret.csv", "link.csv", "around/secret.csv", "/etc/passwd",
      "/dev/zero", "pipe.csv", "/proc/self/environ",
    ] {
      #expect(
        workspace.reasons("read(\"\(path)\")")
          == ["reads a file outside the workspace"], "\(path)")
      #expect(
        workspace.evaluate("read(\"\(path)\")").statements[0].remark
          == "reads `\(path)`, which is not a regular file of the workspace")
      let used = workspace.evaluate("use \"\(path)\"\n1 + 1").statements.first?.state
      #expect(used != .done, "\(path)")
    }
    #expect(
      workspace.evaluate("read(\"../secret.csv\").rows", mayAct: true).statements[0].hint == "2")
  }

  @Test func aFloodIsCutShort() throws {
    let result = try Workspace().evaluate("for i in range(20000) { print(\"line {i}\") }\n1")
    let full = try #require(result.statements[0].full)
    #expect(full.utf8.count < 100_000)
    #expect(full.hasPrefix("… "))
    #expect(result.statements[1].full == "1")
  }

  @Test func growingValuesEndAtTheBudget() throws {
    let workspace = try Workspace()
    let texts = [
      "t = \"0123456789\"\nfor i in range(40) { t = t + t }",
      "t = [1]\nfor i in range(40) { t = t + t }",
    ]
    for text in texts {
      #expect(
        workspace.reasons(text, bytes: 128 << 20).contains("takes more than 128 MiB"), "\(text)")
    }
  }

  @Test func aNewerTextEndsTheOldOneAtOnce() throws {
    let workspace = try Workspace()
    let cancellation = Cancellation()
    let delivered = Atomic<Int>(0)
    let (statements, outcome) = workspace.evaluate(
      "a = 1\nb = 2\nfor i in range(1e15) { i + 1 }\nc = 3", cancellation: cancellation
    ) { _ in
      if delivered.add(1, ordering: .relaxed).newValue == 2 { cancellation.cancel() }
    }
    #expect(outcome == .cancelled)
    #expect(statements.count == 2)
  }

  @Test func noHintRepeatsTheText() throws {
    let hints = try Workspace().hints(
      "rows = 10_000\n\"word\"\nt = [-1, {a: none}]\nb = rows\n[rows]\n\"{rows}\"\n1 + 1")
    #expect(hints == [nil, nil, nil, "10000", "[10000]", "\"10000\"", "2"])
  }

  @Test func strictnessReachesTheRun() throws {
    let text = """
      fn judged(m, t, rows) = evaluate(m, rows, at=t)
      data = split(synth(1000, 0.9), train=0.6, val=0.2, test=0.2)
      m = logreg(data.train)
      sets = [data.test]
      tune(m, sets[0], f1)
      """
    let workspace = try Workspace()
    #expect(workspace.evaluate(text).statements.last?.state == .done)
    #expect(workspace.evaluate(text, isStrict: true).statements.last?.state == .failed)
    #expect(workspace.evaluate(text).statements.last?.state == .done)
  }

  @Test func endlessLoopsLeaveTimeToTheOthers() throws {
    let loop = "for i in range(1e15) { i }\n"
    let (statements, _) = try Workspace().evaluate(loop + loop + loop + "1 + 1", seconds: 2)
    #expect(statements.last?.hint == "2")
    #expect(statements.dropLast().allSatisfy { $0.state != .done })
  }

  @Test func aTableThatChangesIsReadAgain() throws {
    let workspace = try Workspace()
    let text = "t = read(\"data/small.csv\")\nt.rows"
    #expect(workspace.hints(text)[1] == "2")
    try Data("x,y\n1,0\n2,1\n3,1\n".utf8).write(
      to: URL(fileURLWithPath: workspace.folder + "/data/small.csv"))
    #expect(workspace.hints(text)[1] == "3")
  }
}
