extension Expression {
  /// `value |> stage |> stage`: each stage a call, which gains a first argument, or a name.
  public struct Pipe: Hashable, Sendable {
    public var first: Expression
    public var stages: [Expression]
    public var span: Span

    public init(first: Expression, stages: [Expression], span: Span) {
      self.first = first
      self.stages = stages
      self.span = span
    }
  }

  public struct Conditional: Hashable, Sendable {
    public struct Branch: Hashable, Sendable {
      public var condition: Expression
      public var body: Block

      public init(condition: Expression, body: Block) {
        self.condition = condition
        self.body = body
      }
    }

    public var branches: [Branch]
    public var otherwise: Block?
    public var span: Span

    public init(branches: [Branch], otherwise: Block?, span: Span) {
      self.branches = branches
      self.otherwise = otherwise
      self.span = span
    }
  }
}
