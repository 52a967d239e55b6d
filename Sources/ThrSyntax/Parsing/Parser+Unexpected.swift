extension Parser {
  /// An expression is wanted and none begins here.
  func missing() -> Expression {
    let missing = Span(previousEnd, previousEnd)
    report(missingExpression())
    height = 1
    return .missing(missing)
  }

  private func missingExpression() -> Fault {
    let last = previous
    let spelling = last.map { text($0.span) } ?? ""
    switch kind {
    case .assign where last?.kind.binaryOperator != nil && last?.end == current.start:
      let span = Span(current.start - spelling.utf8.count, current.end)
      return .compoundAssignment(spelling, of: nameBefore(span.start), at: span)
    case .interpolationEnd,
      .format where last?.kind == .interpolationStart:
      return .emptyInterpolation(at: Span(last?.start ?? current.start, current.end))
    case .for: return .loopAsValue(at: current.span)
    default:
      let after = last?.kind.continuesLine == true ? " after `\(spelling)`" : ""
      return .expectedExpression("expected a value\(after), not \(found)", at: gapOrCurrent)
    }
  }

  /// Whether a comparison follows a keyword, which then stands for a column of that name.
  var isKeywordAsName: Bool {
    guard [.if, .else, .for, .in, .use, .and, .or].contains(kind) else { return false }
    return [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual].contains(nextKind)
  }

  /// Reads a keyword that stands for a column.
  func keywordAsName() -> Expression {
    let span = current.span
    report(.keywordAsName(text(span), at: span))
    height = 1
    advance()
    return .missing(span)
  }

  /// The name that ends before a place and begins a line.
  private func nameBefore(_ place: Int) -> String? {
    guard index >= 2 else { return nil }
    let name = tokens[index - 2]
    guard name.kind == .name, name.end <= place,
      index == 2 || [.newline, .semicolon, .leftBrace].contains(tokens[index - 3].kind)
    else { return nil }
    return text(name.span)
  }

  /// A statement or value is whole and something follows that cannot: says what was meant.
  func unexpected(inStatementFrom start: Int) -> Fault {
    let first = tokens[start]
    let last = previous ?? current
    if let word = foreignWord(at: start) { return .foreignStatement(word, at: first.span) }
    if let fault = percentFault() { return fault }
    switch kind {
    case .rightParenthesis, .rightBracket, .rightBrace:
      return .strayBracket(found, at: current.span)
    case .if: return .trailingCondition(at: current.span)
    case .not where nextKind == .in: return .notIn(at: current.span)
    case .assign: return .chainedAssignment(at: current.span)
    case .comma: return .looseComma(at: current.span)
    case .colon: return .looseColon(at: current.span)
    case .leftBrace: return .looseBlock(at: current.span)
    case _ where kind.startsExpression:
      let call = last.kind == .name && index == start + 1 ? text(last.span) : nil
      return .missingOperator(found, callOf: call, at: current.span)
    default:
      return .unexpectedToken(found, at: current.span)
    }
  }

  // MARK: - Statements of other languages

  /// The word of another language at a statement's start, where it is plainly not a thr name.
  private func foreignWord(at start: Int) -> String? {
    guard tokens[start].kind == .name else { return nil }
    let word = text(tokens[start].span)
    return Fault.foreignStatements[word] == nil ? nil : word
  }

  /// Reads a statement of another language as the one that was meant, with an error.
  func foreignStatement() -> Statement? {
    guard let word = foreignWord(at: index), followsAsOperand(nextKind) else { return nil }
    let start = current
    report(.foreignStatement(word, at: start.span))
    switch word {
    case "def", "func", "function", "fun": return function()
    case "let", "var", "const", "val": return declaration()
    case "elif", "elseif", "elsif", "unless": return .expression(conditional())
    case "while": return loopWithoutVariable(from: start.start)
    default:
      skip()
      return .invalid(span(from: start.start))
    }
  }

  private func followsAsOperand(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .name, .fn, .number, .percent, .textStart, .true, .false, .none, .undefined, .if, .not:
      true
    default: false
    }
  }

  private func declaration() -> Statement {
    advance()
    return statement()
  }

  private func loopWithoutVariable(from start: Int) -> Statement {
    advance()
    _ = expression()
    _ = block(of: .loop)
    return .invalid(span(from: start))
  }
}

extension Diagnostic.Kind {
  public static let expectedExpression = Self(
    "E0110", "expected-expression",
    explanation: .init(
      "A value is expected at the marked place: a number, a text, a name, a call, a list, …",
      wrong: "x = 1 +", right: "x = 1 + 2"))

  public static let foreignStatement = Self(
    "E0125", "foreign-statement",
    explanation: .init(
      """
      The statement belongs to another language. thr has assignments, `fn`, `if`, `for` and `use`; \
      the value of a block is that of its last expression.
      """,
      wrong: "def f(x): return x + 1", right: "fn f(x) = x + 1"))

  public static let missingOperator = Self(
    "E0130", "missing-operator",
    explanation: .init(
      """
      Two values follow each other without an operator. Put an operator between them, end the \
      statement with a new line or `;`, or put a function's arguments in parentheses.
      """,
      wrong: "print 1", right: "print(1)"))

  public static let unexpectedToken = Self(
    "E0133", "unexpected-token",
    explanation: .init(
      "The statement is complete before the marked sign, which cannot continue it.",
      wrong: "x = 1 : 2", right: "x = [1, 2]"))
}

