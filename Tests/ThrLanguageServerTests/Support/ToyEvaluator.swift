import DocumentEvaluation
import Foundation
import Synchronization
import ThrLanguageServer
import ThrSyntax

/// Evaluates nothing: the words of a statement say what is to become of it.
///
/// `wait…` takes until it is cancelled, `fail…` fails, `act…` needs permission, `(yes)` is true; any
/// other has its own text as its value.
final class ToyEvaluator: DocumentEvaluator {
  private let requests = Mutex<[EvaluationRequest]>([])
  private let forgotten = Mutex<[String]>([])

  /// What was asked for so far.
  var all: [EvaluationRequest] { requests.withLock { $0 } }
  var allForgotten: [String] { forgotten.withLock { $0 } }

  func forget(_ document: String) { forgotten.withLock { $0.append(document) } }

  func evaluate(
    _ request: EvaluationRequest, deliver: @escaping @Sendable (EvaluatedStatement) -> Void
  ) -> EvaluationOutcome {
    requests.withLock { $0.append(request) }
    for statement in request.parse.program.statements {
      guard !request.cancellation.isCancelled else { return .cancelled }
      if let limit = request.limit, statement.span.start >= limit { break }
      let text = request.parse.source.text(statement.span)
      if text.hasPrefix("wait") {
        let cancelled = DispatchSemaphore(value: 0)
        request.cancellation.whenCancelled { cancelled.signal() }
        cancelled.wait()
        return .cancelled
      }
      deliver(evaluated(text, statement.span, request.permissions))
    }
    return .finished
  }

  private func evaluated(
    _ text: String, _ span: Span, _ permissions: EvaluationRequest.Permissions
  ) -> EvaluatedStatement {
    if text == "(yes)" { return EvaluatedStatement(span: span, full: "true") }
    if text.hasPrefix("fail") || text.hasSuffix("= fail") {
      return EvaluatedStatement(
        span: span, state: .failed,
        diagnostics: [Diagnostic(.toyFailure, at: span, "it failed", remedy: "write less")])
    }
    if text.hasPrefix("act"), !permissions.mayAct {
      return EvaluatedStatement(span: span, state: .skipped(reason: "acts"))
    }
    let parts = text.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
    return EvaluatedStatement(
      span: span, names: parts.count == 2 ? [parts[0]] : [],
      hint: "is \(parts[parts.count - 1])", full: "value of\n\(parts[parts.count - 1])")
  }
}

extension Diagnostic.Kind {
  static let toyFailure = Self("E0499", "toy-failure")
}
