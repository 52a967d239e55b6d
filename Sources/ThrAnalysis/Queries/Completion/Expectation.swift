import ThrModel
import ThrSyntax

/// What kind of value a place asks for.
struct Expectation {
  /// `nil` where anything may stand.
  var type: ValueType?
  /// What a builtin declares of the parameters that the place may be for.
  var parameters: [Signature.Parameter] = []
  /// Whether arithmetic or comparison stands between the place and what is asked for.
  var isPartOfFormula = false
  var isCondition = false
  /// Whether it is the right side of `|>`, and what comes in on the left.
  var isStage = false
  var piped: ValueType?
  /// Whether only an argument with its name may stand there.
  var isOnlyName = false

  /// A metric that cannot be the best by itself comes after those that can.
  func rank(of constant: Constant) -> Candidate.Rank {
    let rank = rank(of: constant.type, isNear: false)
    guard rank == .wanted, !isPartOfFormula, constant.hasNoDirection else { return rank }
    let asksForBest = parameters.contains { parameter in
      if case .objective = parameter.kind { true } else { false }
    }
    return asksForBest ? .suitable : rank
  }

  /// The rows that are set aside for what the place does with them come first.
  func order(of role: Role?) -> Int {
    guard let role, type != nil else { return 0 }
    let suiting: [Role] =
      switch parameters.lazy.compactMap(\.use).first {
      case .fits: [.train]
      case .calibrates: [.cal, .val]
      case .chooses: [.val]
      case .reports, nil: [.val, .test]
      }
    return suiting.contains(role) ? 0 : 1
  }

  func rank(of type: ValueType, isNear: Bool) -> Candidate.Rank {
    guard let wanted = self.type else {
      if isPartOfFormula, type != .unknown, !isArithmetic(type) {
        return isNear ? .possible : .unlikely
      }
      return isNear || isPartOfFormula ? .suitable : .possible
    }
    switch wanted.accepts(type) {
    case .always: return isNear || isAskedFor(type) ? .wanted : .suitable
    case .sometimes: return .suitable
    case .never: return isPartOfFormula && isArithmetic(type) ? .suitable : .unlikely
    }
  }

  /// A metric where a metric or a constraint is asked for.
  private func isAskedFor(_ type: ValueType) -> Bool {
    type == .metric || type == .constraint
  }

  private func isArithmetic(_ type: ValueType) -> Bool { type == .number || type == .metric }

  /// The forms that can take what a pipe hands in; all of them where none can, or nothing is piped.
  func fitting(_ forms: [Signature.Form]) -> [Signature.Form] {
    guard isStage, let piped else { return forms }
    let fitting = forms.filter { form in
      form.parameters.first.map { $0.argumentType.accepts(piped) != .never } ?? false
    }
    return fitting.isEmpty ? forms : fitting
  }

  func rank(ofCalls signature: Signature, _ result: ValueType) -> Candidate.Rank {
    if isStage {
      guard let piped else { return .possible }
      let takes = signature.forms.compactMap { $0.parameters.first?.argumentType.accepts(piped) }
      if takes.contains(.always), piped != .unknown { return .wanted }
      return takes.allSatisfy { $0 == .never } ? .unlikely : .possible
    }
    guard let type else { return .possible }
    // A function that gives nothing is called for what it does, not for its value.
    if result == .none { return .unlikely }
    switch type.accepts(result) {
    case .always: return type == .unknown ? .possible : .suitable
    case .sometimes: return .possible
    case .never: return .unlikely
    }
  }
}

extension CompletionProbe {
  /// What is expected at the place.
  var expectation: Expectation {
    var wanted = Expectation()
    wanted.isStage = isStage
    if wanted.isStage { wanted.piped = pipedType }
    return expectation(around: nodes.dropLast(), wanted)
  }

  /// What is asked of the value that the member at the place is read from.
  var expectationOfMember: Expectation {
    expectation(around: nodes.dropLast(2), Expectation())
  }

  private func expectation(around nodes: ArraySlice<SyntaxNode>, _ wanted: Expectation)
    -> Expectation
  {
    var wanted = wanted
    for node in nodes.reversed() {
      switch node {
      case .expression(.parenthesized): continue
      case .expression(.operation), .expression(.unary): wanted.isPartOfFormula = true
      case .argument(let argument, _):
        expect(argument, &wanted)
        return wanted
      case .expression(.conditional): return withCondition(wanted)
      default: return wanted
      }
    }
    return wanted
  }

  private func withCondition(_ wanted: Expectation) -> Expectation {
    var wanted = wanted
    wanted.isCondition = true
    if !wanted.isPartOfFormula { wanted.type = .boolean }
    return wanted
  }

  private var pipedType: ValueType? {
    for node in nodes.reversed() {
      guard case .expression(.pipe(let pipe)) = node else { continue }
      let before = pipe.stages.filter { $0.span.end <= place.start }
      return type(of: before.last ?? pipe.first)
    }
    return nil
  }

  private func expect(_ argument: Expression.Call.Argument, _ wanted: inout Expectation) {
    guard let call = changed.call(around: place.start), let callee = call.callee else { return }
    let forms = changed.forms(of: callee)
    wanted.parameters = call.possibleForms(in: document.vocabulary).compactMap { index in
      call.parameter(in: forms[index]).flatMap { forms[index].parameters[$0].declared }
    }
    wanted.isOnlyName =
      call.isAfterNamed && argument.label == nil && argument.span == place && !forms.isEmpty
    let types = wanted.parameters.filter { !$0.isByRow }.map(\.argumentType)
    guard !types.isEmpty, !types.contains(.unknown) else { return }
    wanted.type = .either(of: types)
    // A comparison with a metric makes a constraint.
    if wanted.isPartOfFormula, wanted.type?.accepts(.constraint) == .always {
      wanted.type = .either(.metric, .constraint)
    } else if wanted.type?.accepts(.constraint) == .always, wanted.type != .unknown {
      wanted.type = .either(of: types + [.metric])
    }
  }
}
