import ThrModel
import ThrRuntime
import ThrSyntax

/// Where a statement stands, which decides whether it shows its value.
enum Place {
  /// At top level of the program that is run.
  case top
  /// In an `if` or `for` at top level: values are shown, assignments are not reported.
  case topBlock
  /// In a function, in an expression, or in a file that is used: nothing is shown.
  case inner
}

extension Evaluator {
  func run(_ program: Program, _ place: Place) throws(Stop) {
    // A function is visible throughout its file. Where a name is declared twice, the first one
    // counts until the second is reached.
    for case .function(let function) in program.statements.reversed() { declare(function) }
    _ = try execute(program.statements, place)
  }

  /// Runs statements one after the other.
  ///
  /// - Returns: the value of the last one, if it is an expression.
  func execute(_ statements: [Statement], _ place: Place) throws(Stop) -> Value? {
    endedInProcedure = true
    var last: Value?
    for statement in statements { last = try execute(statement, place) }
    return last
  }

  func execute(_ statement: Statement, _ place: Place) throws(Stop) -> Value? {
    switch statement {
    case .assignment(let assignment):
      try assign(assignment, place)
    case .function(let function):
      declare(function)
    case .loop(let loop):
      try iterate(loop, place == .top ? .topBlock : place)
    case .use(let use):
      try self.use(use)
    case .expression(.conditional(let conditional)) where place != .inner:
      _ = try choose(conditional, .topBlock)
    case .expression(let expression):
      let value = try result(of: expression)
      if place != .inner { show(value, of: expression) }
      return value
    case .invalid(let span):
      throw failure(.incomplete(at: span))
    }
    endedInProcedure = true
    return nil
  }

  private func assign(_ assignment: Statement.Assignment, _ place: Place) throws(Stop) {
    let value = try evaluate(assignment.value)
    scope.bind(assignment.name.text, .value(value), at: assignment.name.span, in: file.name)
    if place == .top {
      reporter.send(.assigned(assignment.name.text, value, at: assignment.span))
    }
  }

  func declare(_ function: Statement.FunctionDeclaration) {
    scope.bind(
      function.name.text, .function(FunctionDeclaration(function, in: file)),
      at: function.name.span, in: file.name)
  }

  private func iterate(_ loop: Statement.Loop, _ place: Place) throws(Stop) {
    let sequence = try elements(of: loop.sequence)
    for value in sequence {
      try checkCancelled()
      scope.bind(loop.variable.text, .value(value), at: loop.variable.span, in: file.name)
      _ = try execute(loop.body.statements, place)
    }
  }

  /// The list that a loop or comprehension goes through.
  func elements(of sequence: Expression) throws(Stop) -> List {
    let value = try evaluate(sequence)
    guard let list = value.elements else {
      throw failure(.notASequence(value.type), at: sequence.span)
    }
    return list
  }

  /// Runs the branch of an `if` whose condition holds; `none` where none does.
  func choose(_ conditional: Expression.Conditional, _ place: Place) throws(Stop) -> Value {
    for branch in conditional.branches {
      let condition = try evaluate(branch.condition)
      guard case .boolean(let holds) = condition else {
        throw failure(.notACondition(condition.type), at: branch.condition.span)
      }
      if holds { return try execute(branch.body.statements, place) ?? .none }
    }
    guard let otherwise = conditional.otherwise else {
      endedInProcedure = true
      return .none
    }
    return try execute(otherwise.statements, place) ?? .none
  }
}

// MARK: - Showing

extension Evaluator {
  /// The value that a statement or a function's body ends with.
  ///
  /// Whether it ended in a procedure is what the last call says; an expression that makes
  /// something of a call's value, such as `{a: print(1)}.a`, ends in no call.
  func result(of expression: Expression) throws(Stop) -> Value {
    let value = try evaluate(expression)
    if !expression.endsInCall { endedInProcedure = false }
    return value
  }

  private func show(_ value: Value, of expression: Expression) {
    // What was done for its effect has no answer: its `none` says nothing.
    if value == .none, endedInProcedure { return }
    record?.show(value, of: scope.journal?.statement ?? 0, at: expression.span)
    reporter.send(.shown(value, at: expression.span))
  }
}

extension Expression {
  /// Whether its value is passed on as a call or the branch of an `if` gave it.
  fileprivate var endsInCall: Bool {
    switch self {
    case .call, .pipe, .conditional: true
    case .parenthesized(let inner, _): inner.endsInCall
    default: false
    }
  }
}

extension Diagnostic {
  static func incomplete(at span: Span) -> Diagnostic {
    Diagnostic(.incompleteProgram, at: span, "the program is incomplete here")
  }
}
