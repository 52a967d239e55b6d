public indirect enum Statement: Hashable, Sendable {
  /// `name = value`
  case assignment(Assignment)
  /// `fn name(a, b=1) = value` or `fn name(a) { … }`
  case function(FunctionDeclaration)
  /// `for x in xs { … }`
  case loop(Loop)
  /// `use "other.thr"`
  case use(Use)
  case expression(Expression)
  /// Text that is no statement; always comes with a diagnostic.
  case invalid(Span)

  public struct Assignment: Hashable, Sendable {
    public var name: Name
    public var value: Expression
    public var span: Span

    public init(name: Name, value: Expression, span: Span) {
      self.name = name
      self.value = value
      self.span = span
    }
  }

  public struct FunctionDeclaration: Hashable, Sendable {
    public struct Parameter: Hashable, Sendable {
      public var name: Name
      public var defaultValue: Expression?

      public init(name: Name, defaultValue: Expression?) {
        self.name = name
        self.defaultValue = defaultValue
      }
    }

    public enum Body: Hashable, Sendable {
      case expression(Expression)
      case block(Block)
    }

    public var name: Name
    public var parameters: [Parameter]
    public var body: Body
    public var span: Span

    public init(name: Name, parameters: [Parameter], body: Body, span: Span) {
      self.name = name
      self.parameters = parameters
      self.body = body
      self.span = span
    }
  }

  public struct Loop: Hashable, Sendable {
    public var variable: Name
    public var sequence: Expression
    public var body: Block
    public var span: Span

    public init(variable: Name, sequence: Expression, body: Block, span: Span) {
      self.variable = variable
      self.sequence = sequence
      self.body = body
      self.span = span
    }
  }

  public struct Use: Hashable, Sendable {
    public var path: String
    public var pathSpan: Span
    public var span: Span

    public init(path: String, pathSpan: Span, span: Span) {
      self.path = path
      self.pathSpan = pathSpan
      self.span = span
    }
  }

  public var span: Span {
    switch self {
    case .assignment(let assignment): assignment.span
    case .function(let function): function.span
    case .loop(let loop): loop.span
    case .use(let use): use.span
    case .expression(let expression): expression.span
    case .invalid(let span): span
    }
  }
}
