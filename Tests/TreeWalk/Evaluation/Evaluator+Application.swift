import ThrModel
import ThrSyntax

extension Evaluator {
  /// Calls functions for the builtin that is called at `site`, as `map` does.
  func application(
    at site: CallSite
  ) -> @Sendable (Function, [Value], [Record.Field]) throws -> Value {
    let application = Application(evaluator: self, span: site.span)
    return { try application.value(of: $0, $1, named: $2) }
  }
}

/// Calls of functions that a builtin was given.
///
/// `@unchecked`: on another thread than the evaluation's nothing is touched.
private struct Application: @unchecked Sendable {
  let evaluator: Evaluator
  let span: Span

  func value(
    of function: Function, _ arguments: [Value], named: [Record.Field]
  ) throws -> Value {
    guard evaluator.stack.holdsCaller else {
      throw CallError(.builtinFailed, "a function was called on another thread")
    }
    try evaluator.checkCancelled()
    let site = CallSite(
      callee: Name(function.name, span),
      arguments: arguments.map { .init(label: nil, span: span, source: .value($0)) }
        + named.map {
          .init(label: Name($0.name, span), span: span, source: .value($0.value))
        }, span: span)
    return try evaluator.call(.function(function), site, named: nil)
  }
}
