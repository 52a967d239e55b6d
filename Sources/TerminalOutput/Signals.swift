import Glibc

/// Signals that are ignored for a while.
public struct Signals {
  private var old: [(signal: Int32, action: sigaction)] = []

  /// Ignores the signals until they are restored.
  public static func ignoring(_ signals: [Int32]) -> Signals {
    var kept = Signals()
    for signal in signals {
      var ignore = sigaction()
      ignore.__sigaction_handler.sa_handler = SIG_IGN
      var before = sigaction()
      sigaction(signal, &ignore, &before)
      kept.old.append((signal, before))
    }
    return kept
  }

  /// Gives the signals the actions back that they had.
  public func restore() {
    for (signal, action) in old {
      var action = action
      sigaction(signal, &action, nil)
    }
  }
}
