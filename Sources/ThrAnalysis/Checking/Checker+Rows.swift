import ThrModel
import ThrSyntax

/// A call of a builtin that is certain to fit.
struct FollowedCall {
  let signature: Signature
  let form: Int
  /// The arguments for each parameter.
  let arguments: [[CheckedArgument]]

  var parameters: [Signature.Parameter] { signature.forms[form].parameters }
}

/// What was judged, as far as every run shows two of them to differ.
struct SymbolicDecision: Hashable {
  /// Everything but the threshold.
  var rest: [ValueNumber]
  /// The threshold; `nil` for the customary one and where it is not known before a run.
  var threshold: Double?

  func isOther(than earlier: SymbolicDecision) -> Bool {
    if rest != earlier.rest { return true }
    guard let threshold, let former = earlier.threshold else { return false }
    return threshold != former
  }

  func after(_ earlier: SymbolicDecision?) -> SymbolicDecision {
    guard let earlier else { return self }
    return rest == earlier.rest && earlier.threshold == nil ? self : earlier
  }
}

/// What is judged on which rows, by one builtin.
struct Judgement: Hashable {
  let builtin: String
  let rows: SymbolicRows
}

// Follows rows through a program by what signatures declare, and reports leaks by the rule table of
// the model. Only what every run does is reported; run time knows the rest.
extension Checker {
  // More uses of rows than this are not remembered.
  private static let longestHistory = 64

  /// Notes what a call does with rows, and which rows its result holds.
  func follow(_ call: FollowedCall, into result: inout StaticValue) {
    let numbers = call.parameters.indices.map { number(of: call, parameter: $0) }
    result.number = number(ofCall: call, numbers)
    let history = call.arguments.joined().reduce(into: Set<SymbolicUse>()) { all, argument in
      if !argument.value.history.isEmpty { all.formUnion(argument.value.history) }
    }
    reportLeaks(in: call, history)
    checkObjectives(of: call)
    reportSecondDecision(in: call, numbers)
    guard result.type.mayHoldObject else {
      if result.type.isList { result.rows = rows(of: call, result.number) }
      // What is computed from a chosen threshold is still chosen; a number of an object is not.
      for argument in call.arguments.joined() where !argument.value.type.mayHoldObject {
        result.history.formUnion(argument.value.history)
      }
      return
    }
    result.rows = rows(of: call, result.number)
    result.history = history.union(newUses(in: call))
    if result.history.count > Self.longestHistory { result.history = [] }
  }

  /// Notes which rows a member holds.
  func follow(_ member: String, of target: StaticValue, into value: inout StaticValue) {
    if isChoice(member, of: target.type) || target.type.isRecord { value.history = target.history }
    guard let number = target.number else { return }
    value.number = numbering.member(member, of: number)
    guard let role = role(of: member, in: target.type) else { return }
    let whole = target.rows ?? .source(number)
    value.history = target.history
    if role == .whole {
      value.rows = whole
    } else if whole.depth < SymbolicRows.maximumDepth {
      value.rows = .part(of: whole, by: number, role: role)
    }
  }

  private func isChoice(_ member: String, of type: ValueType) -> Bool {
    type.alternatives.contains { alternative in
      guard case .object(let name) = alternative else { return false }
      return vocabulary.type(name)?.members.contains { $0.name == member && $0.isChoice } ?? false
    }
  }

  /// What a member's rows are set aside for, if that holds for every type the value may have.
  private func role(of member: String, in type: ValueType) -> Role? {
    var owners: [ObjectType.Facts] = []
    for alternative in type.alternatives {
      switch alternative {
      case .object(let name): owners += vocabulary.type(name).map { [$0] } ?? []
      case .unknown: owners += vocabulary.types
      default: return nil
      }
    }
    let roles = Set(owners.compactMap { $0.members.first { $0.name == member }?.role })
    let isShared = owners.allSatisfy { owner in
      owner.members.first { $0.name == member }.map { $0.role != nil } ?? true
    }
    return isShared && roles.count == 1 ? roles.first : nil
  }

  private func number(of call: FollowedCall, parameter: Int) -> ValueNumber {
    let arguments = call.arguments[parameter]
    let declared = call.parameters[parameter]
    if declared.kind == .variadic { return numbering.list(arguments.map(number)) }
    if let argument = arguments.first { return number(argument) }
    if let known = standInNumbers[declared.identity] { return known }
    let number = numbering.constant(declared.defaultValue ?? .none)
    standInNumbers[declared.identity] = number
    return number
  }

  private func number(_ argument: CheckedArgument) -> ValueNumber {
    if let number = argument.value.number { return number }
    if let constant = argument.value.constant { return numbering.constant(constant) }
    return numbering.opaque()
  }

  private func rows(of call: FollowedCall, _ number: ValueNumber?) -> SymbolicRows? {
    switch call.signature.forms[call.form].rows {
    case .own: number.map(SymbolicRows.source)
    case .all(let parameter): rows(of: call, parameter)
    case .allOrOwn(let parameter): rows(of: call, parameter) ?? number.map(SymbolicRows.source)
    case nil: nil
    }
  }

