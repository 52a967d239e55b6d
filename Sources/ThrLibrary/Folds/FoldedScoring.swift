import ParallelWork
import ThrModel
import ThresholdEngine

extension ScoredRows {
  /// Cross-validates a threshold on out-of-fold scores.
  func crossValidated(
    _ options: FoldingOptions, _ context: CallContext
  ) throws -> CrossValidationResult {
    if content.isCounted {
      throw CallError.needsRows("`cv` needs single rows", parameter: "scores")
    }
    let table = try rowsTable()
    let assignment = try FoldAssignment(options, labels: content.labels) {
      name, parameter throws(CallError) in
      guard let table else { throw .scoresOfModel("cv") }
      return try table.column(named: name, parameter: parameter)
    }
    let known = try knowing(options.demands, context)
    let folded = FoldedScores(assignment.folds.map { FoldedScores.Round(known, folds: $0) })
    let question = try options.question(units: assignment.units)
    let found = try TuningError.explained(by: CallError.init) { () throws(TuningError) in
      try crossValidate([folded], question, isCancelled: context.isCancelled)
    }
    options.metric.cautions(goal: found.goal, where: options.constraint).forEach(context.warn)
    let choice = provenance.map { PastUse(.chooses, of: $0) }
    return CrossValidationResult(
      found, history: history + [choice].compactMap { $0 }, best: nil, model: nil, scores: self)
  }
}
