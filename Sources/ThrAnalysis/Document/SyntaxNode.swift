import ThrSyntax

/// A part of the tree that stands for a stretch of the text.
enum SyntaxNode {
  case statement(Statement)
  case expression(Expression)
  case block(Block)
  /// An argument of a call, with its place among them.
  case argument(Expression.Call.Argument, index: Int)
  /// The name of an argument.
  case label(Name)
  /// The name after a point.
  case member(Name)
  /// The name of a record's field.
  case field(Name)
  /// A name where it is given a value.
  case binding(Name, Binding)
  case format(Expression.Text.Format)
  case path(Statement.Use)

  /// What gives a name its value.
  enum Binding { case assignment, function, parameter, loop, comprehension }

  var span: Span {
    switch self {
    case .statement(let statement): statement.span
    case .expression(let expression): expression.span
    case .block(let block): block.span
    case .argument(let argument, _): argument.span
    case .label(let name), .member(let name), .field(let name), .binding(let name, _): name.span
    case .format(let format): format.span
    case .path(let use): use.pathSpan
    }
  }

  /// The parts directly inside, in the order of the text but for comprehensions, whose element
  /// stands before what it is made from.
  var children: [SyntaxNode] {
    var children: [SyntaxNode] = []
    forEachChild { children.append($0) }
    return children
  }

  /// Calls `body` with each of the `children`, without a list of them.
  func forEachChild(_ body: (SyntaxNode) -> Void) {
    switch self {
    case .statement(let statement): statement.forEachChild(body)
    case .expression(let expression): expression.forEachChild(body)
    case .block(let block): for statement in block.statements { body(.statement(statement)) }
    case .argument(let argument, _):
      if let label = argument.label { body(.label(label)) }
      body(.expression(argument.value))
    case .label, .member, .field, .binding, .format, .path: break
    }
  }
}

extension Statement {
  fileprivate func forEachChild(_ body: (SyntaxNode) -> Void) {
    switch self {
    case .assignment(let assignment):
      body(.binding(assignment.name, .assignment))
      body(.expression(assignment.value))
    case .function(let function):
      body(.binding(function.name, .function))
      for parameter in function.parameters {
        body(.binding(parameter.name, .parameter))
        if let standIn = parameter.defaultValue { body(.expression(standIn)) }
      }
      body(function.body.node)
    case .loop(let loop):
      body(.binding(loop.variable, .loop))
      body(.expression(loop.sequence))
      body(.block(loop.body))
    case .use(let use): body(.path(use))
    case .expression(let expression): body(.expression(expression))
    case .invalid: break
    }
  }
}

extension Statement.FunctionDeclaration.Body {
  fileprivate var node: SyntaxNode {
    switch self {
    case .expression(let expression): .expression(expression)
    case .block(let block): .block(block)
    }
  }
}

extension Expression {
  fileprivate func forEachChild(_ body: (SyntaxNode) -> Void) {
    switch self {
    case .text(let text): text.forEachChild(body)
    case .record(let record):
      for field in record.fields {
        body(.field(field.name))
        body(.expression(field.value))
      }
    case .comprehension(let comprehension):
      body(.expression(comprehension.element))
      for turns in comprehension.turns {
        body(.binding(turns.variable, .comprehension))
        for part in turns.parts { body(.expression(part)) }
      }
    case .call(let call):
      body(.expression(call.callee))
      for (index, argument) in call.arguments.enumerated() {
        body(.argument(argument, index: index))
      }
    case .member(let member):
      body(.expression(member.target))
      body(.member(member.name))
    case .conditional(let conditional):
      for branch in conditional.branches {
        body(.expression(branch.condition))
        body(.block(branch.body))
      }
      if let otherwise = conditional.otherwise { body(.block(otherwise)) }
    default: forEachPart { body(.expression($0)) }
    }
  }
}

extension Expression.Text {
  fileprivate func forEachChild(_ body: (SyntaxNode) -> Void) {
    for case .interpolation(let value, let format) in pieces {
      body(.expression(value))
      if let format { body(.format(format)) }
    }
  }
}
