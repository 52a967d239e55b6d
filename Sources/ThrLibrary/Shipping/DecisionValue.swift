import ThrModel
import ThresholdEngine

/// A value that decides which rows are flagged: `save` and `export` take it.
///
/// A type adopts it in its own file.
protocol DecisionValue: LanguageObject {
  /// The decision with what is known of it, and without what a user promises beside.
  var contract: Contract { get throws(CallError) }
}

/// What `save` and `export` take: a value that decides, a threshold, or `none` to flag nothing.
struct SavedDecision: ValueConvertible {
  private enum Content {
    case object(any DecisionValue)
    case plain(Decision)
  }

  private let content: Content

  static var valueType: ValueType {
    let types = ObjectType.all.filter { $0.base is any DecisionValue.Type }.map(\.name)
    return .either(of: [.number] + types.map { .object($0) } + [.none])
  }

  init?(_ value: Value) {
    switch value {
    case .number(let threshold): content = .plain(.threshold(threshold))
    case .none: content = .plain(.flagNothing)
    case .object(let object):
      guard let decision = object.base as? any DecisionValue else { return nil }
      content = .object(decision)
    default: return nil
    }
  }

  var value: Value {
    switch content {
    case .object(let object): object.value
    case .plain(let decision): decision.threshold.map(Value.number) ?? .none
    }
  }

  var contract: Contract {
    get throws(CallError) {
      switch content {
      case .object(let object): return try object.contract
      case .plain(let decision):
        return Contract(decision, kind: decision.threshold == nil ? "none" : "number")
      }
    }
  }
}

extension TuningResult: DecisionValue {
  var contract: Contract {
    get throws(CallError) {
      var contract = Contract(content.outcome, kind: "tuning")
      contract.plateau = content.plateau
      contract.choice = Contract.Choice(
        metric: content.metric.description, goal: content.goal.rawValue, value: content.value,
        constraint: content.constraint?.description, isFeasible: content.isFeasible)
      contract.clauses = guaranteedClauses
      contract.rows = Contract.RowFacts(try source.scores(), content.confusion)
      return contract
    }
  }

  private var guaranteedClauses: [Contract.Clause] {
    guard let guarantee = content.certificate?.guarantee else { return [] }
    return (guarantee.constraint.limits ?? []).compactMap {
      Contract.Clause($0, level: guarantee.level)
    }
  }
}

extension EvaluationResult: DecisionValue {
  var contract: Contract {
    get throws(CallError) {
      var contract = Contract(content.decision, kind: "evaluation")
      contract.plateau = content.plateau
      contract.rows = Contract.RowFacts(try source.scores(), content.confusion)
      return contract
    }
  }
}
