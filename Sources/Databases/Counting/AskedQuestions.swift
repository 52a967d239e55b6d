import Synchronization

/// The questions that were asked so far, in order.
final class AskedQuestions: Sendable {
  private let list = Mutex<[String]>([])

  var all: [String] { list.withLock { $0 } }

  func add(_ question: String) { list.withLock { $0.append(question) } }
}
