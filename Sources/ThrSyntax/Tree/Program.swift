/// The statements of one source text, in order.
public struct Program: Hashable, Sendable {
  public var statements: [Statement]
  public var span: Span

  public init(statements: [Statement], span: Span) {
    self.statements = statements
    self.span = span
  }
}

/// A name as written; empty where one was expected and none stood.
public struct Name: Hashable, Sendable {
  public var text: String
  public var span: Span

  public init(_ text: String, _ span: Span) {
    self.text = text
    self.span = span
  }
}

/// The statements between `{` and `}`; its value is the last expression's.
public struct Block: Hashable, Sendable {
  public var statements: [Statement]
  public var span: Span

  public init(statements: [Statement], span: Span) {
    self.statements = statements
    self.span = span
  }
}
