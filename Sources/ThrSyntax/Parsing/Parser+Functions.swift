extension Parser {
  // function   = "fn" name parameters ( "=" expression | block )
  func function() -> Statement {
    let start = current.start
    advance()
    let name = self.name()
    let parameters = self.parameters()
    var highest = height
    let body = self.body()
    highest = max(highest, height)
    return raise(
      .function(
        .init(name: name, parameters: parameters, body: body, span: span(from: start))),
      over: highest)
  }

  private func body() -> Statement.FunctionDeclaration.Body {
    if kind == .leftBrace { return .block(block(of: .function)) }
    guard kind != .assign else {
      advance()
      return .expression(expression())
    }
    report(.expectedBlock(.function, found, colon: kind == .colon, at: gapOrCurrent))
    height = 1
    if skipLineEnds(before: .leftBrace) { return .block(block(of: .function)) }
    return .expression(.missing(gap))
  }

  // parameters = "(" [ ( required { "," required } { "," optional }
  //                    | optional { "," optional } ) [ "," ] ] ")"
  private func parameters() -> [Statement.FunctionDeclaration.Parameter] {
    height = 0
    guard kind == .leftParenthesis else {
      report(.expectedToken("(", "write a function's parameters in parentheses", at: gapOrCurrent))
      return []
    }
    var parameters: [Statement.FunctionDeclaration.Parameter] = []
    var highest = 0
    let (opener, outer) = open(.brackets)
    items(in: opener, outer) { parser in
      parser.height = 0
      let parameter = parser.parameter()
      if parameter.defaultValue == nil, parameters.last?.defaultValue != nil {
        parser.reportAfter(.parameterOrder(parameter.name))
      }
      highest = max(highest, parser.height)
      parameters.append(parameter)
    }
    height = highest
    return parameters
  }

  // required = name
  // optional = name "=" expression
  private func parameter() -> Statement.FunctionDeclaration.Parameter {
    let name = self.name()
    guard take(.assign) else { return .init(name: name, defaultValue: nil) }
    return .init(name: name, defaultValue: expression())
  }
}

extension Diagnostic.Kind {
  public static let parameterOrder = Self(
    "E0124", "parameter-order",
    explanation: .init(
      "Parameters with a default value must come after those without one.",
      wrong: "fn f(a=1, b) = a + b", right: "fn f(b, a=1) = a + b"))
}

extension Fault {
  fileprivate static func parameterOrder(_ name: Name) -> Fault {
    Fault(
      .parameterOrder, at: name.span,
      "`\(name.text)` has no default but follows a parameter that has one",
      remedy: "put it before the parameters with defaults, or give it a default")
  }
}
