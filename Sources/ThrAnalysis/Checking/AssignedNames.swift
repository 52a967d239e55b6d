import ThrSyntax

/// The names that a scope's statements give a value, found in the text alone.
///
/// Bodies of functions and comprehensions are scopes of their own and are left out.
struct AssignedNames {
  private(set) var first: [String: Span] = [:]
  private(set) var functions: [Statement.FunctionDeclaration] = []
  /// Whether the statements bring names of other files.
  private(set) var usesFiles = false

  init(_ statements: [Statement]) { collect(statements) }

  init(_ expression: Expression) { collect(expression) }

  init(_ body: Statement.FunctionDeclaration.Body) {
    switch body {
    case .expression(let expression): collect(expression)
    case .block(let block): collect(block.statements)
    }
  }

  private mutating func add(_ name: Name) {
    if !name.text.isEmpty, first[name.text] == nil { first[name.text] = name.span }
  }

  private mutating func collect(_ statements: [Statement]) {
    for statement in statements {
      switch statement {
      case .assignment(let assignment):
        collect(assignment.value)
        add(assignment.name)
      case .function(let function):
        add(function.name)
        functions.append(function)
      case .loop(let loop):
        collect(loop.sequence)
        add(loop.variable)
        collect(loop.body.statements)
      case .expression(let expression): collect(expression)
      case .use: usesFiles = true
      case .invalid: break
      }
    }
  }

  private mutating func collect(_ expression: Expression) {
    if case .conditional(let conditional) = expression {
      for branch in conditional.branches {
        collect(branch.condition)
        collect(branch.body.statements)
      }
      if let otherwise = conditional.otherwise { collect(otherwise.statements) }
    } else if case .comprehension(let comprehension) = expression {
      collect(comprehension.first.sequence)
    } else {
      expression.forEachPart { collect($0) }
    }
  }
}
