/// How tightly binary operators bind, loosest first; `|>` stands above them all.
enum Precedence: Int, Comparable {
  case disjunction, conjunction, negation, comparison, sum, product

  static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }

  /// The level that an operand of this one stands on.
  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .product }
}

extension Token.Kind {
  /// The binary operator that the token is, but for `^` and `|>`, which are parsed apart.
  var binaryOperator: (operator: Expression.BinaryOperator, precedence: Precedence)? {
    switch self {
    case .or: (.or, .disjunction)
    case .and: (.and, .conjunction)
    case .equal: (.equal, .comparison)
    case .notEqual: (.notEqual, .comparison)
    case .less: (.less, .comparison)
    case .lessOrEqual: (.lessOrEqual, .comparison)
    case .greater: (.greater, .comparison)
    case .greaterOrEqual: (.greaterOrEqual, .comparison)
    case .in: (.in, .comparison)
    case .plus: (.plus, .sum)
    case .minus: (.minus, .sum)
    case .times: (.times, .product)
    case .divide: (.divide, .product)
    case .remainder: (.remainder, .product)
    default: nil
    }
  }
}

extension Parser {
  // expression = disjunction { "|>" stage }
  func expression() -> Expression {
    nested { parser in
      let start = parser.current.start
      let first = parser.operation(.disjunction)
      return parser.kind == .pipe ? parser.pipe(from: first, start) : first
    }
  }

  // stage = name | primary { trailer } arguments
  private func pipe(from first: Expression, _ start: Int) -> Expression {
    var stages: [Expression] = []
    var highest = height
    while take(.pipe) {
      let stage = operation(.disjunction)
      highest = max(highest, height)
      switch stage {
      case .name, .call, .missing: break
      default: reportAfter(.invalidStage(stage, at: stage.span))
      }
      stages.append(stage)
    }
    return raise(
      .pipe(.init(first: first, stages: stages, span: span(from: start))), over: highest)
  }

  // disjunction = conjunction { "or" conjunction }
  // conjunction = negation { "and" negation }
  // negation    = "not" negation | comparison
  // comparison  = sum [ comparator sum ]
  // sum         = product { ( "+" | "-" ) product }
  // product     = signed { ( "*" | "/" | "%" ) signed }
  func operation(_ minimum: Precedence) -> Expression {
    let start = current.start
    var left = kind == .not ? negation(minimum) : signed()
    while let (_, level) = kind.binaryOperator, level >= minimum {
      left = row(level, from: left, start)
    }
    return left
  }

  /// All operators of one level that follow each other, in one flat node.
  private func row(
    _ level: Precedence, from first: Expression, _ start: Int
  ) -> Expression {
    var rest: [Expression.Operation.Link] = []
    var highest = height
    while let (binary, precedence) = kind.binaryOperator, precedence == level {
      let span = current.span
      advance()
      // No level is tighter than a product's: its operands are signed.
      let operand = nested { level == .product ? $0.signed() : $0.operation(level.tighter) }
      highest = max(highest, height)
      rest.append(.init(binary, span, operand: operand))
    }
    if level == .comparison, rest.count > 1 { reportChain(first, rest) }
    return raise(
      .operation(.init(first: first, rest: rest, span: span(from: start))), over: highest)
  }

  private func negation(_ minimum: Precedence) -> Expression {
    let start = current.start
    let word = current.span
    advance()
    let operand = nested { $0.operation(max(minimum, .negation)) }
    let whole = span(from: start)
    if minimum > .negation { reportAfter(.misplacedNot(at: word, text(whole), whole)) }
    return raise(.unary(.init(.not, operand: operand, span: whole)), over: height)
  }

  // signed = "-" signed | power
  func signed() -> Expression {
    guard kind == .minus || kind == .plus else {
      return kind == .not ? negation(.product) : power()
    }
    let start = current.start
    if kind == .plus { report(.plusSign(at: current.span, beginsLine: beginsLine)) }
    advance()
    let operand = nested { $0.signed() }
    return raise(.unary(.init(.minus, operand: operand, span: span(from: start))), over: height)
  }

  /// Whether the token is the first of its line, though not of the text.
  private var beginsLine: Bool { index > 0 && tokens[index - 1].kind == .newline }

  // power = postfix [ "^" signed ]
  private func power() -> Expression {
    let start = current.start
    let base = postfix()
    guard kind == .power else { return base }
    let baseHeight = height
    let operatorSpan = current.span
    advance()
    let exponent = nested { $0.signed() }
    let link = Expression.Operation.Link(.power, operatorSpan, operand: exponent)
    return raise(
      .operation(.init(first: base, rest: [link], span: span(from: start))),
      over: max(baseHeight, height))
  }
}

