import ThrModel
import ThrRuntime
import ThrSyntax

extension Evaluator {
  /// Calls a user's function.
  ///
  /// - Parameter home: the scope that it was declared in, whose names it reads now.
  func call(
    _ function: FunctionDeclaration, in home: Scope, _ site: CallSite
  ) throws(Stop) -> Value {
    let match = try match(site, to: function.shapes)
    var values: [Value] = []
    values.reserveCapacity(site.arguments.count)
    for argument in site.arguments { values.append(try evaluate(argument)) }
    guard frames.count < Self.maximumCalls, stack.hasRoom else {
      throw failure(.tooManyCalls(frames.count, of: site.callee))
    }
    frames.append(
      .init(kind: .function(function.syntax.name.text), span: site.span, file: file.name))
    let outerFile = file
    file = function.file
    defer {
      frames.removeLast()
      file = outerFile
    }
    return try within(Scope(parent: home)) { () throws(Stop) in
      try bindParameters(of: function, match.slots.map { $0.first.map { values[$0] } })
      return try value(of: function.syntax.body)
    }
  }

  /// A default is computed at each call, and sees the parameters before it.
  private func bindParameters(
    of function: FunctionDeclaration, _ values: [Value?]
  ) throws(Stop) {
    for (parameter, given) in zip(function.syntax.parameters, values) {
      var value = given ?? .none
      if given == nil, let defaultValue = parameter.defaultValue {
        value = try evaluate(defaultValue)
      }
      scope.bind(parameter.name.text, .value(value), at: parameter.name.span, in: file.name)
    }
  }

  private func value(of body: Statement.FunctionDeclaration.Body) throws(Stop) -> Value {
    switch body {
    case .expression(let expression):
      return try result(of: expression)
    case .block(let block):
      for case .function(let function) in block.statements.reversed() { declare(function) }
      return try execute(block.statements, .inner) ?? .none
    }
  }
}

extension Diagnostic {
  fileprivate static func tooManyCalls(_ count: Int, of callee: Name) -> Diagnostic {
    Diagnostic(
      .recursionTooDeep, at: callee.span,
      "`\(callee.text)` is called while \(count) calls are still running",
      remedy: "make sure that the recursion ends; for many steps use `for`")
  }
}
