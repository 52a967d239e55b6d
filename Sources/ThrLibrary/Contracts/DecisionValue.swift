import ThrModel
import ThresholdEngine

/// A value that decides which rows are flagged: `save` and `export` take it.
///
/// A type adopts it in its own file.
protocol DecisionValue: LanguageObject {
  /// The decision with what is known of it, and without what a user promises beside.
  var contract: Contract { get throws(CallError) }
}

/// What `save` takes: a value that decides, a model, a threshold, or `none` to flag nothing.
struct SavedDecision: ValueConvertible {
  private enum Content {
    case object(any DecisionValue)
    case model(FittedModel)
    case plain(Decision)
  }

  private let content: Content

  static var valueType: ValueType {
    let types = ObjectType.all.filter { $0.base is any DecisionValue.Type }.map(\.name)
    return .either(of: [.number] + types.map { .object($0) } + [FittedModel.valueType, .none])
  }

  init?(_ value: Value) {
    switch value {
    case .number(let threshold): content = .plain(.threshold(threshold))
    case .none: content = .plain(.flagNothing)
    case .object(let object):
      if let model = FittedModel(value) {
        content = .model(model)
      } else if let decision = object.base as? any DecisionValue {
        content = .object(decision)
      } else {
        return nil
      }
    default: return nil
    }
  }

  var value: Value {
    switch content {
    case .object(let object): object.value
    case .model(let model): model.value
    case .plain(let decision): decision.threshold.map(Value.number) ?? .none
    }
  }

  var contract: Contract {
    get throws(CallError) {
      switch content {
      case .object(let object): return try object.contract
      case .model(let model):
        var contract = Contract(.flagNothing, kind: Contract.modelKind)
        contract.model = model.content
        return contract
      case .plain(let decision):
        return Contract(decision, kind: decision.threshold == nil ? "none" : "number")
      }
    }
  }
}
