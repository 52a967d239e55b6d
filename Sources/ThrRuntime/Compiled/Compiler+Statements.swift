import ThrModel
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

extension Compiler {
  func block(_ statements: [Statement], _ place: Place) -> Node {
    guard statements.count != 1 else { return statement(statements[0], place) }
    return Sequence(statements.map { statement($0, place) })
  }

  func statement(_ statement: Statement, _ place: Place) -> Node {
    switch statement {
    case .assignment(let assignment): return self.assignment(assignment, place)
    case .function(let function): return declaration(function)
    case .loop(let loop): return self.loop(loop, place == .top ? .topBlock : place)
    case .use(let use): return Use(use, in: file, scope, isInCall: !layouts.isEmpty)
    case .expression(.conditional(let conditional)) where place != .inner:
      return choice(conditional, .topBlock)
    case .expression(let expression):
      let value = self.expression(expression)
      return place == .inner ? value : Shown(value, expression, scope)
    case .invalid(let span): return Missing(span)
    }
  }

  func choice(_ conditional: Expression.Conditional, _ place: Place) -> Node {
    Conditional(
      conditional.branches.map {
        .init(
          condition: expression($0.condition), span: $0.condition.span,
          body: block($0.body.statements, place), ending: Ending($0.body.statements))
      },
      otherwise: conditional.otherwise.map {
        (block($0.statements, place), Ending($0.statements))
      })
  }

  private func loop(_ loop: Statement.Loop, _ place: Place) -> Node {
    Loop(
      target(loop.variable), in: sequence(loop.sequence), block(loop.body.statements, place))
  }

  /// Where a statement binds a name.
  func target(_ name: Name) -> Target {
    if let layout = layouts.last, let index = layout.index(of: name.text) {
      return LocalTarget(index, at: layout.place(name.span))
    }
    return FileTarget(
      scope, scope.cell(name.text), at: Scope.Place(name.span, in: file.name))
  }

  // MARK: - Assignments

  private func assignment(_ assignment: Statement.Assignment, _ place: Place) -> Node {
    let target = target(assignment.name)
    if place != .top, let growing = growing(assignment, target) { return growing }
    return Assignment(
      target, expression(assignment.value),
      reported: place == .top ? (assignment.name.text, assignment.span) : nil)
  }

  /// `name = name + more`, where evaluating `more` cannot bind the name meanwhile.
  private func growing(
    _ assignment: Statement.Assignment, _ target: Target
  ) -> Node? {
    guard case .operation(let operation) = assignment.value, operation.rest.count == 1,
      let link = operation.rest.first, link.operator == .plus,
      case .name(let name) = operation.first, name.text == assignment.name.text,
      !link.operand.holdsBlocks
    else { return nil }
    return Growing(target, binary(expression(operation.first), link, operation.span), operation)
  }

  // MARK: - Functions

  func declaration(_ function: Statement.FunctionDeclaration) -> Node {
    Declaration(
      FunctionDeclaration(function, in: file, enclosing: layouts), target(function.name))
  }

  func function(_ function: FunctionDeclaration) -> FunctionCode {
    let syntax = function.syntax
    let defaults = syntax.parameters.compactMap(\.defaultValue).map(Statement.expression)
    let layout = layout(
      .call, syntax.parameters.map(\.name.text), defaults + syntax.statements)
    let inner = inside(layout)
    let parameters = syntax.parameters.map { parameter in
      FunctionCode.Parameter(
        index: layout.index(of: parameter.name.text) ?? 0,
        place: layout.place(parameter.name.span),
        defaultValue: parameter.defaultValue.map { inner.expression($0) })
    }
    return FunctionCode(
      scope, layout, parameters, inner.body(syntax), Ending(syntax.statements))
  }

  /// A function declared in a block is visible throughout the block.
  private func body(_ syntax: Statement.FunctionDeclaration) -> Node {
    switch syntax.body {
    case .expression(let expression): return self.expression(expression)
    case .block(let block):
      let early = block.statements.reversed().compactMap { statement in
        if case .function(let function) = statement { declaration(function) } else { nil }
      }
      return early.isEmpty
        ? self.block(block.statements, .inner)
        : Sequence(early + [self.block(block.statements, .inner)])
    }
  }
}

extension Statement.FunctionDeclaration {
  fileprivate var statements: [Statement] {
    switch body {
    case .expression(let expression): [.expression(expression)]
    case .block(let block): block.statements
    }
  }
}

extension Expression {
  /// Whether statements stand in it, which may bind names.
  fileprivate var holdsBlocks: Bool {
    !blocks.isEmpty || parts.contains { $0.holdsBlocks }
  }
}
