import ThrModel
import ThresholdEngine

/// What stands for a decision: a threshold, a tuning, or `none` for flagging nothing.
enum DecisionArgument: ValueConvertible {
  case threshold(Double)
  case tuning(TuningResult)
  case flagNothing

  static var valueType: ValueType { .either(.number, TuningResult.valueType, .none) }

  init?(_ value: Value) {
    switch value {
    case .number(let number): self = .threshold(number)
    case .none: self = .flagNothing
    default:
      guard let tuning = TuningResult(value) else { return nil }
      self = .tuning(tuning)
    }
  }

  var value: Value {
    switch self {
    case .threshold(let threshold): .number(threshold)
    case .tuning(let tuning): tuning.value
    case .flagNothing: .none
    }
  }

  var decision: Decision {
    switch self {
    case .threshold(let threshold): .threshold(threshold)
    case .tuning(let tuning): tuning.content.outcome
    case .flagNothing: .flagNothing
    }
  }
}

extension Parameter<DecisionArgument> {
  static var at: Self {
    Parameter(
      "at", "The threshold, or a tuning; `none` flags nothing.")
  }
}
