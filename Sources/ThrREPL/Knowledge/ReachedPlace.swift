import Synchronization
import ThrRuntime
import ThrSyntax

/// How far into its text a run has come, by what it reported.
final class ReachedPlace: Sendable {
  private let place = Atomic<Int>(0)

  func begin() { place.store(0, ordering: .relaxed) }

  /// The end of the last statement that showed or assigned something.
  var end: Int { place.load(ordering: .relaxed) }

  func note(_ event: Event) {
    switch event {
    case .shown(_, let span), .assigned(_, _, let span): place.store(span.end, ordering: .relaxed)
    default: break
    }
  }
}