  private func rows(of call: FollowedCall, _ parameter: String) -> SymbolicRows? {
    guard let index = call.parameters.firstIndex(where: { $0.name == parameter }),
      let value = call.arguments[index].first?.value
    else { return nil }
    return value.rows
  }

  private func newUses(in call: FollowedCall) -> [SymbolicUse] {
    call.parameters.compactMap { parameter in
      guard let use = parameter.use, let rows = rows(of: call, parameter.name) else { return nil }
      return SymbolicUse(use: use, rows: rows)
    }
  }

  // MARK: - Reporting

  private func reportLeaks(in call: FollowedCall, _ history: Set<SymbolicUse>) {
    for (parameter, arguments) in zip(call.parameters, call.arguments) {
      guard let use = parameter.use, let argument = arguments.first,
        let rows = argument.value.rows
      else { continue }
      let past = Set(history.filter { $0.rows.overlaps(rows) }.map(\.use))
      let leak = Leak.found(
        using: use, role: rows.role, past: past, parameter: parameter.name)
      if let leak { reportLeak(leak, at: argument.span, fixes: fixes(of: leak, in: argument)) }
    }
  }

  /// Reports where the same test rows judge another decision than before.
  private func reportSecondDecision(in call: FollowedCall, _ numbers: [ValueNumber]) {
    guard context.purpose == .file, context.loops == 0 else { return }
    for (index, parameter) in call.parameters.enumerated() where parameter.use == .reports {
      guard let argument = call.arguments[index].first, let rows = argument.value.rows,
        rows.role == .test
      else { continue }
      var decision = SymbolicDecision(rest: [], threshold: threshold(of: call))
      for (place, parameter) in call.parameters.enumerated()
      where place != index && parameter.name != "at" {
        decision.rest.append(numbers[place])
      }
      // The scores of two models on the same rows are two decisions too.
      if let number = argument.value.number { decision.rest.append(number) }
      if decision.rest.contains(where: \.isOpaque) { continue }
      let judgement = Judgement(builtin: call.signature.name, rows: rows)
      present.note(judgement, knownBefore: judged[judgement])
      if context.judgedTogether?.contains(judgement) == true { continue }
      if judged[judgement] == nil { context.judgedTogether?.insert(judgement) }
      if let earlier = judged[judgement], decision.isOther(than: earlier) {
        reportLeak(.secondDecision(parameter.name), at: argument.span)
      }
      judged[judgement] = decision.after(judged[judgement])
    }
  }

  /// The threshold that is judged in every run; two tunings may have the same threshold.
  private func threshold(of call: FollowedCall) -> Double? {
    guard case .number(let number)? = call.argument("at")?.value.constant,
      number != JudgedDecision.customaryThreshold
    else { return nil }
    return number
  }

  /// Other rows of the same data, where a threshold is chosen on those to fit or to report on.
  private func fixes(of leak: Leak, in argument: CheckedArgument) -> [Diagnostic.Fix] {
    guard leak.kind == .tunedOnFittedRows || leak.kind == .tunedOnTestRows,
      let expression = argument.expression
    else { return [] }
    let members = membersNaming([.train, .test], in: expression)
    guard members.count == 1, let name = members.first else { return [] }
    return [.init("use the val rows", replacing: name.span, with: "val")]
  }

  /// The members in an expression that are rows set aside for some role.
  private func membersNaming(_ roles: Set<Role>, in expression: Expression) -> [Name] {
    var names: [Name] = []
    if case .member(let member) = expression, let role = Role(rawValue: member.name.text),
      roles.contains(role), vocabulary.types.contains(where: { $0.hasRows(for: [role, .val]) })
    {
      names.append(member.name)
    }
    for part in expression.parts { names += membersNaming(roles, in: part) }
    return names
  }

  /// Notes what a run would find too.
  func note(reported finding: Finding) {
    reported.insert(finding)
    present.note(reported: finding)
  }

  private func reportLeak(_ leak: Leak, at span: Span, fixes: [Diagnostic.Fix] = []) {
    var diagnostic = Diagnostic(
      leak.kind, at: span, leak.message, remedy: leak.remedy, fixes: fixes)
    if options.isStrict { diagnostic.severity = .error }
    guard context.muting == .none else { return }
    guard context.purpose == .call else {
      note(reported: Finding(leak.kind, at: span))
      return findings.add(diagnostic)
    }
    // In a file that is used, run time reports it: its places mean nothing here.
    guard context.uncertainty == 0, unit == 0 else { return }
    context.faults.append(CallFault(diagnostic, reported: Finding(leak.kind, at: span)))
  }
}

extension ObjectType.Facts {
  /// Whether it has members with the names of the roles that are rows for them.
  fileprivate func hasRows(for roles: [Role]) -> Bool {
    roles.allSatisfy { role in
      members.contains { $0.role == role && $0.name == role.rawValue }
    }
  }
}

extension ValueType {
  fileprivate var isRecord: Bool { if case .record = self { true } else { false } }

  fileprivate var mayHoldObject: Bool {
    alternatives.contains { if case .object = $0 { true } else { $0 == .unknown } }
  }
}
