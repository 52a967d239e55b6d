import ThrModel
import ThrSyntax

/// What is made best, and whether something must hold beside it.
struct CheckedObjective: Hashable {
  let metric: Value
  let goal: String?
  let constraints: [Value]
}

// What is optimised, and which way: reported where the metric's formula is plain from the text.
extension Checker {
  func checkObjectives(of call: FollowedCall) {
    for (parameter, arguments) in zip(call.parameters, call.arguments) {
      guard case .objective(let goal, let constraints) = parameter.kind,
        let argument = arguments.first, case .metric(let metric)? = argument.value.constant,
        case .some(let word) = word(call.argument(goal)),
        let limits = limits(constraints.map(call.argument))
      else { continue }
      let objective = CheckedObjective(metric: .metric(metric), goal: word, constraints: limits)
      if soundObjectives.contains(objective) { continue }
      do throws(CallError) {
        let cautions = try metric.cautions(goalNamed: word, where: limits)
        if cautions.isEmpty { soundObjectives.insert(objective) }
        for caution in cautions {
          reportCaution(caution, at: argument.span, fixes: fixes(of: caution, in: call))
        }
      } catch {
        var diagnostic = error.diagnostic(at: argument.span)
        if call.argument(goal) == nil, error.kind == .goalNeeded {
          diagnostic.fixes = ["max", "min"].flatMap { adding("\(goal)=\"\($0)\"", to: call) }
        }
        report(diagnostic)
      }
    }
  }

  /// What the remedies of warnings say, as edits.
  private func fixes(of caution: Warning, in call: FollowedCall) -> [Diagnostic.Fix] {
    // The other goal may reward mistakes too; then another one is no fix.
    guard caution.kind == .rewardsMistakes, caution.remedy?.contains("goal=") == true else {
      return []
    }
    if let goal = call.argument("goal") {
      guard case .text(let word)? = goal.value.constant, goal.expression != nil else { return [] }
      let other = word == "max" ? "\"min\"" : "\"max\""
      return [.init("write `goal=\(other)`", replacing: goal.span, with: other)]
    }
    return adding("goal=\"min\"", to: call)
  }

  /// An argument added after the last one.
  private func adding(_ text: String, to call: FollowedCall) -> [Diagnostic.Fix] {
    let written = call.arguments.joined().filter { $0.expression != nil }
    guard let end = written.map(\.wholeSpan.end).max() else { return [] }
    return [.init("add `\(text)`", replacing: Span(end, end), with: ", \(text)")]
  }

  private func reportCaution(_ caution: Warning, at span: Span, fixes: [Diagnostic.Fix]) {
    guard context.muting == .none, context.purpose != .call else { return }
    note(reported: Finding(caution.kind, at: span))
    findings.add(
      Diagnostic(caution.kind, at: span, caution.message, remedy: caution.remedy, fixes: fixes))
  }

  /// The word that an argument is, inner `nil` where it is none; outer where that is unknown.
  private func word(_ argument: CheckedArgument?) -> String?? {
    switch argument.map(\.value.constant) {
    case nil, .some(.some(.none)): .some(nil)
    case .some(.some(.text(let word))): .some(word)
    default: nil
    }
  }

  /// The constraints that arguments are, or `none`; `nil` where one is unknown.
  private func limits(_ arguments: [CheckedArgument?]) -> [Value]? {
    let limits = arguments.compactMap(limit)
    return limits.count == arguments.count ? limits : nil
  }

  /// The constraint that an argument is, or `none`; `nil` where that is unknown.
  private func limit(_ argument: CheckedArgument?) -> Value? {
    guard let argument else { return Value.none }
    switch argument.value.constant {
    case .constraint(let constraint): return .constraint(constraint)
    case .some(.none): return Value.none
    default: return nil
    }
  }
}

extension FollowedCall {
  /// The argument for a parameter, where one is given.
  func argument(_ name: String) -> CheckedArgument? {
    parameters.firstIndex { $0.name == name }.flatMap { arguments[$0].first }
  }
}
