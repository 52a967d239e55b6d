public import ThrAnalysis
import ThrModel
import ThrSyntax

/// Walks a learner through a chapter: prose, code that runs at Enter, and tasks that the learner does
/// at the real prompt.
public final class Walkthrough {
  let chapter: Chapter
  let stage: any Stage
  private let progress: WalkthroughProgress?
  /// The next chapter's title, to name at the end.
  private let next: Chapter?
  /// What the chapter has computed, apart from the names of the learner.
  var names: ChapterSession
  /// The code and the solutions so far.
  private var code: [String] = []
  /// The names that these have given values.
  private(set) var known: Set<String> = []
  /// The types of the tasks' solutions, by their code.
  var wantedTypes: [String: ValueType] = [:]
  /// Names of the chapter to which the learner has given other values.
  private var changed: Set<String> = []

  static let prompt = "task> "
  static let restart = StageCommand("restart", "starts the chapter again")
  private static let stepCommands = [
    StageCommand("hint", "says what to do here"),
    StageCommand("solution", "runs the code, as Enter does"),
    StageCommand("skip", "continues without showing what the code gives"), restart,
  ]

  /// What became of a step.
  enum Turn { case goOn, again, leave }

  public init(
    _ chapter: Chapter, next: Chapter?, on stage: any Stage, progress: WalkthroughProgress?
  ) {
    self.chapter = chapter
    self.next = next
    self.stage = stage
    self.progress = progress
    names = stage.chapterSession()
  }

  /// Goes on where the learner was, up to the end of the chapter or until the learner leaves.
  public func run() {
    var place = progress?.place(in: chapter.number).map { $0 < chapter.steps.count ? $0 : 0 } ?? 0
    stage.show("\(chapter.number). \(chapter.title)\n")
    if let need = chapter.need, stage.runQuietly(need.expression) == nil {
      return stage.show(need.words)
    }
    if place > 0 { resume(at: place) }
    while place < chapter.steps.count {
      switch take(chapter.steps[place], number: place + 1) {
      case .goOn: place += 1
      case .again: place = 0
      case .leave:
        progress?.note(place, of: chapter)
        return stage.show("To continue here: `thr tutorial \(chapter.number)`.")
      }
      progress?.note(place, of: chapter)
    }
    end()
  }

  /// Brings back what the steps so far have made, and shows the last of them again.
  private func resume(at place: Int) {
    let steps = chapter.steps[..<place]
    let last = steps.lastIndex { if case .code = $0 { true } else { false } }
    stage.show(
      "You were at step \(place + 1) of \(chapter.steps.count); `.restart` starts again.\n")
    for (index, step) in steps.enumerated() {
      let isShown = index >= (last ?? place)
      switch step {
      case .prose(let paragraphs): if isShown { show(paragraphs) }
      case .code(let code):
        if isShown {
          stage.showCode(code)
          _ = stage.run(code)
          stage.show("")
        } else {
          _ = stage.runQuietly(code)
        }
        remember(code)
      case .task(let task):
        _ = stage.runQuietly(task.solution)
        remember(task.solution)
      }
    }
  }

  private func end() {
    var words = "That was chapter \(chapter.number)."
    if let next { words += " Next, `thr tutorial \(next.number)`: \(next.title)." }
    stage.show(words)
  }

  // MARK: - Steps

  private func take(_ step: Chapter.Step, number: Int) -> Turn {
    switch step {
    case .prose(let paragraphs):
      show(paragraphs)
      return .goOn
    case .code(let code):
      stage.showCode(code)
      return waitForEnter(number) {
        self.restoreNames()
        _ = self.stage.run(code)
        self.remember(code)
      }
    case .task(let task): return self.task(task)
    }
  }

  /// The code above runs at Enter; what the learner tries before that runs too.
  private func waitForEnter(_ number: Int, _ run: () -> Void) -> Turn {
    let label = "Step \(number) of \(chapter.steps.count). Press Enter to run this: "
    while true {
      switch stage.read(label, commands: Self.stepCommands) {
      case .empty, .command("solution", _):
        run()
        stage.show("")
        return .goOn
      case .command("skip", _):
        skip(number)
        return .goOn
      case .command("hint", _):
        show(["Press Enter to run the code above. Before that you can try anything of your own."])
      case .ran(let result): note(result)
      case .command: return restarted()
      case .end: return .leave
      }
    }
  }

  private func skip(_ number: Int) {
    guard case .code(let code) = chapter.steps[number - 1] else { return }
    restoreNames()
    _ = stage.runQuietly(code)
    remember(code)
  }

  func restarted() -> Turn {
    stage.show("")
    names = stage.chapterSession()
    (code, known, changed) = ([], [], [])
    return .again
  }

  // MARK: - Names

  /// Runs a step of the chapter for its own names too.
  func remember(_ step: String) {
    _ = names.run(step)
    code.append(step)
    for statement in parse(step).program.statements { known.formUnion(statement.assigned) }
  }

  /// Notes which of the chapter's names an input has given other values.
  func note(_ result: RunResult) {
    for statement in parse(result.code).program.statements {
      changed.formUnion(statement.assigned.intersection(known))
    }
  }

  /// Gives the chapter's names their values again before the chapter goes on.
  func restoreNames() {
    guard !changed.isEmpty else { return restoreLostNames() }
    let list = changed.sorted().map { "`\($0)`" }.joined(separator: ", ")
    let verb = changed.count == 1 ? "has its" : "have their"
    show(["\(list) \(verb) value from the chapter again."])
    runAgain()
  }

  /// Brings the chapter's names back where the learner has taken them away, as `.reset` does.
  func restoreLostNames() {
    if known.contains(where: { !stage.knows($0) }) { runAgain() }
  }

  private func runAgain() {
    for step in code { _ = stage.runQuietly(step) }
    changed = []
  }

  // MARK: - Words

  /// Shows paragraphs, with their values computed, in lines that fit.
  func show(_ paragraphs: [String]) {
    for paragraph in paragraphs { stage.show(wrapped(words(paragraph)) + "\n") }
  }

  /// The text with the values in its braces.
  func words(_ text: String) -> String {
    guard text.contains("{") else { return text }
    let escaped = text.reduce(into: "") { result, character in
      if character == "\"" || character == "\\" { result += "\\" }
      result.append(character)
    }
    guard case .text(let words)? = names.run("prose = \"\(escaped)\"") else { return text }
    return words
  }

  private func wrapped(_ text: String) -> String {
    HelpDocument([.paragraph(text)]).text(width: min(stage.surface.width, 80))
  }
}

extension Statement {
  /// The name that the statement itself gives a value.
  fileprivate var assigned: Set<String> {
    if case .assignment(let assignment) = self { [assignment.name.text] } else { [] }
  }
}
