public import ThrModel

/// The prompt as a walkthrough uses it: shows text, runs code, and lets the learner type at the
/// real prompt, with its completion, history and help.
public protocol Stage: AnyObject {
  /// What text and figures are shown on.
  var surface: Surface { get }

  /// Shows text as it stands, on lines of its own.
  func show(_ text: String)

  /// Shows code as if it had been typed, in its colours.
  func showCode(_ code: String)

  /// Shows code as if it had been typed, in its colours, and runs it in the session.
  func play(_ code: String) -> RunResult

  /// Runs code in the session without showing the code.
  func run(_ code: String) -> RunResult

  /// Runs code in the session without showing anything; the value shown or assigned last, or `nil`
  /// where it failed.
  func runQuietly(_ code: String) -> Value?

  /// Whether the learner's session has the name.
  func knows(_ name: String) -> Bool

  /// A new session with the same library and files, for the names of a chapter.
  func chapterSession() -> ChapterSession

  /// Reads one input at the prompt and runs it.
  ///
  /// Help and the prompt's own commands are carried out, and the next input is read; `.help` lists
  /// the walkthrough's commands first.
  ///
  /// - Parameters:
  ///   - label: what stands before the input.
  ///   - commands: names that mean something to the walkthrough, without their points.
  func read(_ label: String, commands: [StageCommand]) -> StageInput
}

/// A command that a walkthrough adds to the prompt's own while it runs, such as `.hint`.
public struct StageCommand: Hashable, Sendable {
  public let name: String
  public let summary: String

  public init(_ name: String, _ summary: String) {
    self.name = name
    self.summary = summary
  }
}

/// What the learner entered.
public enum StageInput: Sendable {
  /// Code; what came of it was shown already.
  case ran(RunResult)
  /// Enter alone.
  case empty
  /// One of the walkthrough's commands.
  case command(String, argument: String)
  /// Ctrl-D or `.quit`: the learner leaves.
  case end
}
