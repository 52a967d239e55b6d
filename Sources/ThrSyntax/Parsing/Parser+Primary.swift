extension Parser {
  // primary  = name | text | constant | group | list | comprehension | record | conditional
  // constant = "true" | "false" | "none" | "undefined"
  // group    = "(" expression ")"
  func primary() -> Expression {
    height = 1
    let span = current.span
    if isKeywordAsName { return keywordAsName() }
    switch kind {
    case .number, .percent:
      advance()
      return .number(NumberLiteral.value(bytes[span.start..<span.end]) ?? 0, span)
    case .true, .false:
      let value = kind == .true
      advance()
      return .boolean(value, span)
    case .none: return leaf(.none(span))
    case .undefined: return leaf(.undefined(span))
    case .name, .fn: return leaf(.name(Name(text(span), span)))
    case .textStart:
      let text = self.text()
      return raise(.text(text), over: height)
    case .leftParenthesis:
      let inner = enclosed()
      return raise(.parenthesized(inner, self.span(from: span.start)), over: height)
    case .leftBracket: return list()
    case .leftBrace: return record()
    case .if: return conditional()
    default: return missing()
    }
  }

  private func leaf(_ expression: Expression) -> Expression {
    advance()
    return expression
  }

  // list = "[" [ expression { "," expression } [ "," ] ] "]"
  private func list() -> Expression {
    let (opener, outer) = open(.brackets)
    var elements: [Expression] = []
    var highest = 0
    if kind != .rightBracket, !endsBrackets {
      let first = expression()
      if kind == .for { return comprehension(of: first, opener, outer) }
      highest = height
      elements.append(first)
    }
    items(in: opener, outer, after: !elements.isEmpty) { parser in
      elements.append(parser.expression())
      highest = max(highest, parser.height)
    }
    return raise(.list(elements, span(from: opener.start)), over: highest)
  }

  // comprehension = "[" expression turns { turns } "]"
  private func comprehension(
    of element: Expression, _ opener: Token, _ outer: Layout
  ) -> Expression {
    var highest = height
    let first = turns(&highest)
    var rest: [Expression.Comprehension.Turns] = []
    while kind == .for { rest.append(turns(&highest)) }
    expectCloser(of: opener, outer)
    return raise(
      .comprehension(
        .init(element: element, first: first, rest: rest, span: span(from: opener.start))),
      over: highest)
  }

  // turns = "for" name "in" expression [ "if" expression ]
  private func turns(_ highest: inout Int) -> Expression.Comprehension.Turns {
    advance()
    let variable = name()
    let sequence = sequenceOfLoop()
    highest = max(highest, height)
    var condition: Expression?
    if take(.if) {
      condition = expression()
      highest = max(highest, height)
    }
    return .init(variable: variable, sequence: sequence, condition: condition)
  }

  // record = "{" [ field { "," field } [ "," ] ] "}"
  private func record() -> Expression {
    let (opener, outer) = open(.brackets)
    var fields: [Expression.Record.Field] = []
    var highest = 0
    items(in: opener, outer) { parser in
      parser.height = 1
      fields.append(parser.field())
      highest = max(highest, parser.height)
    }
    return raise(.record(.init(fields: fields, span: span(from: opener.start))), over: highest)
  }

  // field = ( name | KEYWORD | plain-text ) ":" expression
  private func field() -> Expression.Record.Field {
    let name = fieldName()
    if take(.colon) { return .init(name: name, value: expression()) }
    report(.expectedColon(after: name, isAssign: kind == .assign, found, at: gapOrCurrent))
    guard take(.assign) else { return .init(name: name, value: .missing(gap)) }
    return .init(name: name, value: expression())
  }

  private func fieldName() -> Name {
    if kind == .textStart {
      let text = self.text()
      if text.literal == nil { reportAfter(.plainText("the field's name", at: text.span)) }
      return Name(text.literal ?? "", text.span)
    }
    guard kind.isWord else {
      report(.expectedField(found, at: gapOrCurrent))
      return Name("", gap)
    }
    let name = Name(text(current.span), current.span)
    advance()
    return name
  }

  // conditional = "if" expression block { "else" "if" expression block } [ "else" block ]
  func conditional() -> Expression {
    let start = current.start
    var branches: [Expression.Conditional.Branch] = []
    var otherwise: Block?
    var highest = 0
    repeat {
      advance()
      let condition = self.condition()
      highest = max(highest, height)
      branches.append(.init(condition: condition, body: block(of: .conditional)))
      highest = max(highest, height)
    } while elseIf()
    if take(.else) {
      otherwise = block(of: .conditional)
      highest = max(highest, height)
    }
    return raise(
      .conditional(
        .init(branches: branches, otherwise: otherwise, span: span(from: start))),
      over: highest)
  }

  /// Moves to the `if` of an `else if`, if one follows; `elif` counts, with an error.
  private func elseIf() -> Bool {
    if kind == .else, nextKind == .if {
      advance()
      return true
    }
    guard kind == .name, text(current.span) == "elif" else { return false }
    report(.elif(at: current.span))
    return true
  }

  private func condition() -> Expression {
    let condition = expression()
    guard kind == .assign else { return condition }
    report(.assignmentAsValue(at: current.span))
    advance()
    _ = expression()
    return condition
  }
}

extension Diagnostic.Kind {
  public static let assignmentAsValue = Self(
    "E0118", "assignment-as-value",
    explanation: .init(
      """
      `=` assigns a value to a name, only at the start of a statement. To compare values write \
      `==`.
      """,
      wrong: "x = 1\nif x = 1 { print(x) }", right: "x = 1\nif x == 1 { print(x) }"))
}

extension Fault {
  static func assignmentAsValue(at span: Span) -> Fault {
    Fault(
      .assignmentAsValue, at: span, "`=` assigns and has no value here",
      remedy: "did you mean `==`?", fixes: [.init("compare", replacing: span, with: "==")])
  }

  fileprivate static func elif(at span: Span) -> Fault {
    Fault(
      .foreignSpelling, at: span, "`elif` is not how thr writes it", remedy: "write `else if`",
      fixes: [.init("write `else if`", replacing: span, with: "else if")])
  }

  fileprivate static func expectedColon(
    after name: Name, isAssign: Bool, _ found: String, at span: Span
  ) -> Fault {
    isAssign
      ? Fault(
        .expectedToken, at: span, "a record's field is written with `:`",
        remedy: "write `\(name.text): …`",
        fixes: [.init("write `:`", replacing: span, with: ":")])
      : Fault(
        .expectedToken, at: span, "expected `:` after the field's name, not \(found)",
        remedy: "a record is written `{name: value}`; for a brace in a text write `\\{`")
  }

  fileprivate static func expectedField(_ found: String, at span: Span) -> Fault {
    Fault(
      .expectedName, at: span, "expected a field's name, not \(found)",
      remedy: "a record is written `{name: value}`")
  }
}
