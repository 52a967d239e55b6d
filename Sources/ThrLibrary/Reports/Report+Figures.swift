import ThrModel
import ThresholdEngine

extension ReportResult {
  /// What a page of one decision shows of its scores: the curves, and the calibration of
  /// probabilities.
  ///
  /// - Complexity: O(*n*).
  static func figures(of decision: Value, _ context: CallContext) throws -> [Value] {
    guard case .object(let object) = decision, let rows = object.base.scoredRows else { return [] }
    let scores = try rows.scores()
    var figures: [Builtin] = [.roc, .pr]
    if scores.content.values.allSatisfy({ (0...1).contains($0) }) { figures.append(.calibration) }
    return try figures.compactMap { try $0.shown(scores.value, context) }
  }
}

extension LanguageObject {
  fileprivate var scoredRows: TunedRows? {
    switch self {
    case let tuning as TuningResult: tuning.source
    case let tunings as TuningsByGroup: tunings.overall.source
    case let evaluation as EvaluationResult: evaluation.scored ?? evaluation.source
    case let folds as CrossValidationResult: .scores(folds.scores)
    default: nil
    }
  }
}

extension Builtin {
  /// What it gives of one argument; `nil` where that is undefined, as a curve of one class.
  fileprivate func shown(_ argument: Value, _ context: CallContext) throws -> Value? {
    guard let form = signature.forms(labels: [nil], types: [argument.type]).first else {
      return nil
    }
    var arguments = [Argument?](repeating: nil, count: signature.forms[form].parameters.count)
    arguments[0] = .value(argument)
    do {
      return try call(form: form, arguments, in: context)
    } catch is CallError {
      return nil
    }
  }
}
