public import ThrModel

/// A stage without a learner: everything is shown and run, tasks by their solutions.
///
/// For a walkthrough whose input is no terminal.
public final class Transcript: Stage {
  private let stage: any Stage

  public init(_ stage: any Stage) { self.stage = stage }

  public var surface: Surface { stage.surface }
  public func show(_ text: String) { stage.show(text) }
  public func run(_ code: String) -> RunResult { stage.run(code) }
  public func runQuietly(_ code: String) -> Value? { stage.runQuietly(code) }

  public func knows(_ name: String) -> Bool { stage.knows(name) }
  public func chapterSession() -> ChapterSession { stage.chapterSession() }

  public func showCode(_ code: String) {
    for (index, line) in code.split(separator: "\n").enumerated() {
      stage.show((index == 0 ? "thr> " : " ... ") + line)
    }
  }

  public func play(_ code: String) -> RunResult {
    showCode(code)
    return run(code)
  }

  public func read(_ label: String, commands: [StageCommand]) -> StageInput {
    label == Walkthrough.prompt ? .command("solution", argument: "") : .empty
  }
}
