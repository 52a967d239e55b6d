import ThrSyntax

extension Expression {
  /// Every name that the expression reads, whatever it stands for, functions included.
  var namesRead: Set<String> {
    var names: Set<String> = []
    collectNames(&names)
    return names
  }

  private func collectNames(_ names: inout Set<String>) {
    switch self {
    case .number, .boolean, .none, .undefined, .missing: break
    case .name(let name): names.insert(name.text)
    case .text(let text):
      for case .interpolation(let value, _) in text.pieces { value.collectNames(&names) }
    case .list(let elements, _): elements.forEach { $0.collectNames(&names) }
    case .record(let record): record.fields.forEach { $0.value.collectNames(&names) }
    case .comprehension(let comprehension):
      comprehension.sequence.collectNames(&names)
      comprehension.element.collectNames(&names)
      comprehension.condition?.collectNames(&names)
    case .call(let call):
      call.callee.collectNames(&names)
      call.arguments.forEach { $0.value.collectNames(&names) }
    case .member(let member): member.target.collectNames(&names)
    case .index(let index):
      index.target.collectNames(&names)
      index.index.collectNames(&names)
    case .unary(let unary): unary.operand.collectNames(&names)
    case .operation(let operation):
      operation.first.collectNames(&names)
      operation.rest.forEach { $0.operand.collectNames(&names) }
    case .pipe(let pipe):
      pipe.first.collectNames(&names)
      pipe.stages.forEach { $0.collectNames(&names) }
    case .conditional(let conditional):
      for branch in conditional.branches {
        branch.condition.collectNames(&names)
        branch.body.collectNames(&names)
      }
      conditional.otherwise?.collectNames(&names)
    case .parenthesized(let inner, _): inner.collectNames(&names)
    }
  }
}

extension Block {
  fileprivate func collectNames(_ names: inout Set<String>) {
    for statement in statements { statement.collectNames(&names) }
  }
}

extension Statement {
  fileprivate func collectNames(_ names: inout Set<String>) {
    switch self {
    case .assignment(let assignment): names.formUnion(assignment.value.namesRead)
    case .expression(let expression): names.formUnion(expression.namesRead)
    case .loop(let loop):
      names.formUnion(loop.sequence.namesRead)
      loop.body.collectNames(&names)
    case .function, .use, .invalid: break
    }
  }
}
