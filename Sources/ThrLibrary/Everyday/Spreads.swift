import ParallelWork
import ThrModel
import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let sweep = Builtin(
    "sweep", .curves, "Metrics at every threshold.",
    documentation: """
      One metric or a list of them, at every distinct score, or on a grid with `step=`. Every named
      metric is also a member, even if not requested: `sweep(s, f1).precision`.
      """,
    example: """
      s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
      sweep(s, [f1, precision, recall])
      """,
    Form(.model, .rows(nil), .metrics, .step, .from, .to) {
      context, model, rows, metrics, step, from, to in
      try sweep(model.scores(of: rows), metrics, step, from, to, context)
    },
    Form(
      Parameter<ScoredRows>("scores", "The scores and labels."), .metrics, .step, .from, .to
    ) { context, scores, metrics, step, from, to in
      try sweep(scores, metrics, step, from, to, context)
    })

  private static func sweep(
    _ scores: ScoredRows, _ metrics: MetricsArgument, _ step: Double?, _ from: Double?,
    _ to: Double?, _ context: CallContext
  ) throws -> SweepResult {
    let search = try Search(step: step, from: from, to: to)
    if metrics.content.isEmpty { throw CallError.noMetrics }
    let sweep = try TuningError.explained(by: CallError.init) { () throws(TuningError) in
      try Sweep(scores.content, search: search, isCancelled: context.isCancelled)
    }
    return SweepResult(sweep, metrics: metrics.content, isGrid: step != nil)
  }

  static let calibration = Builtin(
    "calibration", .curves, "Reliability curve: observed share of positives against mean score.",
    documentation: """
      Groups the rows into bins by score, each with its mean score and its share of positives, for
      scores that are probabilities: the same bins as scikit-learn's `calibration_curve`. Bins that
      would be empty are left out. The plot shows a 90 % Wilson interval for each share.
      """,
    example: "calibration(scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1]), bins=2).observed",
    elsewhere: ["reliability_curve"],
    Form(.model, .rows(nil), .bins(10), .strategy) { context, model, rows, bins, strategy in
      try calibration(model.scores(of: rows), bins, strategy, context)
    },
    Form(Parameter<ScoredRows>("scores", "The scores and labels."), .bins(10), .strategy) {
      try calibration($1, $2, $3, $0)
    })

  private static func calibration(
    _ scores: ScoredRows, _ bins: Int, _ strategy: String, _ context: CallContext
  ) throws -> CalibrationResult {
    let curve = try ReliabilityError.explained(by: CallError.init) { () throws(ReliabilityError) in
      try ReliabilityCurve(
        scores.content, bins: bins,
        binning: ReliabilityCurve.Binning(rawValue: strategy) ?? .quantile,
        isCancelled: context.isCancelled)
    }
    return CalibrationResult(curve, isUnweighted: scores.content.weights == nil)
  }

  static let distribution = Builtin(
    "distribution", .curves, "Histogram of the scores of both classes.",
    documentation: """
      Counts rows in bins of equal width: from 0 to 1 for probabilities, otherwise from the smallest
      to the largest score. The density is the share of a class per unit of score, so that classes
      of different size can be compared. Infinite scores are in no bin. By default the number of
      bins depends on the size of the smaller class.
      """,
    example: "distribution(scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1]), bins=2).positives",
    Form(.model, .rows(nil), .distributionBins) { _, model, rows, bins in
      try distribution(model.scores(of: rows), bins)
    },
    Form(Parameter<ScoredRows>("scores", "The scores and labels."), .distributionBins) {
      try distribution($1, $2)
    })

  static func distribution(
    _ scores: ScoredRows, _ bins: Int? = nil
  ) throws(CallError) -> DistributionResult {
    let suggested = ScoreDistribution.suggestedBins(scores.content)
    guard let content = ScoreDistribution(scores.content, bins: bins ?? suggested) else {
      throw CallError(
        .badScores, "every score is infinite, so there is no distribution", parameter: "scores")
    }
    return DistributionResult(content)
  }
}

/// One metric, or a list of them.
struct MetricsArgument: ValueConvertible {
  let content: [Metric]

  static var valueType: ValueType { .either(.metric, .list(.metric)) }

  init?(_ value: Value) {
    if let metric = Metric(value) {
      content = [metric]
    } else if let metrics = [Metric](value) {
      content = metrics
    } else {
      return nil
    }
  }

  var value: Value { content.count == 1 ? content[0].value : content.value }
}

extension Parameter<MetricsArgument> {
  fileprivate static var metrics: Self {
    Parameter("metrics", "A metric, or a list of metrics: `[f1, precision, recall]`.")
  }
}

extension Parameter<Int> {
  fileprivate static func bins(_ count: Int) -> Self {
    Parameter("bins", in: 1...10_000, default: count, "Number of bins.")
  }
}

extension Parameter<Int?> {
  fileprivate static var distributionBins: Self {
    Parameter("bins", in: 1...10_000, "Number of bins.")
  }
}

extension Parameter<String> {
  fileprivate static var strategy: Self {
    Parameter(
      "strategy", default: ReliabilityCurve.Binning.quantile.rawValue,
      words: ReliabilityCurve.Binning.allCases.map(\.rawValue),
      "Bins with equal numbers of rows (quantile) or of equal width (uniform).")
  }
}

extension CallError {
  fileprivate init(_ error: ReliabilityError) {
    switch error {
    case .notProbabilities(let error): self.init(error)
    case .cancelled: self.init(.notProbabilities, "cancelled")
    }
  }

  fileprivate static let noMetrics = CallError(
    .unsuitableArgument, "the list of metrics is empty",
    remedy: "add at least one: `[f1, precision]`",
    parameter: "metrics")
}
