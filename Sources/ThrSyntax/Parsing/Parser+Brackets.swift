extension Parser {
  /// Whether the innermost bracket ends here without its own closer.
  var endsBrackets: Bool {
    switch kind {
    case .end, .newline, .interpolationEnd, .textEnd, .format: return true
    case .semicolon: if case .unclosed = layout { return true } else { return false }
    default: return kind.isCloser
    }
  }

  /// The elements up to the closer, with commas between and perhaps one after the last; with
  /// `after`, the first has been parsed already.
  func items(
    in opener: Token, _ outer: Layout, after: Bool = false,
    element: (Parser) -> Void
  ) {
    let closer = opener.kind.closer
    var isAfterElement = after
    while true {
      if isAfterElement { separate(closer) }
      if kind == closer || endsBrackets { break }
      let before = index
      element(self)
      isAfterElement = true
      // An element that is no element and is followed by no comma must not be tried again.
      if index == before, kind != .comma, kind != closer, !endsBrackets { skipElement() }
    }
    finish(opener, outer)
  }

  private func skipElement() {
    let before = index
    skip { $0 == .comma || $0.isCloser }
    if index == before, !endsBrackets { advance() }
  }

  /// Consumes the comma between two elements, or reports that there is none.
  private func separate(_ closer: Token.Kind) {
    if take(.comma) || kind == closer || endsBrackets { return }
    if kind == .semicolon {
      report(.missingComma(found, at: current.span, fix: false))
      return advance()
    }
    if kind.startsExpression || kind == .invalid {
      report(percentFault() ?? .missingComma(found, at: gap, fix: true))
      if kind != .invalid { return }
    } else {
      report(unexpected(inStatementFrom: index))
    }
    skipElement()
    _ = take(.comma)
  }

  // The brackets around a single expression.
  func enclosed() -> Expression {
    let (opener, outer) = open(.brackets)
    let inner = expression()
    let innerHeight = height
    expectCloser(of: opener, outer)
    height = innerHeight
    return inner
  }

  /// Consumes the closer that must stand here, or passes over what stands before it.
  func expectCloser(of opener: Token, _ outer: Layout) {
    let closer = opener.kind.closer
    if kind != closer, !endsBrackets {
      report(
        kind == .comma
          ? .severalValues(opener, at: current.span, listFix(opener))
          : unexpectedInside())
    }
    while kind != closer, !endsBrackets {
      skipElement()
      _ = take(.comma)
    }
    finish(opener, outer)
  }

  /// What makes a list of values in parentheses.
  private func listFix(_ opener: Token) -> [Diagnostic.Fix] {
    var open = 0
    let closer = tokens[index...].first { token in
      if token.kind == .textStart || token.kind.isOpener { open += 1 }
      if token.kind == .textEnd || token.kind.isCloser { open -= 1 }
      return open < 0
    }
    guard opener.kind == .leftParenthesis, let closer, closer.kind == .rightParenthesis else {
      return []
    }
    let values = text(Span(opener.end, closer.start))
    return [
      .init("write a list", replacing: Span(opener.start, closer.end), with: "[\(values)]")
    ]
  }

  private func unexpectedInside() -> Fault {
    kind == .assign
      ? .assignmentAsValue(at: current.span) : unexpected(inStatementFrom: index)
  }

  private func finish(_ opener: Token, _ outer: Layout) {
    if kind == opener.kind.closer { return close(outer) }
    if current.isMismatched {
      report(.mismatchedBracket(opener, found, at: current.span))
      return close(outer)
    }
    reportUnclosed(opener)
    leave(outer)
  }

  func reportUnclosed(_ opener: Token) {
    report(.unclosedBracket(opener, before: found, at: gap))
  }
}

extension Diagnostic.Kind {
  public static let unclosedBracket = Self(
    "E0111", "unclosed-bracket",
    explanation: .init(
      """
      Every `(`, `[` and `{` needs a closing bracket. An unclosed bracket is assumed to end before \
      the next line that is indented no more than its own line.
      """,
      wrong: "x = max(1, 2\ny = 3", right: "x = max(1, 2)\ny = 3"))

  public static let strayBracket = Self(
    "E0112", "stray-bracket",
    explanation: .init(
      "There is a closing bracket without an opening one.", wrong: "x = (1 + 2))",
      right: "x = (1 + 2)"))

  public static let mismatchedBracket = Self(
    "E0113", "mismatched-bracket",
    explanation: .init(
      "A bracket is closed by a bracket of another kind.", wrong: "x = [1, 2)",
      right: "x = [1, 2]"))

  public static let missingComma = Self(
    "E0114", "missing-comma",
    explanation: .init(
      "Arguments, elements, parameters and fields are separated by commas.",
      wrong: "x = [1 2]", right: "x = [1, 2]"))

  public static let severalValues = Self(
    "E0115", "several-values",
    explanation: .init(
      "Parentheses and indices contain one value. For several values write a list in `[ ]`.",
      wrong: "x = (1, 2)", right: "x = [1, 2]"))
}

extension Fault {
  fileprivate static func unclosedBracket(
    _ opener: Token, before found: String, at span: Span
  ) -> Fault {
    let (open, close) = (opener.kind.bracketText, opener.kind.closer.bracketText)
    return Fault(
      .unclosedBracket, at: span, "`\(open)` is not closed before \(found)",
      remedy: "close it with `\(close)`",
      notes: [.init("`\(open)` is here", at: opener.span)],
      fixes: [.init("insert `\(close)`", replacing: span, with: close)])
  }

  static func strayBracket(_ found: String, at span: Span) -> Fault {
    Fault(
      .strayBracket, at: span, "\(found) has no opening bracket",
      remedy: "remove it", fixes: [.init("remove \(found)", replacing: span, with: "")])
  }

  fileprivate static func mismatchedBracket(
    _ opener: Token, _ found: String, at span: Span
  ) -> Fault {
    let (open, close) = (opener.kind.bracketText, opener.kind.closer.bracketText)
    return Fault(
      .mismatchedBracket, at: span, "`\(open)` is closed by \(found)",
      remedy: "write `\(close)`", notes: [.init("`\(open)` is here", at: opener.span)],
      fixes: [.init("write `\(close)`", replacing: span, with: close)])
  }

  static func missingComma(_ found: String, at span: Span, fix: Bool) -> Fault {
    Fault(
      .missingComma, at: span, "a comma is missing before \(found)", remedy: "write `,` between",
      fixes: fix ? [.init("insert `,`", replacing: span, with: ",")] : [])
  }

  fileprivate static func severalValues(
    _ opener: Token, at span: Span, _ fixes: [Diagnostic.Fix]
  ) -> Fault {
    opener.kind == .leftParenthesis
      ? Fault(
        .severalValues, at: span, "parentheses contain one value",
        remedy: "write a list as `[a, b]`",
        fixes: fixes)
      : Fault(
        .severalValues, at: span, "an index is one value",
        remedy: "index twice, `a[i][j]`, or put a comma before `[` to begin another list")
  }
}
