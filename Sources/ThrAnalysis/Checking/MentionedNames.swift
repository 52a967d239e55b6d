import ThrSyntax

/// Every name that a text mentions as a value, found in the text alone.
struct MentionedNames {
  private(set) var all: Set<String> = []

  init() {}

  init(in function: Statement.FunctionDeclaration) { collect(function) }

  mutating func collect(_ function: Statement.FunctionDeclaration) {
    for parameter in function.parameters {
      if let value = parameter.defaultValue { collect(value) }
    }
    switch function.body {
    case .expression(let expression): collect(expression)
    case .block(let block): collect(block.statements)
    }
  }

  mutating func collect(_ statements: [Statement]) {
    for statement in statements {
      switch statement {
      case .assignment(let assignment): collect(assignment.value)
      case .function(let function): collect(function)
      case .loop(let loop):
        collect(loop.sequence)
        collect(loop.body.statements)
      case .expression(let expression): collect(expression)
      case .use, .invalid: break
      }
    }
  }

  mutating func collect(_ expression: Expression) {
    if case .name(let name) = expression { all.insert(name.text) }
    expression.forEachPart { collect($0) }
    for block in expression.blocks { collect(block.statements) }
  }
}
