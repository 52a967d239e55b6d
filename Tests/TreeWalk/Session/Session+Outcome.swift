extension Session {
  /// How a run ended.
  public enum Outcome: Hashable, Sendable {
    case finished
    case failed(Failure)
    /// The interruption was raised; what was assigned before stays.
    case cancelled
    /// The program ended itself with this status.
    case exited(Int)
  }
}