// MARK: - Faults

extension Parser {
  private func reportChain(_ first: Expression, _ rest: [Expression.Operation.Link]) {
    let operands = [first.span] + rest.map(\.operand.span)
    let whole = operands[0].union(operands[rest.count])
    let isShort = whole.count <= 60 && !text(whole).contains(where: \.isNewline)
    let pairs = zip(operands, zip(rest, operands.dropFirst())).map { left, link in
      "\(text(left)) \(link.0.operator.rawValue) \(text(link.1))"
    }
    reportAfter(
      .chainedComparison(
        at: rest[1].operatorSpan, whole,
        instead: isShort ? pairs.joined(separator: " and ") : nil))
  }

  /// `10%3`: the percent sign belongs to the number, and no value may follow a value.
  func percentFault() -> Fault? {
    guard let previous, previous.kind == .percent, kind.startsExpression, kind != .minus else {
      return nil
    }
    let number = text(Span(previous.start, previous.end - 1))
    let span = Span(previous.end - 1, previous.end)
    return .percentRemainder(number, text(current.span), at: span)
  }
}

extension Diagnostic.Kind {
  public static let chainedComparison = Self(
    "E0116", "chained-comparison",
    explanation: .init(
      """
      A comparison has two sides. To test whether a value is between two others, compare it \
      twice.
      """,
      wrong: "x = 1\nx > 0 < 2", right: "x = 1\nx > 0 and x < 2"))

  public static let percentRemainder = Self(
    "E0117", "percent-remainder",
    explanation: .init(
      """
      `%` directly after a number makes it a percentage: 10% is 0.1. For the remainder of a \
      division, put a space before `%`.
      """,
      wrong: "x = 10%3", right: "x = 10 % 3"))

  public static let invalidStage = Self(
    "E0120", "invalid-stage",
    explanation: .init(
      """
      `|>` passes the value on its left to a function as its first argument. Its right side must \
      be a call or the name of a function. It has the lowest precedence of all operators.
      """,
      wrong: "x = [1, 2] |> len + 1", right: "x = ([1, 2] |> len) + 1"))

  public static let misplacedNot = Self(
    "E0128", "misplaced-not",
    explanation: .init(
      """
      `not` has lower precedence than comparisons and arithmetic; inside them put it in \
      parentheses.
      """,
      wrong: "x = true == not false", right: "x = true == (not false)"))
}

extension Fault {
  fileprivate static func chainedComparison(
    at span: Span, _ whole: Span, instead: String?
  ) -> Fault {
    Fault(
      .chainedComparison, at: span, "a comparison has two sides, not three",
      remedy: instead.map { "write `\($0)`" } ?? "compare twice, joined by `and`",
      fixes: instead.map { [.init("compare twice", replacing: whole, with: $0)] } ?? [])
  }

  fileprivate static func percentRemainder(
    _ number: String, _ right: String, at span: Span
  ) -> Fault {
    Fault(
      .percentRemainder, at: span,
      "`\(number)%` is a percentage, and no value may follow it directly",
      remedy: "for the remainder write `\(number) % \(right.prefix(40))`",
      fixes: [.init("write the remainder", replacing: span, with: " % ")])
  }

  fileprivate static func invalidStage(_ stage: Expression, at span: Span) -> Fault {
    Fault(
      .invalidStage, at: span, "the right side of `|>` must be a call or the name of a function",
      remedy: {
        if case .operation = stage {
          "put the pipe in parentheses, `(value |> f) + …`"
        } else {
          "write `value |> f(…)`"
        }
      }())
  }

  fileprivate static func misplacedNot(at span: Span, _ text: String, _ whole: Span) -> Fault {
    Fault(
      .misplacedNot, at: span, "`not` has lower precedence than the operator before it",
      remedy: "put it in parentheses, `(not …)`",
      fixes: [.init("put it in parentheses", replacing: whole, with: "(\(text))")])
  }

  fileprivate static func plusSign(at span: Span, beginsLine: Bool) -> Fault {
    if beginsLine {
      return Fault(
        .foreignSpelling, at: span, "a line that begins with `+` does not continue the one before",
        remedy: "end the line before with `+`, or put the whole expression in parentheses")
    }
    return Fault(
      .foreignSpelling, at: span, "`+` is not used as a sign", remedy: "leave it out",
      fixes: [.init("remove `+`", replacing: span, with: "")])
  }
}
