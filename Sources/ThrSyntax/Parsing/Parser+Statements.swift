extension Parser {
  // program = statements
  /// - Parameter known: the statements before the place where this parser began.
  func program(after known: ArraySlice<Statement> = []) -> Program {
    let statements = Array(known) + self.statements(inBlock: false)
    return Program(statements: statements, span: Span(0, bytes.count))
  }

  // statements = { separator } [ statement { separator { separator } statement } { separator } ]
  // separator  = NEWLINE | ";"
  func statements(inBlock: Bool) -> [Statement] {
    var statements: [Statement] = []
    var highest = 0
    skipSeparators()
    while !isAtEnd, !(inBlock && endsBlock) {
      let before = index
      if !inBlock { isTooDeep = false }
      if strayCloser() { continue }
      statements.append(statement())
      highest = max(highest, height)
      endStatement(from: before, inBlock: inBlock)
      skipSeparators()
      if index == before { advance() }
    }
    height = highest
    return statements
  }

  /// Whether the block ends here, by its own brace or because something around it ends.
  private var endsBlock: Bool {
    switch kind {
    case .rightBrace, .interpolationEnd, .format, .textEnd: true
    case .rightParenthesis, .rightBracket: !current.isStray
    default: false
    }
  }

  private func strayCloser() -> Bool {
    guard kind.isCloser else { return false }
    report(.strayBracket(found, at: current.span))
    advance()
    skipSeparators()
    return true
  }

  private func endStatement(from start: Int, inBlock: Bool) {
    switch kind {
    case .newline, .semicolon, .end: return
    case _ where inBlock && endsBlock: return
    default:
      report(unexpected(inStatementFrom: start))
      skip()
    }
  }

  // statement = function | loop | use | assignment | expression
  func statement() -> Statement {
    switch kind {
    case .for: return loop()
    case .use: return use()
    case .fn where declaresFunction: return function()
    case .else: return strayElse()
    case .name, .fn:
      if nextKind == .assign { return assignment() }
      if let foreign = foreignStatement() { return foreign }
    default: break
    }
    let value = expression()
    return kind == .assign ? assignment(to: value) : .expression(value)
  }

  /// `fn` before a name, or before a word taken for one, declares a function.
  private var declaresFunction: Bool {
    switch nextKind {
    case .for, .use, .not, .true, .false, .none, .undefined: true
    default: nextKind.isName
    }
  }

  // assignment = name "=" expression
  private func assignment() -> Statement {
    let name = self.name()
    advance()
    let value = expression()
    return raise(
      .assignment(.init(name: name, value: value, span: span(from: name.span.start))),
      over: height)
  }

  /// An `=` after something that is no name.
  private func assignment(to target: Expression) -> Statement {
    report(.invalidTarget(target, at: target.span))
    advance()
    _ = expression()
    return .invalid(span(from: target.span.start))
  }

  // loop = "for" name "in" expression block
  private func loop() -> Statement {
    let start = current.start
    advance()
    let variable = self.name()
    let sequence = sequenceOfLoop()
    var highest = height
    let body = block(of: .loop)
    highest = max(highest, height)
    return raise(
      .loop(.init(variable: variable, sequence: sequence, body: body, span: span(from: start))),
      over: highest)
  }

  /// The list after the `in` of a loop or comprehension.
  func sequenceOfLoop() -> Expression {
    if take(.in) { return expression() }
    report(.expectedToken("in", "a loop reads `for name in list`", at: gapOrCurrent))
    skip { $0 == .in || $0 == .leftBrace || $0 == .rightBracket }
    if take(.in) { return expression() }
    height = 1
    return .missing(gap)
  }

  // use = "use" plain-text
  private func use() -> Statement {
    let start = current.start
    advance()
    height = 1
    guard kind == .textStart else {
      report(.expectedToken("\"", "`use` takes a file's name as a text", at: gapOrCurrent))
      skip()
      return .invalid(span(from: start))
    }
    let text = self.text()
    guard let path = text.literal else {
      reportAfter(.plainText("the file's name", at: text.span))
      return .invalid(span(from: start))
    }
    height = 1
    return .use(.init(path: path, pathSpan: text.span, span: span(from: start)))
  }

  private func strayElse() -> Statement {
    let start = current.start
    report(.strayElse(at: current.span))
    advance()
    if kind == .if { return .expression(conditional()) }
    if kind == .leftBrace { _ = block(of: .conditional) }
    return .invalid(span(from: start))
  }

  /// What a block belongs to, for messages.
  enum BlockOwner { case conditional, loop, function }

  // block = "{" statements "}"
  func block(of owner: BlockOwner) -> Block {
    if kind != .leftBrace {
      report(.expectedBlock(owner, found, colon: kind == .colon, at: gapOrCurrent))
      guard skipLineEnds(before: .leftBrace) else {
        height = 0
        return Block(statements: [], span: gap)
      }
    }
    guard depth < Self.maximumDepth else {
      let missing = tooDeep()
      return Block(statements: [.invalid(missing.span)], span: missing.span)
    }
    depth += 1
    defer { depth -= 1 }
    let (opener, outer) = open(.statements)
    let statements = self.statements(inBlock: true)
    if kind == .rightBrace {
      close(outer)
    } else {
      reportUnclosed(opener)
      leave(outer)
    }
    return Block(statements: statements, span: span(from: opener.start))
  }

  // name = NAME | "fn"
  func name() -> Name {
    guard kind.isName else {
      report(.expectedName(found, isKeyword: kind.isWord, at: gapOrCurrent))
      let span = kind.isWord ? current.span : gap
      // A keyword in a name's place was meant as the name.
      if kind.isWord, nextKind != .newline { advance() }
      return Name("", span)
    }
    let name = Name(text(current.span), current.span)
    advance()
    return name
  }

  /// Where to point for something missing before the current token.
  var gapOrCurrent: Span {
    kind == .newline || isAtEnd || current.span.isEmpty ? gap : current.span
  }
}

