import ThrModel
import ThresholdEngine

/// What stands for a decision: a threshold, what has one, or `none` for flagging nothing.
enum DecisionArgument: ValueConvertible {
  case threshold(Double)
  case tuning(TuningResult)
  case tunings(TuningsByGroup)
  case folds(CrossValidationResult)
  case evaluation(EvaluationResult)
  case contract(ContractResult)
  case flagNothing

  static var valueType: ValueType {
    .either(
      .number, TuningResult.valueType, TuningsByGroup.valueType, CrossValidationResult.valueType,
      EvaluationResult.valueType, ContractResult.valueType, .none)
  }

  init?(_ value: Value) {
    switch value {
    case .number(let number): self = .threshold(number)
    case .none: self = .flagNothing
    default:
      if let tuning = TuningResult(value) {
        self = .tuning(tuning)
      } else if let tunings = TuningsByGroup(value) {
        self = .tunings(tunings)
      } else if let folds = CrossValidationResult(value) {
        self = .folds(folds)
      } else if let evaluation = EvaluationResult(value) {
        self = .evaluation(evaluation)
      } else if let contract = ContractResult(value) {
        self = .contract(contract)
      } else {
        return nil
      }
    }
  }

  var value: Value {
    switch self {
    case .threshold(let threshold): .number(threshold)
    case .tuning(let tuning): tuning.value
    case .tunings(let tunings): tunings.value
    case .folds(let folds): folds.value
    case .evaluation(let evaluation): evaluation.value
    case .contract(let contract): contract.value
    case .flagNothing: .none
    }
  }

  /// The decision; of a tuning by group the one for rows of other groups.
  var decision: Decision {
    switch self {
    case .threshold(let threshold): .threshold(threshold)
    case .tuning(let tuning): tuning.content.outcome
    case .tunings(let tunings): tunings.overall.content.outcome
    case .folds(let folds): folds.decision
    case .evaluation(let evaluation): evaluation.content.decision
    case .contract(let contract): contract.content.decision
    case .flagNothing: .flagNothing
    }
  }
}

extension DecisionArgument {
  /// The thresholds of groups; `nil` where all rows have one.
  var groups: GroupedDecision? {
    switch self {
    case .tunings(let tunings): tunings.decision
    case .evaluation(let evaluation): evaluation.groupDecision
    case .contract(let contract): contract.content.groups
    case .threshold, .tuning, .folds, .flagNothing: nil
    }
  }

  /// Refuses a contract that holds a model alone.
  func requireDecision(parameter: String = "at") throws(CallError) {
    if case .contract(let contract) = self, contract.content.isModelAlone {
      throw .noDecision(parameter: parameter)
    }
  }
}

extension Parameter<DecisionArgument> {
  static var at: Self {
    Parameter(
      "at",
      "The threshold, or what has one: a tuning, also by group, a cv, an evaluation or a contract; "
        + "`none` flags nothing.")
  }
}