extension Fault {
  fileprivate static func expectedExpression(_ message: String, at span: Span) -> Fault {
    Fault(.expectedExpression, at: span, message)
  }

  fileprivate static func emptyInterpolation(at span: Span) -> Fault {
    Fault(
      .expectedExpression, at: span, "`{ }` in a text must contain a value",
      remedy: "write `{value}`, or `\\{` for a literal brace")
  }

  fileprivate static func loopAsValue(at span: Span) -> Fault {
    Fault(
      .expectedExpression, at: span, "a loop has no value",
      remedy: "for a list write `[value for name in list]`")
  }

  fileprivate static func keywordAsName(_ word: String, at span: Span) -> Fault {
    let column = "column(\"\(word)\")"
    return Fault(
      .expectedExpression, at: span, "`\(word)` is a word of the language, not a name",
      remedy: "for a column of this name write `\(column)`",
      fixes: [.init("write `\(column)`", replacing: span, with: column)])
  }

  fileprivate static func compoundAssignment(
    _ sign: String, of name: String?, at span: Span
  ) -> Fault {
    Fault(
      .foreignSpelling, at: span, "`\(sign)=` is not how thr writes it",
      remedy: "write `\(name ?? "x") = \(name ?? "x") \(sign) …`",
      fixes: name.map {
        [.init("write `= \($0) \(sign)`", replacing: span, with: "= \($0) \(sign)")]
      } ?? [])
  }

  fileprivate static let foreignStatements = [
    "def": "write `fn name(…) = …` or `fn name(…) { … }`",
    "func": "write `fn name(…) { … }`",
    "function": "write `fn name(…) { … }`",
    "fun": "write `fn name(…) { … }`",
    "lambda": "declare a function, `fn name(x) = …`",
    "let": "write `name = …`",
    "var": "write `name = …`",
    "const": "write `name = …`",
    "val": "write `name = …`",
    "while": "thr has no `while`: write `for name in list { … }`",
    "return": "remove it: a function's value is that of its last expression",
    "elif": "write `else if` after the `}` of the previous block",
    "elseif": "write `else if` after the `}` of the previous block",
    "elsif": "write `else if` after the `}` of the previous block",
    "unless": "write `if not …`",
    "import": "write `use \"file.thr\"`; builtins need no import",
    "from": "write `use \"file.thr\"`; builtins need no import",
    "library": "write `use \"file.thr\"`; builtins need no import",
    "include": "write `use \"file.thr\"`",
    "del": "remove it: names need not be deleted",
    "try": "thr has no exceptions: an error ends the program with a message",
    "raise": "thr has no exceptions",
    "throw": "thr has no exceptions",
    "assert": "write `if not … { print(…) }`",
    "switch": "write `if … { } else if … { }`",
    "match": "write `if … { } else if … { }`",
    "class": "for related values write a record, `{name: value}`",
    "struct": "for related values write a record, `{name: value}`",
  ]

  fileprivate static func foreignStatement(_ word: String, at span: Span) -> Fault {
    Fault(
      .foreignStatement, at: span, "`\(word)` is not a statement of thr",
      remedy: foreignStatements[word], fixes: foreignStatementFix(word, at: span))
  }

  private static func foreignStatementFix(_ word: String, at span: Span) -> [Diagnostic.Fix] {
    switch word {
    case "def", "func", "function", "fun": [.init("write `fn`", replacing: span, with: "fn")]
    // With the space after it.
    case "let", "var", "const", "val", "return":
      [.init("remove `\(word)`", replacing: Span(span.start, span.end + 1), with: "")]
    default: []
    }
  }

  fileprivate static func trailingCondition(at span: Span) -> Fault {
    Fault(
      .missingOperator, at: span, "a condition comes before its value, not after it",
      remedy: "write `if condition { a } else { b }`")
  }

  fileprivate static func notIn(at span: Span) -> Fault {
    Fault(
      .misplacedNot, at: span, "`not` comes before the whole comparison",
      remedy: "write `not (x in list)`")
  }

  fileprivate static func chainedAssignment(at span: Span) -> Fault {
    Fault(
      .assignmentAsValue, at: span, "`=` assigns, only once and at the start of a statement",
      remedy: "to compare write `==`; to assign two names write two statements")
  }

  fileprivate static func looseComma(at span: Span) -> Fault {
    Fault(
      .unexpectedToken, at: span, "a comma is allowed only inside brackets",
      remedy: "write a list, `[a, b]`, or two statements")
  }

  fileprivate static func looseColon(at span: Span) -> Fault {
    Fault(
      .unexpectedToken, at: span,
      "`:` is allowed only in records, in slices and after a value in a text",
      remedy: "write a record as `{name: value}`, a slice as `list[1:3]`, whole numbers as "
        + "`range(1, 3)`")
  }

  fileprivate static func looseBlock(at span: Span) -> Fault {
    Fault(
      .unexpectedToken, at: span, "a block is allowed only after `if`, `for`, `else` and `fn`",
      remedy: "put a record in the condition of `if` or the list of `for` in parentheses")
  }

  fileprivate static func missingOperator(
    _ found: String, callOf name: String?, at span: Span
  ) -> Fault {
    Fault(
      .missingOperator, at: span, "\(found) follows a value without an operator between them",
      remedy: name.map { "to call it write `\($0)(…)`" }
        ?? "write an operator, or start a new line")
  }

  fileprivate static func unexpectedToken(_ found: String, at span: Span) -> Fault {
    Fault(.unexpectedToken, at: span, "\(found) does not continue the statement")
  }
}
