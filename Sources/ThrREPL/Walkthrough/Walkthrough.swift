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

  static let enter = "Press Enter to run this: "
  static let prompt = "task> "
  static let restart = StageCommand("restart", "starts the chapter again")

  /// What became of a step.
  enum Turn { case goOn, again, leave }

  public init(
    _ chapter: Chapter, next: Chapter?, on stage: any Stage, progress: WalkthroughProgress?
  ) {
    self.chapter = chapter
    self.next = next
    self.stage = stage
    self.progress = progress
  }

  /// Goes on where the learner was, up to the end of the chapter or until the learner leaves.
  public func run() {
    var place = progress?.place(in: chapter.number).map { $0 < chapter.steps.count ? $0 : 0 } ?? 0
    stage.show("\(chapter.number). \(chapter.title)\n")
    if place > 0 { resume(at: place) }
    while place < chapter.steps.count {
      switch take(chapter.steps[place]) {
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

  /// Brings back what the steps so far have made, without showing it again.
  private func resume(at place: Int) {
    for step in chapter.steps[..<place] {
      switch step {
      case .prose: break
      case .code(let code): _ = stage.runQuietly(code)
      case .task(let task): _ = stage.runQuietly(task.solution)
      }
    }
    stage.show(
      "You were at step \(place + 1) of \(chapter.steps.count); `.restart` starts again.\n")
  }

  private func end() {
    var words = "That was chapter \(chapter.number)."
    if let next { words += " Next, `thr tutorial \(next.number)`: \(next.title)." }
    stage.show(words)
  }

  // MARK: - Steps

  private func take(_ step: Chapter.Step) -> Turn {
    switch step {
    case .prose(let paragraphs):
      show(paragraphs)
      return .goOn
    case .code(let code):
      stage.showCode(code)
      return waitForEnter { _ = self.stage.run(code) }
    case .task(let task): return self.task(task)
    }
  }

  /// The code above runs at Enter; what the learner tries before that runs too.
  private func waitForEnter(_ run: () -> Void) -> Turn {
    while true {
      switch stage.read(Self.enter, commands: [Self.restart]) {
      case .empty:
        run()
        stage.show("")
        return .goOn
      case .ran: break
      case .command: return restarted()
      case .end: return .leave
      }
    }
  }

  func restarted() -> Turn {
    stage.show("")
    return .again
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
    // An assignment leaves `_` alone, the value that the learner has seen last.
    guard case .text(let words)? = stage.runQuietly("prose = \"\(escaped)\"") else { return text }
    return words
  }

  private func wrapped(_ text: String) -> String {
    HelpDocument([.paragraph(text)]).text(width: min(stage.surface.width, 80))
  }
}
