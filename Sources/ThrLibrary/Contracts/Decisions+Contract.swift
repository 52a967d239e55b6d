import Glibc
import ThrModel
import ThresholdEngine

// What each type that decides writes into a contract.

extension TuningResult: DecisionValue {
  var contract: Contract {
    get throws(CallError) {
      var contract = Contract(content.outcome, kind: "tuning")
      contract.plateau = content.plateau
      contract.model = source.model
      contract.choice = content.choice
      contract.clauses = content.certificate?.clauses ?? []
      contract.rows = Contract.RowFacts(try source.scores(), content.confusion)
      return contract
    }
  }
}

extension GroupedResults<TuningResult>: DecisionValue {
  var contract: Contract {
    get throws(CallError) {
      var contract = Contract(overall.content.outcome, kind: "tunings")
      contract.groups = decision
      contract.model = overall.source.model
      var choice = overall.content.choice
      choice.isFeasible = choice.isFeasible && groups.allSatisfy(\.content.isFeasible)
      contract.choice = choice
      contract.clauses = guaranteedClauses
      let evaluation = try decision.evaluation(overall.source, nil)
      contract.rows = Contract.RowFacts(
        try overall.source.scores(), evaluation.content.confusion)
      return contract
    }
  }

  /// What all groups together guarantee.
  ///
  /// A rate of all rows is a mean of those of the groups, so that it is met where each group meets
  /// it. The rows of the groups are independent, so their levels multiply.
  private var guaranteedClauses: [Contract.Clause] {
    let certificates = groups.map(\.content.certificate)
    guard leftOut.isEmpty, let first = certificates.first ?? nil,
      certificates.allSatisfy({ $0?.guarantee == first.guarantee })
    else { return [] }
    let level = pow(first.guarantee.level, Double(groups.count))
    return first.clauses.compactMap { Contract.Clause($0.limit, level: level) }
  }
}

extension CrossValidationResult: DecisionValue {
  var contract: Contract {
    get throws(CallError) {
      var contract = Contract(decision, kind: "cv")
      contract.model = model?.content
      contract.choice = content.chosen.value.map { value in
        Contract.Choice(
          metric: content.metric.description, goal: content.goal.rawValue, value: value,
          constraint: content.constraint?.description,
          isFeasible: content.chosen.meetsConstraint)
      }
      contract.rows = Contract.RowFacts(scores, scores.content.confusion(at: decision))
      return contract
    }
  }
}

extension EvaluationResult: DecisionValue {
  var contract: Contract {
    get throws(CallError) {
      let overall = groupDecision?.overall ?? content.decision
      var contract = Contract(overall, kind: "evaluation")
      contract.plateau = groupDecision == nil ? content.plateau : nil
      contract.groups = groupDecision
      contract.model = (scored ?? source).model
      contract.rows = Contract.RowFacts(try (scored ?? source).scores(), content.confusion)
      return contract
    }
  }
}

extension TunedRows {
  fileprivate var model: LogisticModel? {
    if case .model(let model, _) = self { model.content } else { nil }
  }
}

extension Tuning {
  fileprivate var choice: Contract.Choice {
    Contract.Choice(
      metric: metric.description, goal: goal.rawValue, value: value,
      constraint: constraint?.description, isFeasible: isFeasible)
  }
}

extension Certificate {
  fileprivate var clauses: [Contract.Clause] {
    (guarantee.constraint.limits ?? []).compactMap {
      Contract.Clause($0, level: guarantee.level)
    }
  }
}
