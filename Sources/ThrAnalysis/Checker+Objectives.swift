import ThrModel
import ThrSyntax

/// What is made best, and whether something must hold beside it.
struct Objective: Hashable {
  let metric: Value
  let goal: String?
  let isConstrained: Bool
}

// What is optimised, and which way: told where the metric's formula is plain from the text.
extension Checker {
  func checkObjectives(of call: FollowedCall) {
    for (parameter, arguments) in zip(call.parameters, call.arguments) {
      guard case .objective(let goal, let constraint) = parameter.kind,
        let argument = arguments.first, case .metric(let metric)? = argument.value.constant,
        case .some(let word) = word(call.argument(goal)),
        let isConstrained = isGiven(call.argument(constraint))
      else { continue }
      let objective = Objective(metric: .metric(metric), goal: word, isConstrained: isConstrained)
      if soundObjectives.contains(objective) { continue }
      do throws(CallError) {
        let cautions = try metric.cautions(goalNamed: word, isConstrained: isConstrained)
        if cautions.isEmpty { soundObjectives.insert(objective) }
        for caution in cautions { tell(caution, at: argument.span) }
      } catch {
        report(error, at: argument.span)
      }
    }
  }

  private func tell(_ caution: Warning, at span: Span) {
    guard context.muting == .none, context.purpose != .call else { return }
    told.insert(Finding(caution.kind, at: span))
    findings.add(Diagnostic(caution.kind, at: span, caution.message, remedy: caution.remedy))
  }

  /// The word that an argument is, inner `nil` where it is none; outer where that is unknown.
  private func word(_ argument: CheckedArgument?) -> String?? {
    switch argument.map(\.value.constant) {
    case nil, .some(.some(.none)): .some(nil)
    case .some(.some(.text(let word))): .some(word)
    default: nil
    }
  }

  /// Whether an argument is given and not `none`; `nil` where that is unknown.
  private func isGiven(_ argument: CheckedArgument?) -> Bool? {
    guard let argument else { return false }
    let types = argument.value.type.alternatives
    if types == [.none] { return false }
    return types.contains(.none) || types.contains(.unknown) ? nil : true
  }
}

extension FollowedCall {
  /// The argument for a parameter, where one is given.
  fileprivate func argument(_ name: String) -> CheckedArgument? {
    parameters.firstIndex { $0.name == name }.flatMap { arguments[$0].first }
  }
}
