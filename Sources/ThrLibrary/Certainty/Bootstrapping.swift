import NumberText
import ParallelWork
import ThrModel
import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let confidence = Builtin(
    "confidence", .tuning, "Confidence intervals of a tuning, an evaluation or a curve.",
    documentation: """
      The value of a tuning is too good for new rows, since the same rows chose the threshold.
      `worth` is the value to expect of that threshold on new rows, `gain` how much better that is
      than the default; both are corrected for this optimism, with intervals.

      Each bootstrap sample draws rows with replacement, as many positives and negatives as in the
      data, and repeats the tuning. The samples estimate the optimism of the value; the rows that
      they leave out, the value on rows that did not choose the threshold. `worth` combines the two.
      Its interval treats recall and specificity as shares of the positive and negative rows
      (Jeffreys), and the share of positives as uncertain too. `interval` says where the best
      threshold of new rows is likely to be; it is a little wider than the samples, since new scores
      can lie beyond those seen.

      `where_level` is 1 - p of the exact binomial test that a limit of `where` is missed, the
      lowest of several limits. It is no guarantee, since the same rows chose the threshold
      (`guarantee=` of `tune` gives one).

      Intervals need at least 5 rows of each class. With `unit=`, such as a customer, rows of a unit
      are drawn together. There, and for weighted rows and metrics by column or group, samples draw
      units or rows of any class, and intervals are percentiles of the samples. For a column with a
      heavy tail, such as amounts, these are too narrow: in a simulation 57 of 100 intervals of 90 %
      contained the truth (`grammar/intervals.md`). The same seed gives
      the same samples. `tune(…, bootstrap=1000)` computes the intervals with the tuning.

      For an evaluation, the intervals are for its metrics on new rows: Wilson's interval for shares
      such as recall (`method="clopper-pearson"` for one that never covers less than `level`), and
      bootstrap intervals for all other metrics. The bootstrap draws the rows, and so the share of
      positives too. `confidence(e, profit).interval` takes any metric, or a list of them. Evaluations
      by group (`evaluate(s, at=t, by="site")`) give a list with the intervals of each group.

      For a ROC curve, the interval is for the area, by the method of DeLong and others (1988). For
      weighted rows, a part of the area (`max_fpr=`, `min_recall=`) and the average precision of
      `pr(…)` it is a bootstrap interval. With `simultaneous=true` there is a simultaneous band for
      the whole ROC curve, of at least that level (Kolmogorov and Smirnov, each class at the root of
      the level; Campbell 1994). The band of a decision curve is pointwise, by the normal
      approximation.
      """,
    effect: .draws,
    example: """
      data = synth(2000, 0.9)
      confidence(tune(logreg(data.train), data.val, f1), bootstrap=200).worth_interval
      """, foreignNames: ["bootstrap"],
    Form(
      Parameter<TuningResult>("tuning", "The tuning."),
      Parameter<MeasuredMetrics?>(
        "metric", "Further metrics of the threshold: a metric, or a list of metrics."),
      .level, .samples, .drawnTogether, .seed
    ) { context, tuning, metrics, level, samples, unit, seed in
      try tuning.confidence(
        BootstrapOptions(
          metrics: metrics?.list ?? [], samples: samples, level: level, unit: unit, seed: seed),
        context)
    }, .intervalsOfEvaluation, .intervalsOfGroups, .confidenceOfCurve)
}

/// How a tuning's intervals are computed.
struct BootstrapOptions {
  var metrics: [Metric] = []
  let samples: Int
  let level: Double
  let unit: String?
  let seed: Int
}

extension MeasuredMetrics {
  var list: [Metric] {
    switch self {
    case .one(let metric): [metric]
    case .several(let metrics): metrics
    }
  }
}

extension TuningResult {
  /// Asks the tuning's question of samples drawn from its rows.
  func confidence(
    _ options: BootstrapOptions, _ context: CallContext
  ) throws -> ConfidenceResult {
    if content.metric.isRegret { throw CallError.noBootstrap(of: content.metric) }
    if content.metric.holdsSamples || content.constraint?.holdsSamples == true {
      throw CallError.sampledAlready(content.metric)
    }
    let scores = try source.scores()
    var demands = content.metric.demands
    if let constraint = content.constraint { demands.formUnion(constraint.demands) }
    for metric in options.metrics { demands.formUnion(metric.demands) }
    if content.certificate != nil, !demands.isEmpty || options.unit != nil {
      throw CallError.guaranteeOfUnits(demands.isEmpty ? "unit" : "metric")
    }
    let rows = try scores.knowing(demands, context)
    let units = try options.unit.map(scores.unitGroups)
    let confidence = try BootstrapError.explained(by: CallError.init) {
      () throws(BootstrapError) in
      try bootstrap(
        rows, content, metrics: options.metrics, units: units, samples: options.samples,
        level: options.level, seed: UInt64(options.seed), isCancelled: context.isCancelled
      ) { context.progress(Progress("drawing samples", fraction: $0)) }
    }
    return ConfidenceResult(confidence, of: content, unit: options.unit)
  }
}

extension Parameter<Int?> {
  static var bootstrap: Self {
    Parameter(
      "bootstrap", in: 1...1_000_000, unit: "samples",
      "Number of bootstrap samples for intervals; by default none.")
  }
}

extension CallError {
  fileprivate init(_ error: BootstrapError) {
    switch error {
    case .tuning(let error): self.init(error)
    case .tooManyRows(let rows): self = .tooManyRows(rows)
    case .undecided, .cancelled: self = .undecided
    }
  }

  private static func tooManyRows(_ rows: Int) -> CallError {
    CallError(
      .unsuitableArgument,
      "a bootstrap draws single rows, and these counts stand for \(Double(rows).countText) rows, "
        + "more than \(Double(mostExpandedRows).countText)",
      remedy: "take the counts of a random sample of the rows, or leave out the bootstrap",
      parameter: "tuning")
  }

  /// In a sample each metric of a regret has another best value, which samples do not look for.
  static func noBootstrap(of metric: Metric) -> CallError {
    CallError(
      .unsuitableArgument,
      "`regret` has no bootstrap, as each sample has other best values of its metrics",
      remedy: "leave out the bootstrap, or tune one of the metrics of `\(metric)`",
      parameter: "bootstrap")
  }

  /// Samples of samples are not drawn.
  fileprivate static func sampledAlready(_ metric: Metric) -> CallError {
    CallError(
      .unsuitableArgument,
      "a tuning by a quantile over samples has no bootstrap intervals, which would need samples "
        + "of each sample",
      remedy: "see `confidence(evaluate(rows, at=t))` on other rows", parameter: "tuning")
  }

  static func guaranteeOfUnits(_ parameter: String) -> CallError {
    CallError(
      .unsuitableArgument,
      "a guarantee needs independent rows without weights, and so do its intervals",
      remedy: "remove `\(parameter)`, or tune without `guarantee`", parameter: parameter)
  }

  fileprivate static let undecided = CallError(
    .undefinedEverywhere, "no bootstrap sample had a valid threshold",
    remedy: "use more rows, or a weaker constraint", parameter: "tuning")
}
