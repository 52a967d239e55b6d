public import ThrSyntax

/// A statement at the top of a text, for what is run or shown statement by statement.
public struct StatementOutline: Hashable, Sendable {
  public var span: Span
  /// Whether it shows a value when it runs: a bare expression.
  public var showsValue: Bool
  /// The name that it gives a value; `nil` for all but assignments.
  public var assignedName: String?
}

extension Document {
  /// The statements at the top of the text, in order.
  public var statements: [StatementOutline] {
    parse.program.statements.map { statement in
      switch statement {
      case .expression: StatementOutline(span: statement.span, showsValue: true)
      case .assignment(let assignment):
        StatementOutline(
          span: statement.span, showsValue: false, assignedName: assignment.name.text)
      default: StatementOutline(span: statement.span, showsValue: false)
      }
    }
  }

  /// The statement at the top of the text that holds an offset, or ends there.
  public func statement(at offset: Int) -> StatementOutline? {
    statements.last { $0.span.touches(offset) }
  }
}
