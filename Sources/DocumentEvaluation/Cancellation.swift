import Synchronization

/// Lets one thread ask another to stop.
public final class Cancellation: Sendable {
  private struct State {
    var isCancelled = false
    var actions: [@Sendable () -> Void] = []
  }

  private let state = Mutex(State())

  public init() {}

  public var isCancelled: Bool { state.withLock { $0.isCancelled } }

  /// Asks to stop; asking again does nothing.
  public func cancel() {
    let actions = state.withLock { state in
      defer { state.actions = [] }
      state.isCancelled = true
      return state.actions
    }
    for action in actions { action() }
  }

  /// Does something at the moment of the cancelling, at once where it has been already.
  public func whenCancelled(_ action: @escaping @Sendable () -> Void) {
    let isCancelled = state.withLock { state in
      if !state.isCancelled { state.actions.append(action) }
      return state.isCancelled
    }
    if isCancelled { action() }
  }
}
