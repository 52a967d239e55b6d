import ThrModel
public import ThrSyntax

extension Checker {
  /// Checks statements and gives their value: the last one's, if that is an expression.
  func value(of statements: [Statement]) -> StaticValue {
    var last = StaticValue.unknown
    for statement in statements {
      if context.purpose == .call, effort.isSpentOnCalls { return .unknown }
      last = value(of: statement)
    }
    return last
  }

  private func value(of statement: Statement) -> StaticValue {
    switch statement {
    case .assignment(let assignment): assign(assignment.name, value(of: assignment.value))
    case .function(let function): declare([function])
    case .loop(let loop): check(loop)
    case .use(let use): check(use)
    case .expression(let expression): return value(of: expression)
    case .invalid: break
    }
    return .unknown
  }

  // MARK: - Functions

  /// Makes functions known in the current scope.
  func declare(_ declarations: [Statement.FunctionDeclaration]) {
    for declaration in declarations where !declaration.name.text.isEmpty {
      let id = FunctionID(unit: unit, offset: declaration.name.span.start)
      if functions[id] == nil {
        outerNames.add(declaration)
        reportRepeatedParameters(declaration)
      }
      functions[id] = UserFunction(declaration: declaration, home: currentHome, file: file)
      var value = StaticValue(.function)
      value.callee = .function(id)
      assign(declaration.name, value)
    }
  }

  private var currentHome: UserFunction.Home {
    if names.current == 0 { return .file }
    return .body(frame: names.current, serial: names.frames[names.current].serial)
  }

  private func reportRepeatedParameters(_ declaration: Statement.FunctionDeclaration) {
    var seen: Set<String> = []
    for parameter in declaration.parameters where !parameter.name.text.isEmpty {
      if !seen.insert(parameter.name.text).inserted {
        report(.repeatedParameter(parameter.name, of: declaration.name))
      }
    }
  }

  // MARK: - Other files

  private func check(_ use: Statement.Use) {
    guard let interface = uses[use.path] else { return }
    let base = lastUnit + 1
    let used = interface.asUsed(file: use.path, unit: base)
    lastUnit = base + interface.lastUnit
    functions.merge(used.functions) { known, _ in known }
    homes.merge(used.homes) { known, _ in known }
    for (name, binding) in used.names { bind(name, binding) }
    if used.isOpen { names.update { $0.isOpen = true } }
  }

  // MARK: - Loops

  private func check(_ loop: Statement.Loop) {
    let sequence = value(of: loop.sequence)
    guard let element = element(of: sequence, at: loop.sequence) else {
      return walkUnreachable { self.turn(loop, .unknown) }
    }
    if case .list(let elements, _) = loop.sequence.bare, elements.isEmpty {
      report(.emptyLoop(at: loop.sequence.span))
      return walkUnreachable { self.turn(loop, .unknown) }
    }
    let isDeep = context.loops >= 2
    context.loops += 1
    defer { context.loops -= 1 }
    if isDeep || effort.isSpentOnLoops { forget(AssignedNames(loop.body.statements)) }
    settle(loop, element, rounds: isDeep || effort.isSpentOnLoops ? 0 : 2)
    let flow = branch(isCertain: sequence.isNonEmpty) { self.turn(loop, element) }
    merge(sequence.isNonEmpty ? [flow] : [flow, Flow()])
  }

  /// One turn of a loop.
  private func turn(_ loop: Statement.Loop, _ element: StaticValue) -> StaticValue {
    var element = element
    if element.number == nil { element.number = numbering.opaque() }
    assign(loop.variable, element)
    return value(of: loop.body.statements)
  }

  /// Lets the names before the loop be all that they are before any of its turns.
  private func settle(_ loop: Statement.Loop, _ element: StaticValue, rounds: Int) {
    for round in 0..<rounds {
      let before = names.frames[names.current].bindings
      let flow = muted(.all) { branch(isCertain: false) { self.turn(loop, element) } }
      merge([flow, Flow()])
      let isSettled = flow.changes.keys.allSatisfy {
        before[$0]?.value == names.frames[names.current].bindings[$0]?.value
      }
      if isSettled { return }
      if round == rounds - 1 { forget(AssignedNames(loop.body.statements)) }
    }
  }

  /// Lets names be anything.
  func forget(_ assigned: AssignedNames) {
    for name in assigned.first.keys.sorted() {
      if binding(of: name) == nil { continue }
      bind(name, Binding(value: .unknown, isCertain: false))
    }
  }

  /// What a list's elements are; `nil` where there certainly is no list.
  func element(of sequence: StaticValue, at expression: Expression) -> StaticValue? {
    if ValueType.list(.unknown).accepts(sequence.type) == .never {
      report(.notASequence(sequence.type), at: expression.span, of: expression)
      return nil
    }
    let elements = sequence.type.alternatives.map { type -> ValueType in
      if case .list(let element) = type { element } else { .unknown }
    }
    let certain = sequence.type.alternatives.contains(.unknown)
    return StaticValue(certain ? .unknown : .joined(elements) ?? .unknown)
  }
}

extension Diagnostic.Kind {
  public static let repeatedParameter = Diagnostic.Kind(
    "E0215", "repeated-parameter",
    explanation: .init(
      "Each parameter of a function has a name of its own.", wrong: "fn add(a, a) = a + a",
      right: "fn add(a, b) = a + b"))

  public static let unreachable = Diagnostic.Kind(
    "W0602", "unreachable", .warning,
    explanation: .init(
      "The condition is always true or always false, or the list is empty, so this never runs.",
      wrong: "if false { print(1) }", right: "print(1)"))
}

extension Diagnostic {
  fileprivate static func repeatedParameter(_ name: Name, of function: Name) -> Diagnostic {
    Diagnostic(
      .repeatedParameter, at: name.span,
      "`\(function.text)` has two parameters named `\(name.text)`", remedy: "rename one of them")
  }

  fileprivate static func emptyLoop(at span: Span) -> Diagnostic {
    Diagnostic(
      .unreachable, at: span, "this loop never runs, because its list is empty",
      remedy: "put elements into the list, or remove the loop")
  }
}
