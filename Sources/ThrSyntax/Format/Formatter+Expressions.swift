extension Formatter {
  func expression(_ expression: Expression) {
    switch expression {
    case .number, .boolean, .none, .undefined, .name: token()
    case .text(let text): self.text(text.span)
    case .list(let elements, let span): list(elements, span)
    case .record(let record): self.record(record)
    case .comprehension(let comprehension): self.comprehension(comprehension)
    case .call(let call): self.call(call)
    case .member(let member):
      self.expression(member.target)
      memberName()
    case .index(let index):
      self.expression(index.target)
      enclosed(index.index)
    case .slice(let slice):
      self.expression(slice.target)
      ends(of: slice)
    case .unary(let unary): self.unary(unary)
    case .operation(let operation): self.operation(operation)
    case .pipe(let pipe): self.pipe(pipe)
    case .conditional(let conditional): self.conditional(conditional)
    case .parenthesized(let inner, _): enclosed(inner)
    case .missing: break
    }
  }

  /// The point and the name after it, on a line of their own where a comment stands before them.
  private func memberName() {
    guard commentFollows else {
      token()
      return token()
    }
    indented {
      hardLine(isBlank: false)
      token()
      token()
    }
  }

  private func unary(_ unary: Expression.Unary) {
    token()
    if unary.operator == .not {
      spaced { expression(unary.operand) }
    } else {
      expression(unary.operand)
    }
  }

  // MARK: - Operators

  /// A row of operators; a line breaks after an operator, where the statement goes on anyway.
  private func operation(_ operation: Expression.Operation, isTight: Bool = false) {
    group {
      operand(operation.first, of: operation)
      indented {
        for link in operation.rest {
          if isTight || link.operator == .power {
            jump()
            commentsAfter()
          } else {
            space()
            jump()
            line(flat: .space)
          }
          operand(link.operand, of: operation)
        }
      }
    }
  }

  /// An operand; a product within a sum stands closer together, `40*tp - 5*fp`.
  private func operand(_ operand: Expression, of operation: Expression.Operation) {
    if operation.isSum, case .operation(let inner) = operand, inner.isPlainProduct {
      return self.operation(inner, isTight: true)
    }
    expression(operand)
  }

  /// A pipe; one that the author broke before a stage stays broken before each.
  private func pipe(_ pipe: Expression.Pipe) {
    let operands = [pipe.first] + pipe.stages
    let isBroken = zip(operands, operands.dropFirst()).contains {
      hasLineBreak(from: $0.span.end, to: $1.span.start)
    }
    group(isForced: isBroken) {
      expression(pipe.first)
      indented {
        for stage in pipe.stages {
          line(flat: .space)
          token()
          spaced { expression(stage) }
        }
      }
    }
  }

  // MARK: - Choices

  /// A conditional; its blocks all stand on one line with it, or all over several.
  private func conditional(_ conditional: Expression.Conditional) {
    let blocks = conditional.branches.map(\.body) + (conditional.otherwise.map { [$0] } ?? [])
    group(isForced: blocks.contains(where: isOpen)) {
      for (place, branch) in conditional.branches.enumerated() {
        if place > 0 { otherwise() }
        token()
        spaced { head(branch.condition) }
        space()
        block(branch.body)
      }
      guard let last = conditional.otherwise else { return }
      otherwise()
      block(last)
    }
  }

  /// The word `else`, on the line of the brace before it unless a comment stands between.
  private func otherwise() {
    if commentFollows { hardLine(isBlank: false) } else { space() }
    token()
    space()
  }
}

extension Expression.Operation {
  fileprivate var isSum: Bool {
    rest.first?.operator == .plus || rest.first?.operator == .minus
  }

  /// Whether it multiplies and divides only; `%` stands close to the number that it makes a share.
  fileprivate var isPlainProduct: Bool {
    !rest.isEmpty && rest.allSatisfy { $0.operator == .times || $0.operator == .divide }
  }
}

extension Expression {
  /// Whether the style writes it with spaces around operators of its own.
  var isWrittenWithSpaces: Bool {
    switch self {
    case .operation(let operation): operation.rest.first?.operator != .power
    case .unary(let unary): unary.operator == .not
    case .pipe, .conditional: true
    default: false
    }
  }

  /// Whether it is a literal, of which many stand in a line.
  var isLiteral: Bool {
    switch self {
    case .number, .text, .boolean, .none, .undefined: true
    case .unary(let unary):
      if unary.operator == .minus, case .number = unary.operand { true } else { false }
    default: false
    }
  }

  /// Whether it brings its own brackets, or cannot break at all: a call's only argument of this
  /// kind needs no lines of its own.
  var fillsItsCall: Bool {
    switch self {
    case .text, .list, .record, .comprehension, .call: true
    default: false
    }
  }
}
