import Foundation
import Testing
import ThrAnalysis
import ThrSyntax

/// The walkthroughs, as a learner meets them.
@Suite(.serialized) struct TutorialTests {
  /// The chapters as they stand in the repository.
  static let chapters: [Chapter] = {
    let folder = Command.root.appending(path: "scripts/tutorial")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".thr") }.sorted().compactMap { name in
      (try? Data(contentsOf: folder.appending(path: name))).flatMap { Chapter(parse(Array($0))) }
    }
  }()

  private func withState<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let state = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: state) }
    return try body(state)
  }

  @Test func thereAreNineteen() {
    #expect(Self.chapters.map(\.number) == Array(1...19))
    for chapter in Self.chapters {
      let tasks = chapter.steps.compactMap { if case .task(let task) = $0 { task } else { nil } }
      #expect(
        !tasks.isEmpty
          && tasks.allSatisfy { $0.replies.contains(where: \.isRight) && $0.hints.count >= 2 })
      #expect(tasks.allSatisfy { !$0.solution.isEmpty && !$0.text.isEmpty && $0.why != nil })
    }
  }

  /// Presses Enter, answers wrongly, asks for a hint, and types the solution of every task.
  @Test(arguments: 1...14)
  func isWalkedFromStartToEnd(number: Int) throws {
    let chapter = Self.chapters[number - 1]
    try withState { state in
      let session = try TerminalSession(["tutorial", "\(number)"], state: state)
      for step in chapter.steps {
        switch step {
        case .prose: break
        case .code:
          try session.prompt("run this:")
          session.type("\r")
        case .task(let task):
          let asked = try session.prompt("task>")
          let prose = asked.split(separator: "\n").filter {
            !$0.hasPrefix("thr> ") && !$0.hasPrefix(" ... ")
          }
          #expect(!prose.contains { $0.contains("{") }, "a value was not computed: \(prose)")
          try answerWrongly(session, task)
          session.type(".hint\r")
          let hint = try session.prompt("task>")
          #expect(hint.contains(task.hints[0].prefix(20)))
          session.type(String(task.solution.split(separator: "\n")[0]) + "\r")
        }
      }
      let status = session.end()
      #expect(status == 0)
      #expect(session.output.contains("That was chapter \(number)."))
      #expect(!session.output.contains("error["))
      let list = try TerminalSession(["tutorial"], state: state)
      #expect(list.end() == 0)
      #expect(list.output.components(separatedBy: "done").count == 2)
    }
  }

  private func answerWrongly(_ session: TerminalSession, _ task: Chapter.Task) throws {
    session.type("0\r")
    let refusal = try session.prompt("task>")
    #expect(!refusal.contains("Right."))
    let words =
      task.replies.compactMap(\.words).map { String($0.prefix(12)) } + [
        "Not yet", "the task asks for",
      ]
    #expect(words.contains { refusal.contains($0.prefix { $0 != "{" }) }, "\(refusal)")
  }

  @Test func goesOnWhereTheLearnerLeft() throws {
    try withState { state in
      let first = try TerminalSession(["tutorial", "1"], state: state)
      try first.prompt("run this:")
      first.type("\r")
      try first.prompt("run this:")
      first.type("\u{4}")
      #expect(first.end() == 0)
      #expect(first.output.contains("To continue here: `thr tutorial 1`."))
      let list = try TerminalSession(["tutorial"], state: state)
      #expect(list.end() == 0)
      #expect(list.output.contains("step "))
      let second = try TerminalSession(["tutorial", "1"], state: state)
      let shown = try second.prompt("run this:")
      #expect(shown.contains("You were at step"))
      // What the first session made is there.
      second.type("s.rows\r")
      let rows = try second.prompt("run this:")
      #expect(rows.contains("5"))
      second.type(".restart\r")
      let again = try second.prompt("run this:")
      #expect(again.contains("A classifier gives every row a score"))
    }
  }

  @Test func theSolutionIsShownOnSurrender() throws {
    try withState { state in
      let session = try TerminalSession(["tutorial", "1"], state: state)
      for _ in 0..<3 {
        try session.prompt("run this:")
        session.type("\r")
      }
      try session.prompt("task>")
      session.type(".solution\r")
      #expect(session.end() == 0)
      #expect(session.output.contains("That was chapter 1."))
    }
  }

  /// Where there is no driver, the chapter says so, and ends well.
  @Test func aChapterSaysWhatItNeeds() throws {
    let need = try #require(Self.chapters.last?.need)
    #expect(Self.chapters.dropLast().allSatisfy { $0.need == nil })
    try withState { state in
      let result = try Shell(folder: state).run(
        "ADBC_DRIVER_PATH=. XDG_CONFIG_HOME=. HOME=. thr tutorial 19")
      #expect(result.status == 0)
      #expect(!result.output.contains("error["))
      // The whole system may have one.
      let isWalked = result.output.contains("That was chapter 19.")
      #expect(result.output.contains(need.words) != isWalked)
    }
  }

  @Test func withoutATerminalTheWholeChapterIsShown() throws {
    let result = try Command.thr("tutorial", "4")
    #expect(result.status == 0)
    #expect(result.messages == "")
    #expect(!result.output.contains("\u{1B}"))
    #expect(result.output.contains("thr> t = tune(m, data.val, f1)"))
    #expect(result.output.contains("That was chapter 4."))
    #expect(try Command.thr("tutorial", "99").status == 2)
  }
}
