import Synchronization
import ThrModel

/// Passes warnings of several groups on, each once, and says of which group.
final class WarningSieve: Sendable {
  private let given = Mutex<Set<String>>([])
  private let outer: CallContext

  init(_ context: CallContext) { outer = context }

  /// For what concerns all rows.
  var context: CallContext { passing { $0 } }

  /// For what concerns the rows of a group.
  func context(of group: GroupKey) -> CallContext {
    passing { "of \(group.place): \($0)" }
  }

  private func passing(_ words: @escaping @Sendable (String) -> String) -> CallContext {
    var context = outer
    context.warn = { [self] warning in
      let isNew = given.withLock { $0.insert(warning.message).inserted }
      guard isNew else { return }
      outer.warn(Warning(warning.kind, words(warning.message), remedy: warning.remedy))
    }
    return context
  }
}
