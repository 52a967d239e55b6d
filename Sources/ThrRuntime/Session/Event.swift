public import ThrModel
public import ThrSyntax

/// Event that a run reports while it goes on.
public enum Event: Sendable {
  /// The value of a bare expression at top level, to be shown in full.
  case shown(Value, at: Span)
  /// A name got its value at top level.
  case assigned(String, Value, at: Span)
  /// A line that the program prints itself.
  case printed(String)
  case warning(Diagnostic, file: String)
  case progress(Progress)
  /// A used file has changed on the disk, and is run again in the place of what it was.
  case readAgain(String)
}

extension Session {
  /// How a run ended.
  public enum Outcome: Hashable, Sendable {
    case finished
    case failed(Failure)
    /// The interruption was raised; what was assigned before stays.
    case cancelled
    /// The program ended itself with this status; what was assigned before stays.
    case exited(Int)
  }
}
