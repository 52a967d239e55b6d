import ThrAnalysis
import ThrModel
import ThrSyntax

extension Walkthrough {
  private static let taskCommands = [
    StageCommand("hint", "gives a hint; again, the next hint"),
    StageCommand("solution", "shows the solution and continues"),
    StageCommand("skip", "continues without an answer"), restart,
  ]

  /// Lets the learner do a task; every input's value is an answer.
  func task(_ task: Chapter.Task) -> Turn {
    show(task.text.enumerated().map { $0.offset == 0 ? "Your turn: \($0.element)" : $0.element })
    stage.show("Type your answer; `.hint` gives a hint, `.solution` the solution.\n")
    var hints = task.hints[...]
    while true {
      restoreLostNames()
      switch stage.read(Self.prompt, commands: Self.taskCommands) {
      case .empty: break
      case .end: return .leave
      case .command("hint", _):
        let hint = hints.popFirst().map { "Hint: \($0)" }
        show([hint ?? "That was the last hint; `.solution` shows the answer."])
      case .command("solution", _):
        stage.showCode(task.solution)
        restoreNames()
        finish(task.solution, visibly: true)
        show([task.why].compactMap { $0 })
        return .goOn
      case .command("skip", _):
        restoreNames()
        finish(task.solution, visibly: false)
        return .goOn
      case .command: return restarted()
      case .ran(let result):
        note(result)
        guard let verdict = verdict(on: result, task) else { continue }
        show([verdict.words])
        guard verdict.isRight else { continue }
        restoreNames()
        finish(task.solution, visibly: false)
        return .goOn
      }
    }
  }

  /// Runs a solution: what comes next may use its names.
  private func finish(_ solution: String, visibly: Bool) {
    if visibly {
      _ = stage.run(solution)
      stage.show("")
    } else {
      _ = stage.runQuietly(solution)
    }
    remember(solution)
  }

  struct Verdict {
    let isRight: Bool
    let words: String
  }

  /// What to say of an input; `nil` where it was no answer, or said itself what is wrong.
  func verdict(on result: RunResult, _ task: Chapter.Task) -> Verdict? {
    guard result.outcome == .finished else { return nil }
    let kind = AnswerKind(of: result.code, beside: task.solution, in: known)
    guard !kind.isLook, let value = kind.given.flatMap(stage.runQuietly) ?? result.value,
      let wanted = wantedType(of: task), value.type == wanted || value.type.answersTasks
    else { return nil }
    names.bind(value, to: "answer")
    if let reply = reply(to: value, task) {
      if let wrong = reply.words { return Verdict(isRight: false, words: words(wrong)) }
      let right = ["Right.", task.why].compactMap { $0 }.joined(separator: " ")
      return Verdict(isRight: true, words: words(right))
    }
    // An assignment on the way is no answer yet.
    if value.type != wanted, result.code.endsWithAssignment { return nil }
    let isForm = value.type == wanted || task.isAnswerable(by: value.type, as: wanted)
    return Verdict(
      isRight: false,
      words: isForm
        ? "Not yet; `.hint` gives a hint."
        : "That is \(value.type.withArticle); the task asks for \(wanted.withArticle).")
  }

  /// The first reply whose condition the answer meets.
  private func reply(to value: Value, _ task: Chapter.Task) -> Chapter.Reply? {
    if let met = task.replies.first(where: { holds($0.condition) == true }) { return met }
    guard !task.replies.contains(where: \.isRight), names.run(task.solution) == value else {
      return nil
    }
    return Chapter.Reply(condition: "", words: nil)
  }

  private func wantedType(of task: Chapter.Task) -> ValueType? {
    if let known = wantedTypes[task.solution] { return known }
    let type = names.run(task.solution)?.type
    wantedTypes[task.solution] = type
    return type
  }

  private func holds(_ condition: String) -> Bool? {
    guard case .boolean(let holds)? = names.run("holds = (\(condition))") else { return nil }
    return holds
  }
}

extension Chapter.Task {
  /// Whether a value of another type than the solution's may be an answer: a number for a tuning,
  /// say, where the task's conditions ask it of `answer` itself.
  fileprivate func isAnswerable(by type: ValueType, as wanted: ValueType) -> Bool {
    let conditions = replies.filter(\.isRight).map(\.condition)
    return switch type {
    case .number:
      ["answer +", "answer -", "answer =="].contains { form in
        conditions.contains { $0.contains(form) }
      }
    case .object: conditions.contains { $0.contains("answer.") }
    default: false
    }
  }
}

extension String {
  fileprivate var endsWithAssignment: Bool {
    if case .assignment? = parse(self).program.statements.last { true } else { false }
  }
}
