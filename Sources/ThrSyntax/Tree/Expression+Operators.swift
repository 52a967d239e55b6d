extension Expression {
  public enum UnaryOperator: String, Hashable, Sendable {
    case minus = "-"
    case not = "not"
  }

  public struct Unary: Hashable, Sendable {
    public var `operator`: UnaryOperator
    public var operand: Expression
    public var span: Span

    public init(_ `operator`: UnaryOperator, operand: Expression, span: Span) {
      self.operator = `operator`
      self.operand = operand
      self.span = span
    }
  }

  public enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
    case or, and
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case `in`
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divide = "/"
    case remainder = "%"
    case power = "^"
  }

  /// `first op operand op operand …`, evaluated left to right.
  ///
  /// All operators of one operation have the same precedence. A comparison and `^` have one link
  /// only: comparisons do not chain, and `^` nests to the right.
  public struct Operation: Hashable, Sendable {
    public struct Link: Hashable, Sendable {
      public var `operator`: BinaryOperator
      public var operatorSpan: Span
      public var operand: Expression

      public init(_ `operator`: BinaryOperator, _ operatorSpan: Span, operand: Expression) {
        self.operator = `operator`
        self.operatorSpan = operatorSpan
        self.operand = operand
      }
    }

    public var first: Expression
    public var rest: [Link]
    public var span: Span

    public init(first: Expression, rest: [Link], span: Span) {
      self.first = first
      self.rest = rest
      self.span = span
    }
  }
}
