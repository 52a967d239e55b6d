import NumberText
import ParallelWork
import ThrModel
import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let confidence = Builtin(
    "confidence", .tuning, "Confidence intervals of a tuning, an evaluation or a curve.",
    documentation: """
      The value of a tuning is too good for new rows, since the threshold was chosen where these very
      rows make it best. `worth` is the value to expect of that threshold on new rows, `gain` how much
      better that is than the default; both are corrected for the choice, with intervals.

      Each of the bootstrap samples draws rows with replacement, as many positives and negatives as
      in the data, and repeats the tuning. The samples give the optimism of the value, and the rows
      that they leave out the value on rows that chose nothing. `worth` combines the two. Its interval
      is that of rates with as many rows of each class (Jeffreys), in a population whose share of
      positives is uncertain too. `interval` is for the best threshold, and allows for half a row
      that was not seen at either end.

      `where_level` says how sure it is that `where` holds on new rows: 1 - p of an exact binomial
      test of each limit of a rate. `guarantee=` of `tune` chooses a threshold by such a test.

      Intervals need at least 5 rows of each class. With `unit=`, such as a customer, rows of a unit
      are drawn together. There, and for weighted rows and metrics by column or group, samples draw
      units or rows of any class, and intervals are percentiles of the samples. The same seed gives
      the same samples. `tune(…, bootstrap=1000)` computes the intervals with the tuning.

      Of an evaluation, the intervals say where its metrics lie on new rows: of shares, such as
      recall, Wilson's interval (`method="clopper-pearson"` for one that never covers less than
      `level`), of all other metrics the bootstrap, which draws the rows, and with them the share of
      positives. `confidence(e, profit).interval` takes any metric, or a list of them.

      Of a ROC curve it is the interval of the area, that of DeLong and others (1988); of a part of it
      (`max_fpr=`, `min_recall=`) and of the average precision of `pr(…)` the bootstrap. With
      `simultaneous=true` a band holds the whole ROC curve at once: Kolmogorov and Smirnov's for both
      classes. Of a decision curve it is a band for the net benefit at each threshold.
      """,
    effect: .draws,
    example: """
      data = synth(2000, 0.9)
      confidence(tune(logreg(data.train), data.val, f1), bootstrap=200).worth_interval
      """, foreignNames: ["bootstrap"],
    Form(
      Parameter<TuningResult>("tuning", "The tuning."),
      Parameter<MeasuredMetrics?>(
        "metric", "What else to judge the threshold by: a metric, or a list of metrics."),
      .level, .samples, .drawnTogether, .seed
    ) { context, tuning, metrics, level, samples, unit, seed in
      try tuning.confidence(
        BootstrapOptions(
          metrics: metrics?.list ?? [], samples: samples, level: level, unit: unit, seed: seed),
        context)
    }, .intervalsOfEvaluation, .confidenceOfCurve)
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
    let scores = try source.scores()
    var demands = content.metric.demands
    if let constraint = content.constraint { demands.formUnion(constraint.demands) }
    for metric in options.metrics { demands.formUnion(metric.demands) }
    if content.certificate != nil, !demands.isEmpty || options.unit != nil {
      throw CallError.guaranteeOfUnits(demands.isEmpty ? "unit" : "metric")
    }
    let rows = try scores.knowing(demands, context)
    let units = try options.unit.map(scores.units).map { numbers in
      RowFacts.Groups(codes: numbers.map { Int32($0) }, count: (numbers.max() ?? 0) + 1)
    }
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
      remedy: "count a random sample of the rows, or leave the bootstrap out", parameter: "tuning")
  }

  /// In a sample each metric of a regret has another best value, which samples do not look for.
  static func noBootstrap(of metric: Metric) -> CallError {
    CallError(
      .unsuitableArgument, "a bootstrap does not take `regret`, whose own best values it keeps",
      remedy: "leave the bootstrap out, or tune one of the metrics of `\(metric)`",
      parameter: "bootstrap")
  }

  fileprivate static func guaranteeOfUnits(_ parameter: String) -> CallError {
    CallError(
      .unsuitableArgument,
      "a guarantee is for rows that are drawn one by one and count alike, and its intervals are too",
      remedy: "remove `\(parameter)`, or tune without `guarantee`", parameter: parameter)
  }

  fileprivate static let undecided = CallError(
    .undefinedEverywhere, "no bootstrap sample had a valid threshold",
    remedy: "use more rows, or a weaker constraint", parameter: "tuning")
}
