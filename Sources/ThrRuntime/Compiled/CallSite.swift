import ThrModel
import ThrSyntax

/// A call as it is written; a piped value is its first argument.
final class CallSite {
  struct Argument {
    let label: Name?
    /// What a message points to.
    let span: Span
    /// `nil` for the value that a pipe brings.
    let node: Node?
    /// The same for a builtin that evaluates it for every row.
    let row: RowCode?
  }

  /// The function as written; a name where it has one.
  let callee: Name
  let arguments: [Argument]
  let span: Span
  let labels: [String?]
  private var plan: FunctionPlan?

  init(_ callee: Name, _ arguments: [Argument], _ span: Span) {
    self.callee = callee
    self.arguments = arguments
    self.span = span
    labels = arguments.map { $0.label?.text }
  }

  /// The same call of a function by another name, or without one.
  func naming(_ name: String) -> CallSite {
    name == callee.text ? self : CallSite(Name(name, callee.span), arguments, span)
  }

  /// - Parameter piped: the value that a pipe brings.
  func value(
    _ position: Int, piping piped: Value?, _ run: Evaluator, _ frame: Frame
  ) throws(Stop) -> Value {
    guard let node = arguments[position].node else { return piped ?? .none }
    return try node.evaluate(run, frame)
  }

  /// Matches the arguments with the parameters, or refuses the call with all that is wrong.
  func match(_ shapes: [ParameterShape], _ run: Evaluator) throws(Stop) -> ArgumentMatch {
    let match = ArgumentMatch(labels: labels, to: shapes)
    guard !match.faults.isEmpty else { return match }
    throw run.failure(
      match.diagnostics(for: callee, arguments.map { ($0.label, $0.span) }, to: shapes))
  }

  /// How the arguments fill a function's parameters; kept, since a call mostly means one function.
  func plan(_ function: FunctionDeclaration, _ run: Evaluator) throws(Stop) -> FunctionPlan {
    if let plan, plan.function === function { return plan }
    let new = FunctionPlan(function, try match(function.shapes, run))
    plan = new
    return new
  }
}

/// How the arguments of a call fill the parameters of a user's function.
final class FunctionPlan {
  let function: FunctionDeclaration
  /// For each argument the parameter that it fills.
  let parameters: [Int]
  /// For each parameter the argument that fills it; `nil` where the default stands in.
  let arguments: [Int?]
  let isComplete: Bool

  init(_ function: FunctionDeclaration, _ match: ArgumentMatch) {
    self.function = function
    arguments = match.slots.map(\.first)
    isComplete = arguments.allSatisfy { $0 != nil }
    var parameters = Array(repeating: 0, count: arguments.count { $0 != nil })
    for (parameter, argument) in arguments.enumerated() {
      if let argument { parameters[argument] = parameter }
    }
    self.parameters = parameters
  }
}
