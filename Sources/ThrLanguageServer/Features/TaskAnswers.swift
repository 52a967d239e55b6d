import DocumentEvaluation
import JSONText
import ThrAnalysis
import ThrSyntax

/// A program that finds out whether the answer to a task is right: the text up to the task's end,
/// with every value that its statements give named `answer` in turn, and a statement for each
/// condition after it.
///
/// As at the prompt, any of the values may be the answer: what follows it may only use it.
struct AnswerCheck {
  let parse: Parse
  private let task: Chapter.Task
  private let attempts: [Attempt]

  /// Where one value stands in the program, and the conditions of the task's replies on it.
  private struct Attempt {
    let answer: Span
    let conditions: [Span]
  }

  /// `nil` where nothing that gives a value stands below the task yet.
  init?(_ task: Chapter.Task, in document: Document) {
    let own = document.statements.filter {
      task.span.start <= $0.span.start && $0.span.end <= task.span.end
    }
    guard let first = own.first, own.contains(where: { $0.showsValue || $0.assignedName != nil })
    else { return nil }
    var program = document.source.text(Span(0, first.span.start))
    func add(_ statement: String) -> Span {
      let start = program.utf8.count
      program += statement
      defer { program += "\n" }
      return Span(start, program.utf8.count)
    }
    let conditions = task.replies.map(\.condition)
    var attempts: [Attempt] = []
    for statement in own {
      let text = document.source.text(statement.span)
      if !statement.showsValue { _ = add(text) }
      guard let value = statement.showsValue ? text : statement.assignedName else { continue }
      attempts.append(
        Attempt(answer: add("answer = " + value), conditions: conditions.map { add("(\($0))") }))
    }
    self.task = task
    self.attempts = attempts
    parse = ThrSyntax.parse(program)
  }

  /// Whether the answer is right, and what to say of it.
  func verdict(_ statements: [EvaluatedStatement]) -> (isRight: Bool, words: String) {
    let results = Dictionary(statements.map { ($0.span.start, $0) }) { first, _ in first }
    func isMet(_ condition: Span) -> Bool { results[condition.start]?.full == "true" }
    let ran = attempts.filter { results[$0.answer.start]?.state == .done }
    let replies = ran.map { attempt in
      zip(task.replies, attempt.conditions).first { isMet($1) }?.0
    }
    if replies.contains(where: { $0?.isRight == true }) {
      return (true, ["Right.", task.why].compactMap { $0 }.joined(separator: " "))
    }
    guard let last = ran.last, last.answer == attempts.last?.answer else {
      let why = statements.flatMap(\.diagnostics).first { $0.severity == .error }?.sentence
      return (false, why.map { "Your answer does not run: \($0)." } ?? "Your answer does not run.")
    }
    guard task.replies.contains(where: \.isRight) else { return (true, "Your answer runs.") }
    if let words = replies.reversed().compactMap({ $0?.words }).first {
      return (false, "Not yet: \(words)")
    }
    return (false, task.hints.first.map { "Not yet. Hint: \($0)" } ?? "Not yet.")
  }
}

extension Server {
  /// The tasks of a chapter that stand in a text.
  func tasks(of text: ReadableText) -> [Chapter.Task] {
    guard let chapter = Chapter(text.document.parse) else { return [] }
    return chapter.steps.compactMap { if case .task(let task) = $0 { task } else { nil } }
  }

  /// Runs a text up to the answer of the task at a position, and says whether it is right.
  func checkAnswer(_ params: Params, _ id: RequestID) throws(ResponseError) {
    let (open, offset) = try place(of: params)
    let text = ReadableText(open)
    guard let task = tasks(of: text).first(where: { $0.span.touches(offset) }) else {
      throw ResponseError(.requestFailed, "there is no task at this place")
    }
    guard let check = AnswerCheck(task, in: text.document) else {
      throw ResponseError(.requestFailed, "write your answer below the task first")
    }
    let progress = WorkProgress(
      self, of: id, token: params.json["workDoneToken"], Command.checkAnswer.lensTitle)
    running[id] = live.evaluate(check.parse, of: open) { [unowned self] outcome, statements in
      progress?.end()
      guard outcome != .cancelled else {
        return answerLater(id, .failure(ResponseError(.requestCancelled, "cancelled")))
      }
      let verdict = check.verdict(statements)
      notify(
        "window/showMessage",
        ["type": verdict.isRight ? 3 : 2, "message": .string(verdict.words)])
      answerLater(
        id, .success(["isRight": .bool(verdict.isRight), "message": .string(verdict.words)]))
    }
  }
}
