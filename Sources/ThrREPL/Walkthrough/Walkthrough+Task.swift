import ThrAnalysis
import ThrModel
import ThrSyntax

extension Walkthrough {
  private static let hint = StageCommand("hint", "gives a hint; again, the next hint")
  static let solution = StageCommand("solution", "shows the solution and continues")

  /// Lets the learner do a task; every input's value is an answer.
  func task(_ task: Chapter.Task) -> Turn {
    show(task.text.enumerated().map { $0.offset == 0 ? "Your turn: \($0.element)" : $0.element })
    stage.show("Type your answer; `.hint` gives a hint, `.solution` the solution.\n")
    var hints = task.hints[...]
    while true {
      switch stage.read(Self.prompt, commands: [Self.hint, Self.solution, Self.restart]) {
      case .empty: break
      case .end: return .leave
      case .command("hint", _):
        let hint = hints.popFirst().map { "Hint: \($0)" }
        show([hint ?? "That was the last hint; `.solution` shows the answer."])
      case .command("solution", _):
        _ = stage.play(task.solution)
        stage.show("")
        return .goOn
      case .command: return restarted()
      case .ran(let result):
        guard let verdict = verdict(on: result, task) else { continue }
        show([verdict.words])
        if verdict.isRight { return .goOn }
      }
    }
  }

  private struct Verdict {
    let isRight: Bool
    let words: String
  }

  /// What to say of an input; `nil` where it was no answer, or said itself what is wrong.
  private func verdict(on result: RunResult, _ task: Chapter.Task) -> Verdict? {
    let name = Self.name(ofValueIn: result.code)
    guard result.outcome == .finished, let value = result.value,
      stage.runQuietly("answer = \(name)") != nil
    else { return nil }
    guard let isRight = isRight(value, task) else {
      // An assignment on the way is no answer yet.
      return name != "_"
        ? nil
        : Verdict(
          isRight: false,
          words: """
            That is \(value.type.withArticle); the task asks for something else.
            """)
    }
    if isRight {
      // What comes next may use the solution's names.
      _ = stage.runQuietly(task.solution)
      return Verdict(isRight: true, words: "Right.")
    }
    let reply = task.replies.first { holds($0.condition) == true }
    return Verdict(
      isRight: false, words: reply.map { words($0.words) } ?? "Not yet; `.hint` gives a hint.")
  }

  /// Whether the answer is right; `nil` where it is of a kind that cannot be asked.
  private func isRight(_ value: Value, _ task: Chapter.Task) -> Bool? {
    guard let check = task.check else {
      guard let solved = stage.runQuietly("solved = \(task.solution)") else { return nil }
      return solved.type == value.type ? value == solved : nil
    }
    return holds(check)
  }

  private func holds(_ condition: String) -> Bool? {
    guard case .boolean(let holds)? = stage.runQuietly("holds = (\(condition))") else { return nil }
    return holds
  }

  /// The name by which the session knows the value that an input showed or assigned last.
  private static func name(ofValueIn code: String) -> String {
    guard case .assignment(let assignment)? = parse(code).program.statements.last else {
      return "_"
    }
    return assignment.name.text
  }
}
