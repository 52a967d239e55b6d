import ParallelWork
import ThrModel
import ThresholdEngine

extension Builtin.Form {
  /// `confidence` of an evaluation.
  static var intervalsOfEvaluation: Self {
    Self(Parameter<EvaluationResult>("evaluation", "The evaluation."), .intervals) {
      context, evaluation, options in try evaluation.intervals(options, context)
    }
  }
}

extension EvaluationResult {
  func intervals(
    _ options: IntervalOptions, _ context: CallContext
  ) throws -> IntervalsResult {
    let scores = try source.scores()
    let named = Metric.named.map { Metric($0) }
    let asked = options.asked
    let demands = asked.reduce(into: RowDemands()) { $0.formUnion($1.demands) }
    let rows = try scores.knowing(demands, context)
    let units = try options.unit.map(scores.units)
    let found = try TuningError.explained(by: CallError.init) { () throws(TuningError) in
      try JudgedRows.intervals(
        of: named + asked.filter { !named.contains($0) }, rows, at: content.decision,
        level: options.level, shares: options.shares, samples: options.samples,
        seed: UInt64(options.seed), units: units, isCancelled: context.isCancelled
      ) { context.progress(Progress("drawing samples", fraction: $0)) }
    }
    return IntervalsResult(
      of: self, found, asked: asked, options, unitCount: units.map { Set($0).count },
      isWeighted: scores.content.weights != nil && !scores.content.isCounted)
  }
}
