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
  /// `[element for variable in sequence if condition]`
  case comprehension(Comprehension)
  case call(Call)
  case member(Member)
  case index(Index)
  case slice(Slice)
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
    case .slice(let slice): slice.span
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
    /// What goes through one list: `for variable in sequence if condition`.
    public struct Turns: Hashable, Sendable {
      public var variable: Name
      public var sequence: Expression
      /// Condition of an element: `[… for x in xs if condition]`.
      public var condition: Expression?

      public init(variable: Name, sequence: Expression, condition: Expression?) {
        self.variable = variable
        self.sequence = sequence
        self.condition = condition
      }
    }

    public var element: Expression
    /// The outermost list, which is computed outside the comprehension.
    public var first: Turns
    /// The lists gone through for each element of those before, inside the comprehension.
    public var rest: [Turns]
    public var span: Span

    public init(element: Expression, first: Turns, rest: [Turns] = [], span: Span) {
      self.element = element
      self.first = first
      self.rest = rest
      self.span = span
    }

    /// All of it, outermost first.
    public var turns: [Turns] { [first] + rest }

    /// What is computed inside: all but the first list.
    public var innerParts: [Expression] {
      [element] + (first.condition.map { [$0] } ?? []) + rest.flatMap(\.parts)
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

  /// A part of a list or text, `target[lower:upper]`; either end may be left out.
  public struct Slice: Hashable, Sendable {
    public var target: Expression
    public var lower: Expression?
    public var upper: Expression?
    public var span: Span

    public init(target: Expression, lower: Expression?, upper: Expression?, span: Span) {
      self.target = target
      self.lower = lower
      self.upper = upper
      self.span = span
    }

    /// The ends that are written.
    public var ends: [Expression] { [lower, upper].compactMap { $0 } }
  }
}

extension Expression.Comprehension.Turns {
  /// The list and the condition.
  public var parts: [Expression] { [sequence] + (condition.map { [$0] } ?? []) }
}
