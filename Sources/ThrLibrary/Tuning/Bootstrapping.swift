import NumberText
import ParallelWork
import ThrModel
import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let confidence = Builtin(
    "confidence", .tuning, "Confidence intervals of a tuning, an evaluation or a curve.",
    documentation: """
      Each sample draws rows with replacement, as many positives and negatives as in the data, and
      repeats the tuning. The interval of the thresholds shows how certain the threshold is. The
      rows that a sample leaves out evaluate its threshold like new rows, which usually gives less
      than the value on the rows that chose it. The gain is relative to the tuning's default.

      Intervals contain the middle `level` of the samples (percentile bootstrap). The same seed
      gives the same samples. `tune(…, bootstrap=1000)` computes them together with the tuning.

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
      s = scores([0.1, 0.3, 0.4, 0.6, 0.7, 0.9], [0, 0, 1, 0, 1, 1])
      confidence(tune(s, f1), samples=200).interval
      """, foreignNames: ["bootstrap"],
    Form(
      Parameter<TuningResult>("tuning", "The tuning."),
      Parameter("samples", in: 1...1_000_000, default: 1_000, "Number of bootstrap samples."),
      Parameter(
        "level", in: 0.001...0.999, default: 0.9, unit: "share",
        "Confidence level: the share of samples within an interval."),
      Parameter(
        "seed", in: 0...9_007_199_254_740_992, default: 1, "Seed of the random number generator.")
    ) { context, tuning, samples, level, seed in
      try tuning.confidence(samples: samples, level: level, seed: seed, context)
    }, .intervalsOfEvaluation, .confidenceOfCurve)
}

extension TuningResult {
  /// Asks the tuning's question of samples drawn from its rows.
  func confidence(
    samples: Int, level: Double = 0.9, seed: Int = 1, _ context: CallContext
  ) throws -> ConfidenceResult {
    var demands = content.metric.demands
    if let constraint = content.constraint { demands.formUnion(constraint.demands) }
    if !demands.isEmpty { throw CallError.noBootstrap(of: content.metric) }
    let scores = try source.scores()
    let confidence = try BootstrapError.explained(by: CallError.init) {
      () throws(BootstrapError) in
      try bootstrap(
        scores.content, content, samples: samples, level: level, seed: UInt64(seed),
        isCancelled: context.isCancelled
      ) { context.progress(Progress("drawing samples", fraction: $0)) }
    }
    return ConfidenceResult(confidence, of: content)
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

  /// A metric that asks for columns of rows, which samples do not know.
  static func noBootstrap(of metric: Metric) -> CallError {
    CallError(
      .unsuitableArgument, "a bootstrap does not take metrics by column or group yet: `\(metric)`",
      remedy: "leave `bootstrap=` out", parameter: "bootstrap")
  }

  fileprivate static let undecided = CallError(
    .undefinedEverywhere, "no bootstrap sample had a valid threshold",
    remedy: "use more rows, or a weaker constraint", parameter: "tuning")
}
