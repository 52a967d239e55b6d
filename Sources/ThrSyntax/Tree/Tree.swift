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

public indirect enum Expression: Hashable, Sendable {
  /// `10_000`, `1e-3`, `99%` (whose value is 0.99)
  case number(Double, Span)
  case text(Text)
  case boolean(Bool, Span)
  case none(Span)
  case undefined(Span)
  case name(Name)
  case list([Expression], Span)
  case record(Record)
  /// `[element for variable in sequence]`
  case comprehension(Comprehension)
  case call(Call)
  case member(Member)
  case index(Index)
  case unary(Unary)
  /// Flat: every operator of one precedence level that stands in one row.
  case operation(Operation)
  /// Flat: `value |> stage |> stage`
  case pipe(Pipe)
  /// Flat: `if … { } else if … { } else { }`
  case conditional(Conditional)
  /// `( … )`, kept so that printing loses nothing.
  case parenthesized(Expression, Span)
  /// Stands where an expression was expected; always comes with a diagnostic.
  case missing(Span)

  public var span: Span {
    switch self {
    case .number(_, let span), .boolean(_, let span), .none(let span), .undefined(let span),
      .list(_, let span), .parenthesized(_, let span), .missing(let span):
      span
    case .text(let text): text.span
    case .name(let name): name.span
    case .record(let record): record.span
    case .comprehension(let comprehension): comprehension.span
    case .call(let call): call.span
    case .member(let member): member.span
    case .index(let index): index.span
    case .unary(let unary): unary.span
    case .operation(let operation): operation.span
    case .pipe(let pipe): pipe.span
    case .conditional(let conditional): conditional.span
    }
  }
}

extension Expression {
  /// A text literal: its pieces in order, escapes resolved.
  public struct Text: Hashable, Sendable {
    public enum Piece: Hashable, Sendable {
      case literal(String)
      /// A value inside a text, `{value}` or `{value:.3f}`; the format is what stands after the colon.
      case interpolation(Expression, format: Format?)
    }

    public struct Format: Hashable, Sendable {
      public var text: String
      public var span: Span

      public init(_ text: String, _ span: Span) {
        self.text = text
        self.span = span
      }
    }

    public var pieces: [Piece]
    public var span: Span

    public init(pieces: [Piece], span: Span) {
      self.pieces = pieces
      self.span = span
    }

    /// The whole text where nothing is interpolated.
    public var literal: String? {
      var whole = ""
      for piece in pieces {
        guard case .literal(let text) = piece else { return nil }
        whole += text
      }
      return whole
    }
  }

  /// A record, `{fp: 1, fn: 20}`; a name or a text may stand before the colon.
  public struct Record: Hashable, Sendable {
    public struct Field: Hashable, Sendable {
      public var name: Name
      public var value: Expression

      public init(name: Name, value: Expression) {
        self.name = name
        self.value = value
      }
    }

    public var fields: [Field]
    public var span: Span

    public init(fields: [Field], span: Span) {
      self.fields = fields
      self.span = span
    }
  }

  public struct Comprehension: Hashable, Sendable {
    public var element: Expression
    public var variable: Name
    public var sequence: Expression
    /// What an element must meet: `[… for x in xs if condition]`.
    public var condition: Expression?
    public var span: Span

    public init(
      element: Expression, variable: Name, sequence: Expression, condition: Expression?, span: Span
    ) {
      self.element = element
      self.variable = variable
      self.sequence = sequence
      self.condition = condition
      self.span = span
    }
  }

  /// A call, `callee(positional, name=value)`.
  public struct Call: Hashable, Sendable {
    public struct Argument: Hashable, Sendable {
      public var label: Name?
      public var value: Expression

      public init(label: Name?, value: Expression) {
        self.label = label
        self.value = value
      }

      public var span: Span { label.map { $0.span.union(value.span) } ?? value.span }
    }

    public var callee: Expression
    public var arguments: [Argument]
    /// From `(` to `)`, for the cursor inside and for signature help.
    public var argumentsSpan: Span
    public var span: Span

    public init(callee: Expression, arguments: [Argument], argumentsSpan: Span, span: Span) {
      self.callee = callee
      self.arguments = arguments
      self.argumentsSpan = argumentsSpan
      self.span = span
    }
  }

  public struct Member: Hashable, Sendable {
    public var target: Expression
    public var name: Name
    public var span: Span

    public init(target: Expression, name: Name, span: Span) {
      self.target = target
      self.name = name
      self.span = span
    }
  }

  public struct Index: Hashable, Sendable {
    public var target: Expression
    public var index: Expression
    public var span: Span

    public init(target: Expression, index: Expression, span: Span) {
      self.target = target
      self.index = index
      self.span = span
    }
  }

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
