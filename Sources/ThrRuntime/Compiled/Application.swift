import ThrModel
import ThrSyntax

/// Calls of functions by a builtin that was given them, as `map` is.
///
/// `@unchecked`: on another thread than the evaluation's nothing is touched.
final class Application: @unchecked Sendable {
  private let run: Evaluator
  private let frame: Frame
  private let span: Span
  private let isInRow: Bool
  /// The call made last, whose arguments are replaced for the next one of the same shape.
  private var site: CallSite?
  private var given: [Given] = []

  init(_ run: Evaluator, _ frame: Frame, _ site: CallSite, isInRow: Bool) {
    self.run = run
    self.frame = frame
    span = site.span
    self.isInRow = isInRow
  }

  func value(of function: Function, _ arguments: [Value]) throws -> Value {
    guard run.stack.holdsCaller else {
      throw CallError(.builtinFailed, "a function was called on another thread")
    }
    try run.poll()
    let site = site(of: function.name, taking: arguments.count)
    for (given, argument) in zip(given, arguments) { given.value = argument }
    return try site.call(function, isInRow: isInRow, piping: nil, run, frame)
  }

  private func site(of name: String, taking count: Int) -> CallSite {
    if let site, site.callee.text == name, given.count == count { return site }
    given = (0..<count).map { _ in Given() }
    let new = CallSite(
      Name(name, span),
      given.map { CallSite.Argument(label: nil, span: span, node: $0, row: nil) }, span)
    site = new
    return new
  }
}

/// An argument that a builtin hands to a function.
private final class Given: Node {
  var value = Value.none

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value { value }
}
