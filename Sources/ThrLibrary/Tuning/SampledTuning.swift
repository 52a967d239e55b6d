import NumberText
import ThrModel
public import ThrSyntax
import ThresholdEngine

// Tuning by quantiles of metrics over samples of the rows.

extension TuningOptions {
  /// Whether a quantile over samples is asked for.
  var isSampled: Bool { metric.holdsSamples || constraint?.holdsSamples == true }

  /// Which samples quantiles are over.
  func draws(of scores: ScoredRows) throws(CallError) -> SampleDraws {
    let unit = isSampled ? unit : nil
    return SampleDraws(
      samples: samples ?? 1_000, seed: UInt64(seed),
      units: try unit.map { name throws(CallError) in try scores.unitGroups(name) })
  }

  func refuseSampled(_ source: TunedRows) throws(CallError) {
    if guarantee != nil, unit != nil { throw .guaranteeOfUnits("unit") }
    guard case .scores(let scores) = source, scores.content.isCounted else { return }
    throw .needsRows("a quantile over samples needs single rows", parameter: "scores")
  }

  /// The quantiles that look at what most samples fall short of.
  func optimisticQuantiles(_ goal: Direction) -> [Metric] {
    let isOptimistic = metric.sampledShare.map { goal == .maximise ? $0 > 0.5 : $0 < 0.5 } ?? false
    return (isOptimistic ? [metric] : []) + (constraint?.optimisticSamples ?? [])
  }

  /// “1,000 bootstrap samples of units of `customer`, seed 1”.
  var samplesText: String {
    let units = unit.map { " of units of `\($0)`" } ?? ""
    return "\(counted(samples ?? 1_000, "bootstrap sample"))\(units), seed \(seed)"
  }
}

extension ScoredRows {
  /// Rows with equal values of a column, which are drawn together.
  func unitGroups(_ name: String) throws(CallError) -> RowFacts.Groups {
    let numbers = try units(name)
    return RowFacts.Groups(codes: numbers.map { Int32($0) }, count: (numbers.max() ?? 0) + 1)
  }
}

extension Warning {
  static func optimisticQuantile(_ metric: Metric) -> Warning {
    Warning(
      .optimisticQuantile,
      "`\(metric)` is better than the metric in most samples, so it is no cautious choice",
      remedy: "take the other end: lowest values come first, so a low quantile of what should be "
        + "high, such as `quantile(f1, 10%)`, and a high quantile of a cost")
  }
}

extension Diagnostic.Kind {
  /// A quantile at the good end of a metric.
  public static let optimisticQuantile = Diagnostic.Kind(
    "W0710", "optimistic-quantile", .warning,
    explanation: .init(
      """
      A quantile over bootstrap samples is for a cautious choice: the value that is reached in nearly \
      all samples. Lowest values come first, so that is a low quantile of a metric that is maximised \
      and a high one of a metric that is minimised. The other end is the luck of a few samples.
      """,
      wrong: """
        s = scores([0.1, 0.2, 0.4, 0.6, 0.7, 0.9], [0, 0, 1, 0, 1, 1])
        tune(s, quantile(f1, 90%), bootstrap=200)
        """,
      right: """
        s = scores([0.1, 0.2, 0.4, 0.6, 0.7, 0.9], [0, 0, 1, 0, 1, 1])
        tune(s, quantile(f1, 10%), bootstrap=200)
        """))
}
