public import ThrModel
public import ThrRuntime
public import ThrSyntax

/// What came of an input.
public struct RunResult: Sendable {
  public enum Outcome: Hashable, Sendable {
    case finished
    /// It has errors, and nothing of it was run.
    case refused([Diagnostic])
    case failed(Failure)
    case cancelled
    /// It ended the program with this status.
    case exited(Int)
  }

  /// The code that was run.
  public let code: String
  public let outcome: Outcome
  /// The value that was shown or assigned last; `nil` where there was none.
  public let value: Value?
}
