import JSONText
import ThrAnalysis
import ThrSyntax

/// A program that finds out whether the answer to a task is right: the text up to the task's end,
/// with the last value of the answer named, and a statement for each condition.
struct AnswerCheck {
  let parse: Parse
  /// Where the answer stands in the program.
  let answer: Span
  /// The condition that a right answer meets, and those of the replies.
  let conditions: [Span]
  private let task: Chapter.Task

  /// `nil` where nothing that shows a value stands below the task yet.
  init?(_ task: Chapter.Task, in document: Document) {
    let own = document.statements.filter {
      task.span.start <= $0.span.start && $0.span.end <= task.span.end
    }
    guard let last = own.last(where: \.showsValue) else { return nil }
    self.task = task
    var program = document.source.text(Span(0, last.span.start))
    func add(_ statement: String) -> Span {
      let start = program.utf8.count
      program += statement
      defer { program += "\n" }
      return Span(start, program.utf8.count)
    }
    answer = add("answer = " + document.source.text(last.span))
    conditions = ([task.check].compactMap { $0 } + task.replies.map(\.condition)).map {
      add("(\($0))")
    }
    parse = ThrSyntax.parse(program)
  }

  /// Whether the answer is right, and what to say of it.
  func verdict(_ statements: [EvaluatedStatement]) -> (isRight: Bool, words: String) {
    func result(_ span: Span) -> EvaluatedStatement? {
      statements.first { $0.span.start == span.start }
    }
    guard let answer = result(answer), answer.state == .done else {
      let why = statements.flatMap(\.diagnostics).first { $0.severity == .error }?.sentence
      return (false, why.map { "Your answer does not run: \($0)." } ?? "Your answer does not run.")
    }
    let met = conditions.map { result($0)?.full == "true" }
    guard task.check != nil else { return (true, "Your answer runs.") }
    if met[0] { return (true, "Right.") }
    if let reply = zip(task.replies, met.dropFirst()).first(where: { $1 })?.0 {
      return (false, "Not yet: \(reply.words)")
    }
    return (false, task.hints.first.map { "Not yet. \($0)" } ?? "Not yet.")
  }
}

extension Server {
  /// The tasks of a chapter that stand in a text.
  func tasks(of text: ReadableText) -> [Chapter.Task] {
    guard let chapter = Chapter(text.document.parse) else { return [] }
    return chapter.steps.compactMap { if case .task(let task) = $0 { task } else { nil } }
  }

  /// Runs a text up to the answer of the task at a position, and tells whether it is right.
  func checkAnswer(_ params: Params, _ id: RequestID) throws(ResponseError) {
    let (open, offset) = try place(of: params)
    let text = ReadableText(open)
    guard let task = tasks(of: text).first(where: { $0.span.touches(offset) }) else {
      throw ResponseError(.requestFailed, "no task stands there")
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
