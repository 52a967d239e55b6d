extension Expression {
  /// The expressions directly inside, in the order in which they stand; of an `if` only the
  /// conditions.
  public var parts: [Expression] {
    switch self {
    case .number, .boolean, .none, .undefined, .name, .missing: []
    case .text(let text):
      text.pieces.compactMap { if case .interpolation(let value, _) = $0 { value } else { nil } }
    case .list(let elements, _): elements
    case .record(let record): record.fields.map(\.value)
    case .comprehension(let comprehension):
      [comprehension.element] + comprehension.turns.flatMap(\.parts)
    case .call(let call): [call.callee] + call.arguments.map(\.value)
    case .member(let member): [member.target]
    case .index(let index): [index.target, index.index]
    case .slice(let slice): [slice.target] + slice.ends
    case .unary(let unary): [unary.operand]
    case .operation(let operation): [operation.first] + operation.rest.map(\.operand)
    case .pipe(let pipe): [pipe.first] + pipe.stages
    case .conditional(let conditional): conditional.branches.map(\.condition)
    case .parenthesized(let inner, _): [inner]
    }
  }

  /// Calls `body` with each of the `parts`, without a list of them.
  public func forEachPart(_ body: (Expression) -> Void) {
    switch self {
    case .number, .boolean, .none, .undefined, .name, .missing: break
    case .call(let call):
      body(call.callee)
      for argument in call.arguments { body(argument.value) }
    case .member(let member): body(member.target)
    case .unary(let unary): body(unary.operand)
    case .operation(let operation):
      body(operation.first)
      for link in operation.rest { body(link.operand) }
    case .parenthesized(let inner, _): body(inner)
    default: for part in parts { body(part) }
    }
  }

  /// The blocks directly inside.
  public var blocks: [Block] {
    guard case .conditional(let conditional) = self else { return [] }
    return conditional.branches.map(\.body) + (conditional.otherwise.map { [$0] } ?? [])
  }

  /// The expression without the parentheses around it.
  public var bare: Expression {
    var expression = self
    while case .parenthesized(let inner, _) = expression { expression = inner }
    return expression
  }
}
