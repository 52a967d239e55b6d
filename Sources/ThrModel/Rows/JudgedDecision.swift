/// What was judged on test rows, as far as two judgements differ.
public struct JudgedDecision: Hashable, Sendable {
  /// What gives the scores, and everything else but the threshold.
  let rest: Int
  /// The threshold; `nil` for the customary 0.5, which no rows chose: beside a chosen threshold it is
  /// what that one is compared with.
  let threshold: Int?

  /// Whether a choice between the two would be made on the rows.
  func isOther(than earlier: JudgedDecision) -> Bool {
    if rest != earlier.rest { return true }
    guard let threshold, let former = earlier.threshold else { return false }
    return threshold != former
  }

  /// What stands for the rows once both were judged there.
  func after(_ earlier: JudgedDecision?) -> JudgedDecision {
    guard let earlier else { return self }
    return rest == earlier.rest && earlier.threshold == nil ? self : earlier
  }
}

/// A value that stands for a decision, such as a tuning: two with the same threshold decide alike,
/// no matter which metric chose it.
public protocol HoldsDecision: LanguageObject {
  /// The threshold, or `none` where nothing is flagged.
  var decision: Value { get }
}

extension JudgedDecision {
  /// The parameter whose argument is the threshold.
  static let thresholdParameter = "at"
  /// The threshold that classifiers have without any choice.
  public static let customaryThreshold = 0.5

  /// Identifies a threshold; `nil` for the customary one, also where none is given.
  static func threshold(_ argument: Argument?) -> Int? {
    guard case .value(let value)? = argument else { return nil }
    var decided = value
    if case .object(let object) = value, let decision = object.base as? any HoldsDecision {
      decided = decision.decision
    }
    return decided == .number(customaryThreshold) ? nil : decided.hashValue
  }
}
