import ThrModel
public import ThrSyntax

extension Checker {
  /// Checks statements and gives their value: the last one's, if that is an expression, or `none`.
  func value(of statements: [Statement]) -> StaticValue {
    var last = StaticValue(constant: .none)
    for statement in statements {
      if context.isCutShort { return .unknown }
      last = value(of: statement)
    }
    return last
  }

  private func value(of statement: Statement) -> StaticValue {
    guard statement.isOneLine, isBroken(statement.span) else { return wholeValue(of: statement) }
    return muted(.allButNames) { wholeValue(of: statement) }
  }

  /// Whether the parser found a fault in a part of the text, which then may mean something else
  /// than it says: only names are still questioned there.
  func isBroken(_ span: Span) -> Bool { unit == 0 && !faults.isEmpty && hasFault(in: span) }

  private func wholeValue(of statement: Statement) -> StaticValue {
    switch statement {
    case .assignment(let assignment): assign(assignment.name, value(of: assignment.value))
    case .function(let function): declare([function])
    case .loop(let loop): check(loop)
    case .use(let use): check(use)
    case .expression(let expression): return value(of: expression)
    case .invalid: return .unknown
    }
    return StaticValue(constant: .none)
  }

  // MARK: - Functions

  /// Makes the functions among a scope's statements known: they are visible throughout.
  func declareFunctions(in statements: [Statement]) {
    // Where a name is declared twice, the first one counts until the second is reached.
    for case .function(let function) in statements.reversed() { declare([function]) }
  }

  /// Makes functions known in the current scope.
  func declare(_ declarations: [Statement.FunctionDeclaration]) {
    for declaration in declarations where !declaration.name.text.isEmpty {
      let id = id(of: declaration)
      let home = homeOfDeclarations
      if functions[id] == nil {
        let function = UserFunction(
          declaration: declaration, home: home, file: file,
          mentioned: continuation?.functions[id]?.mentioned ?? MentionedNames(in: declaration).all,
          comments: unit == 0 ? comments : nil)
        functions[id] = function
        outerNames.add(function)
        reportRepeatedParameters(declaration)
      } else {
        functions[id]?.home = home
      }
      var value = StaticValue(.function)
      value.callee = .function(id)
      assign(declaration.name, value)
    }
  }

  /// What distinguishes a declaration of the walked text from others.
  func id(of declaration: Statement.FunctionDeclaration) -> FunctionID {
    let place = DeclarationPlace(unit: unit, offset: declaration.name.span.start)
    return FunctionID(unit: unit, serial: serials.serial(at: place))
  }

  private func reportRepeatedParameters(_ declaration: Statement.FunctionDeclaration) {
    guard declaration.parameters.count > 1 else { return }
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
    let used = bring(interface, from: use.path)
    functions.merge(used.functions) { known, _ in known }
    for (name, binding) in used.names { bind(name, binding) }
    if used.isOpen { names.update { $0.isOpen = true } }
  }
}

/// Where a function's name begins, in one of the texts.
struct DeclarationPlace: Hashable {
  let unit: Int
  let offset: Int
}

extension Statement {
  /// Whether no blocks with statements of their own stand in it.
  fileprivate var isOneLine: Bool {
    switch self {
    case .assignment(let assignment): assignment.value.blocks.isEmpty
    case .expression(let expression): expression.blocks.isEmpty
    case .function, .loop, .use, .invalid: false
    }
  }
}

extension Diagnostic.Kind {
  public static let repeatedParameter = Diagnostic.Kind(
    "E0215", "repeated-parameter",
    explanation: .init(
      "Each parameter of a function needs a different name.", wrong: "fn add(a, a) = a + a",
      right: "fn add(a, b) = a + b"))

  public static let repeatedField = Diagnostic.Kind(
    "E0216", "repeated-field",
    explanation: .init(
      "Each field of a record needs a different name.", wrong: "r = {fp: 1, fp: 2}",
      right: "r = {fp: 1, fn: 2}"))
}

extension Diagnostic {
  static func repeatedField(_ name: Name) -> Diagnostic {
    Diagnostic(
      .repeatedField, at: name.span, "the record already has a field `\(name.text)`",
      remedy: "rename one of them")
  }

  fileprivate static func repeatedParameter(_ name: Name, of function: Name) -> Diagnostic {
    Diagnostic(
      .repeatedParameter, at: name.span,
      "`\(function.text)` has two parameters named `\(name.text)`", remedy: "rename one of them")
  }
}
