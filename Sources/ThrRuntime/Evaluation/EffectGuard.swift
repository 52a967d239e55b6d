import ThrModel

/// What statements may do beyond computing and reading, and what the one under way has done.
final class EffectGuard {
  var mayAct = false
  /// Whether a builtin was called that leaves a trace outside.
  private(set) var hasActed = false
  /// The files whose names were asked for, by path.
  var usedFiles: Set<String> = []

  func begin() {
    hasActed = false
    usedFiles = []
  }

  /// Refuses a call that may not happen here.
  func check(_ signature: Signature) throws(Stop) {
    switch signature.effect {
    // What is printed is kept with the statement.
    case .pure, .draws, .readsFiles, .prints, .ends: return
    case .writesFiles, .network, .interacts:
      guard mayAct else {
        throw .refused(.effect(signature.effect, of: signature.name))
      }
      hasActed = true
    }
  }
}
