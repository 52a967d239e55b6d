extension Parser {
  /// Parses one level further down, or refuses at the limit.
  func nested(_ parse: (Parser) -> Expression) -> Expression {
    guard depth < Self.maximumDepth else { return tooDeep() }
    depth += 1
    defer { depth -= 1 }
    return parse(self)
  }

  /// Reports too deep a text, and passes over it.
  func tooDeep() -> Expression {
    let start = current.start
    reportTooDeep(at: current.span)
    skip { $0 == .comma || $0.isCloser }
    height = 1
    return .missing(span(from: start))
  }

  /// Puts a node above children of the given height; one too many is refused.
  func raise(_ expression: Expression, over children: Int) -> Expression {
    height = children + 1
    guard height > Self.maximumDepth else { return expression }
    reportTooDeep(at: expression.span)
    height = 1
    return .missing(expression.span)
  }

  /// Puts a statement above children of the given height; one too many is refused.
  func raise(_ statement: Statement, over children: Int) -> Statement {
    height = children + 1
    guard height > Self.maximumDepth else { return statement }
    reportTooDeep(at: statement.span)
    height = 1
    return .invalid(statement.span)
  }

  /// Says it once for a statement: it is too deep in many places if it is in one.
  private func reportTooDeep(at span: Span) {
    report(.tooDeep(at: span))
    isTooDeep = true
  }
}

extension Diagnostic.Kind {
  public static let tooDeep = Self(
    "E0127", "too-deep",
    explanation: .init(
      """
      Brackets, blocks, calls, members and signs can be nested at most \(Parser.maximumDepth) \
      levels deep. Chains of operators, pipes and `else if` may have any length.
      """,
      wrong: "x = ((((… 1 …))))", right: "y = (1 + 2) * 3\nx = (y + 4) * 5"))
}

extension Fault {
  fileprivate static func tooDeep(at span: Span) -> Fault {
    Fault(
      .tooDeep, at: span, "this is nested more than \(Parser.maximumDepth) levels deep",
      remedy: "assign the inner parts to names, in separate statements")
  }
}
