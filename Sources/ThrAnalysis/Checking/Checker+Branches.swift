import ThrModel
public import ThrSyntax

/// What one way through the program leaves.
struct Flow {
  var value = StaticValue.unknown
  var changes: [String: Binding] = [:]
}

extension Checker {
  /// Walks a branch, then takes back what it did.
  func branch(isCertain: Bool, _ body: () -> StaticValue) -> Flow {
    let version = outerNames.version
    let judgedBefore = judged
    let mark = names.mark()
    if !isCertain { context.uncertainty += 1 }
    let value = body()
    if !isCertain { context.uncertainty -= 1 }
    let changes = names.undo(to: mark)
    judged = judgedBefore
    outerNames.restore(version)
    return Flow(value: value, changes: changes)
  }

  /// Lets the names be what they are after one of several ways, whichever it was.
  func merge(_ flows: [Flow]) {
    var joined: [String: (binding: Binding, count: Int)] = [:]
    for flow in flows {
      for (name, binding) in flow.changes {
        guard let known = joined[name] else {
          joined[name] = (binding, 1)
          continue
        }
        joined[name] = (known.binding.joined(binding), known.count + 1)
      }
    }
    for (name, (binding, count)) in joined {
      bind(name, count == flows.count ? binding : orElse(binding, whatIsNow: name))
    }
  }

  /// A name that some of the ways left alone.
  private func orElse(_ binding: Binding, whatIsNow name: String) -> Binding {
    if let now = names.frames[names.current].bindings[name] { return binding.joined(now) }
    return binding.uncertain
  }

  func muted<Result>(_ muting: Context.Muting, _ body: () -> Result) -> Result {
    let before = context.muting
    if muting.rawValue > before.rawValue { context.muting = muting }
    defer { context.muting = before }
    return body()
  }

  /// Walks what never runs, so that questions about it have answers, and forgets it.
  func walkUnreachable(_ body: () -> StaticValue) {
    _ = muted(.all) { branch(isCertain: false, body) }
  }

  // MARK: - Conditions

  func value(of conditional: Expression.Conditional) -> StaticValue {
    let version = outerNames.version
    let mark = names.mark()
    var chain = Chain()
    for (index, clause) in conditional.branches.enumerated() {
      if index > 0 { context.uncertainty += 1 }
      walk(clause, &chain)
      if index > 0 { context.uncertainty -= 1 }
    }
    walkRest(conditional.otherwise, &chain)
    let conditions = names.undo(to: mark)
    outerNames.restore(version)
    merge([Flow(changes: conditions)])
    merge(chain.flows)
    return chain.value
  }

  /// The branches of an `if` as far as they are walked.
  private struct Chain {
    var flows: [Flow] = []
    /// Whether a condition above is written so that it is always true.
    var isDecided = false
    /// Whether a run may come here, by what is known of the names.
    var isPossible = true

    var value: StaticValue {
      flows.dropFirst().reduce(flows.first?.value ?? .unknown) { $0.joined($1.value) }
    }
  }

  private func walk(_ clause: Expression.Conditional.Branch, _ chain: inout Chain) {
    if chain.isDecided {
      report(.unreachable(clause.condition.span, because: "a condition above is always true"))
      return walkUnreachable { self.value(of: clause.body.statements) }
    }
    let isBroken = isBroken(Span(clause.condition.span.start, clause.body.span.start))
    muted(chain.isPossible && !isBroken ? .none : .allButNames) { condition(clause.condition) }
    if clause.condition.literalTruth == false {
      report(.unreachable(clause.condition.span, because: "the condition is always false"))
      return walkUnreachable { self.value(of: clause.body.statements) }
    }
    var isPossible = chain.isPossible
    let flow = branch(isCertain: clause.condition.literalTruth == true) {
      isPossible = self.narrow(clause.condition, to: true) && isPossible
      return self.muted(isPossible ? .none : .allButNames) {
        self.value(of: clause.body.statements)
      }
    }
    if isPossible { chain.flows.append(flow) }
    chain.isDecided = clause.condition.literalTruth == true
    chain.isPossible = narrow(clause.condition, to: false) && chain.isPossible
  }

  private func walkRest(_ otherwise: Block?, _ chain: inout Chain) {
    if chain.isDecided {
      guard let otherwise else { return }
      report(.unreachable(otherwise.span, because: "a condition above is always true"))
      return walkUnreachable { self.value(of: otherwise.statements) }
    }
    guard let otherwise else {
      if chain.isPossible { chain.flows.append(Flow(value: StaticValue(constant: .none))) }
      return
    }
    let flow = branch(isCertain: false) {
      self.muted(chain.isPossible ? .none : .allButNames) { self.value(of: otherwise.statements) }
    }
    if chain.isPossible { chain.flows.append(flow) }
  }

  /// Checks that an expression is a condition.
  func condition(_ expression: Expression) {
    let value = value(of: expression)
    if ValueType.boolean.accepts(value.type) == .never {
      report(.notACondition(value.type), at: expression.span, of: expression)
    }
  }
}

extension Expression {
  /// `true` and `false` as written, also after `not`.
  var literalTruth: Bool? {
    switch bare {
    case .boolean(let boolean, _): boolean
    case .unary(let unary) where unary.operator == .not: unary.operand.literalTruth.map { !$0 }
    default: nil
    }
  }
}

extension Diagnostic.Kind {
  public static let unreachable = Diagnostic.Kind(
    "W0602", "unreachable", .warning,
    explanation: .init(
      "The condition is always true or always false, or the list is empty, so this never runs.",
      wrong: "if false { print(1) }", right: "print(1)"))
}

extension Diagnostic {
  fileprivate static func unreachable(_ span: Span, because reason: String) -> Diagnostic {
    Diagnostic(
      .unreachable, at: span, "this branch never runs: \(reason)",
      remedy: "remove the branch, or correct the condition")
  }
}