extension Diagnostic.Kind {
  public static let invalidTarget = Self(
    "E0119", "invalid-target",
    explanation: .init(
      "Only a name can be assigned; values do not change.",
      wrong: "x = [1, 2]\nx[0] = 3", right: "x = [1, 2]\nx = [3, x[1]]"))

  public static let expectedBlock = Self(
    "E0121", "expected-block",
    explanation: .init(
      """
      `if`, `for`, `else` and the parameters of a function are followed by a block in `{ }`, with \
      its `{` on the same line. A function may have `= expression` instead.
      """,
      wrong: "x = 1\nif x > 0: print(x)", right: "x = 1\nif x > 0 { print(x) }"))

  public static let expectedName = Self(
    "E0122", "expected-name",
    explanation: .init(
      """
      A name begins with a letter or `_` and continues with letters, digits and `_`. Keywords (`if \
      else for in use and or not true false none undefined`) cannot be names.
      """,
      wrong: "for 1 in [1, 2] { }", right: "for x in [1, 2] { }"))

  public static let strayElse = Self(
    "E0126", "stray-else",
    explanation: .init(
      "`else` must follow the block of an `if`.", wrong: "else { print(1) }",
      right: "if true { print(2) } else { print(1) }"))

  public static let expectedToken = Self(
    "E0129", "expected-token",
    explanation: .init(
      "The statement needs the named word or sign at the marked place.",
      wrong: "for x of [1, 2] { }", right: "for x in [1, 2] { }"))
}

extension Fault {
  fileprivate static func invalidTarget(_ target: Expression, at span: Span) -> Fault {
    let remedy: String? =
      switch target {
      case .member, .index: "values do not change; make a new value and assign it to the name"
      case .call: "declare a function as `fn name(…) = …`"
      case .operation: "to compare write `==`"
      default: nil
      }
    return Fault(
      .invalidTarget, at: span, "only a name can be assigned", remedy: remedy)
  }

  static func expectedBlock(
    _ owner: Parser.BlockOwner, _ found: String, colon: Bool, at span: Span
  ) -> Fault {
    let (what, remedy) =
      switch owner {
      case .conditional: ("`{` after the condition", "write `if … { … }`, `{` on the same line")
      case .loop: ("`{` after the loop's head", "write `for … in … { … }`, `{` on the same line")
      case .function:
        ("`=` or `{` after the parameters", "write `fn name(…) = …` or `fn name(…) { … }`")
      }
    return Fault(
      .expectedBlock, at: span,
      colon ? "write a block in `{ }`, not after `:`" : "expected \(what), not \(found)",
      remedy: remedy)
  }

  fileprivate static func expectedName(
    _ found: String, isKeyword: Bool, at span: Span
  ) -> Fault {
    Fault(
      .expectedName, at: span,
      isKeyword
        ? "\(found) is a keyword, not a name"
        : "expected a name, not \(found)",
      remedy: isKeyword ? "choose another name" : nil)
  }

  fileprivate static func strayElse(at span: Span) -> Fault {
    Fault(
      .strayElse, at: span, "`else` follows no `if`",
      remedy: "`else` must directly follow the block of an `if`")
  }

  static func expectedToken(
    _ token: String, _ why: String, at span: Span
  ) -> Fault {
    Fault(.expectedToken, at: span, "expected `\(token)` here", remedy: why)
  }
}
