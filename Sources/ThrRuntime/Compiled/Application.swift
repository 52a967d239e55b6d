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
  /// Whether its arguments have no names.
  private var isPlain = false

  init(_ run: Evaluator, _ frame: Frame, _ site: CallSite, isInRow: Bool) {
    self.run = run
    self.frame = frame
    span = site.span
    self.isInRow = isInRow
  }

  /// - Parameter named: further arguments, by their names.
  func value(
    of function: Function, _ arguments: [Value], named: [Record.Field] = []
  ) throws -> Value {
    guard run.stack.holdsCaller else {
      throw CallError(.builtinFailed, "a function was called on another thread")
    }
    try run.poll()
    let site =
      named.isEmpty
      ? site(of: function.name, taking: arguments.count)
      : site(
        of: function.name, taking: arguments.map { _ in nil } + named.map { Optional($0.name) })
    for position in arguments.indices { given[position].value = arguments[position] }
    for (given, field) in zip(given.dropFirst(arguments.count), named) { given.value = field.value }
    return try site.call(function, isInRow: isInRow, piping: nil, run, frame)
  }

  /// The call made last if it has as many arguments, all of them without names, as a call for each
  /// element has; else a new one.
  private func site(of name: String, taking count: Int) -> CallSite {
    if let site, isPlain, given.count == count, site.callee.text == name { return site }
    return site(of: name, taking: Array(repeating: nil, count: count))
  }

  /// - Parameter labels: one for each argument, `nil` for those without a name.
  private func site(of name: String, taking labels: [String?]) -> CallSite {
    if let site, site.callee.text == name, site.arguments.map({ $0.label?.text }) == labels {
      return site
    }
    given = labels.map { _ in Given() }
    isPlain = labels.allSatisfy { $0 == nil }
    let new = CallSite(
      Name(name, span),
      zip(given, labels).map { given, label in
        CallSite.Argument(label: label.map { Name($0, span) }, span: span, node: given, row: nil)
      }, span)
    site = new
    return new
  }
}

/// An argument that a builtin hands to a function.
private final class Given: Node {
  var value = Value.none

  override func evaluate(_ run: Evaluator, _ frame: Frame) throws(Stop) -> Value { value }
}
