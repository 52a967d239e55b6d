import Synchronization

/// The requests that the client has given up and whose turn may not have come yet.
final class CancelledRequests: Sendable {
  private let identifiers = Mutex<Set<RequestID>>([])

  func insert(_ id: RequestID?) {
    guard let id else { return }
    _ = identifiers.withLock { $0.insert(id) }
  }

  func contains(_ id: RequestID) -> Bool { identifiers.withLock { $0.contains(id) } }

  /// Forgets a cancellation when its own turn has come: its request has had its turn before.
  func remove(_ id: RequestID) {
    _ = identifiers.withLock { $0.remove(id) }
  }
}
