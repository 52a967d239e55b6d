extension Parser {
  // postfix = NUMBER | PERCENT | primary { trailer }
  // trailer = arguments | member | index | slice
  func postfix() -> Expression {
    let start = current.start
    let isNumber = kind == .number || kind == .percent
    var target = primary()
    while kind == .leftParenthesis || kind == .leftBracket || kind == .dot {
      if isNumber { reportAfterNumber() }
      let below = height
      switch kind {
      case .leftParenthesis: target = call(target, below, start)
      case .leftBracket: target = indexed(target, below, start)
      default: target = member(target, below, start)
      }
    }
    return target
  }

  private func call(_ callee: Expression, _ below: Int, _ start: Int) -> Expression {
    let argumentsStart = current.start
    let arguments = self.arguments()
    return raise(
      .call(
        .init(
          callee: callee, arguments: arguments, argumentsSpan: span(from: argumentsStart),
          span: span(from: start))),
      over: max(below, height))
  }

  // arguments = "(" [ ( positional { "," positional } { "," named }
  //                   | named { "," named } ) [ "," ] ] ")"
  private func arguments() -> [Expression.Call.Argument] {
    var arguments: [Expression.Call.Argument] = []
    var highest = 0
    let (opener, outer) = open(.brackets)
    items(in: opener, outer) { parser in
      let before = parser.index
      let argument = parser.argument()
      highest = max(highest, parser.height)
      if argument.label == nil, arguments.last?.label != nil, parser.index != before {
        parser.reportAfter(.argumentOrder(argument.value.span))
      }
      arguments.append(argument)
    }
    height = highest
    return arguments
  }

  // positional = expression
  // named      = name "=" expression
  private func argument() -> Expression.Call.Argument {
    guard kind.isName, nextKind == .assign else { return .init(label: nil, value: expression()) }
    let label = name()
    advance()
    return .init(label: label, value: expression())
  }

  // member = "." WORD
  private func member(_ target: Expression, _ below: Int, _ start: Int) -> Expression {
    advance()
    let name: Name
    if kind.isWord {
      name = Name(text(current.span), current.span)
      advance()
    } else {
      report(.expectedMember(found, at: gapOrCurrent))
      name = Name("", gap)
    }
    return raise(
      .member(.init(target: target, name: name, span: span(from: start))), over: below)
  }

  // index = "[" expression "]"
  // slice = "[" [ expression ] ":" [ expression ] "]"
  private func indexed(_ target: Expression, _ below: Int, _ start: Int) -> Expression {
    let (opener, outer) = open(.brackets)
    var highest = below
    let lower = kind == .colon ? nil : end(&highest)
    guard take(.colon) else {
      expectCloser(of: opener, outer)
      let index = lower ?? .missing(gap)
      return raise(
        .index(.init(target: target, index: index, span: span(from: start))), over: highest)
    }
    let upper = kind == .colon || endsBrackets ? nil : end(&highest)
    if kind == .colon { report(.stride(at: current.span)) }
    while take(.colon) { if kind != .colon, !endsBrackets { _ = end(&highest) } }
    expectCloser(of: opener, outer)
    return raise(
      .slice(.init(target: target, lower: lower, upper: upper, span: span(from: start))),
      over: highest)
  }

  /// An index, or an end of a slice.
  private func end(_ highest: inout Int) -> Expression {
    let end = expression()
    highest = max(highest, height)
    return end
  }

  /// A bracket or a dot after a number, which takes neither.
  private func reportAfterNumber() {
    if let fault = percentFault() { return report(fault) }
    let number = previous.map { text($0.span) } ?? ""
    switch kind {
    case .dot: report(.numberMember(at: current.span))
    case .leftParenthesis: report(.numberCall(number, at: current.span))
    default: report(.missingComma(found, at: gap, fix: true))
    }
  }
}

extension Diagnostic.Kind {
  public static let argumentOrder = Self(
    "E0123", "argument-order",
    explanation: .init(
      "In a call, positional arguments come before named ones.",
      wrong: "x = round(digits=2, 1.234)", right: "x = round(1.234, digits=2)"))

  public static let numberWithMember = Self(
    "E0131", "number-with-member",
    explanation: .init(
      "A number has no members and cannot be called. Write multiplication with `*`.",
      wrong: "x = 2(3 + 4)", right: "x = 2 * (3 + 4)"))
}

extension Fault {
  fileprivate static func argumentOrder(_ span: Span) -> Fault {
    Fault(
      .argumentOrder, at: span, "a positional argument follows a named one",
      remedy: "put it before the named arguments, or name it")
  }

  fileprivate static func numberMember(at span: Span) -> Fault {
    Fault(
      .numberWithMember, at: span, "a number has no members",
      remedy: "a decimal point needs a digit on both sides: `1.0`")
  }

  fileprivate static func numberCall(_ number: String, at span: Span) -> Fault {
    Fault(
      .numberWithMember, at: span, "a number cannot be called",
      remedy: "to multiply write `\(number) * (…)`",
      fixes: [.init("multiply", replacing: Span(span.start, span.start), with: " * ")])
  }

  fileprivate static func stride(at span: Span) -> Fault {
    Fault(
      .unexpectedToken, at: span, "a slice has two ends and no step",
      remedy: "write `[xs[i] for i in range(0, len(xs), 2)]`")
  }

  fileprivate static func expectedMember(_ found: String, at span: Span) -> Fault {
    Fault(
      .expectedName, at: span, "expected a member's name after `.`, not \(found)")
  }
}
