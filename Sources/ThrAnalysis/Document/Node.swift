import ThrSyntax

/// A part of the tree that stands for a stretch of the text.
enum Node {
  case statement(Statement)
  case expression(Expression)
  case block(Block)
  /// An argument of a call, with its place among them.
  case argument(Expression.Call.Argument, index: Int)
  /// The name of an argument.
  case label(Name)
  /// The name behind a point.
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
  var children: [Node] {
    switch self {
    case .statement(let statement): statement.children
    case .expression(let expression): expression.children
    case .block(let block): block.statements.map(Node.statement)
    case .argument(let argument, _):
      (argument.label.map { [.label($0)] } ?? []) + [.expression(argument.value)]
    case .label, .member, .field, .binding, .format, .path: []
    }
  }
}

extension Statement {
  fileprivate var children: [Node] {
    switch self {
    case .assignment(let assignment):
      [.binding(assignment.name, .assignment), .expression(assignment.value)]
    case .function(let function):
      [.binding(function.name, .function)]
        + function.parameters.flatMap { parameter -> [Node] in
          [.binding(parameter.name, .parameter)]
            + (parameter.defaultValue.map { [.expression($0)] } ?? [])
        } + [function.body.node]
    case .loop(let loop):
      [.binding(loop.variable, .loop), .expression(loop.sequence), .block(loop.body)]
    case .use(let use): [.path(use)]
    case .expression(let expression): [.expression(expression)]
    case .invalid: []
    }
  }
}

extension Statement.FunctionDeclaration.Body {
  fileprivate var node: Node {
    switch self {
    case .expression(let expression): .expression(expression)
    case .block(let block): .block(block)
    }
  }
}

extension Expression {
  fileprivate var children: [Node] {
    switch self {
    case .text(let text): text.children
    case .record(let record):
      record.fields.flatMap { [.field($0.name), .expression($0.value)] }
    case .comprehension(let comprehension):
      [
        .expression(comprehension.element), .binding(comprehension.variable, .comprehension),
        .expression(comprehension.sequence),
      ] + (comprehension.condition.map { [.expression($0)] } ?? [])
    case .call(let call):
      [.expression(call.callee)]
        + call.arguments.enumerated().map { .argument($1, index: $0) }
    case .member(let member): [.expression(member.target), .member(member.name)]
    case .conditional(let conditional):
      conditional.branches.flatMap { [.expression($0.condition), .block($0.body)] }
        + (conditional.otherwise.map { [.block($0)] } ?? [])
    default: parts.map(Node.expression)
    }
  }
}

extension Expression.Text {
  fileprivate var children: [Node] {
    pieces.flatMap { piece -> [Node] in
      guard case .interpolation(let value, let format) = piece else { return [] }
      return [.expression(value)] + (format.map { [.format($0)] } ?? [])
    }
  }
}
