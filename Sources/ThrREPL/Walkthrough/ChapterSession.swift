import Synchronization
public import ThrModel
import ThrRuntime
import ThrSyntax

/// What a chapter has computed itself: its prose and the checks of its tasks read these names, which
/// nothing that the learner enters can change.
public final class ChapterSession {
  private let session: Session
  private let last: LastValue

  private final class LastValue: Sendable {
    let value = Mutex<Value?>(nil)
  }

  public init(_ library: Library, _ context: CallContext) {
    let last = LastValue()
    self.last = last
    session = Session(library, context: context) { event in
      switch event {
      case .shown(let value, _), .assigned(_, let value, _): last.value.withLock { $0 = value }
      default: break
      }
    }
  }

  /// Runs a code; the value that it shows or assigns last, or `nil` where it failed.
  func run(_ code: String) -> Value? {
    last.value.withLock { $0 = nil }
    guard session.run(parse(code)) == .finished else { return nil }
    return last.value.withLock { $0 }
  }

  /// Gives a name a value of another session.
  func bind(_ value: Value, to name: String) { session.bind(value, to: name) }
}
