import TableIO
public import ThrModel
import ThresholdEngine

/// Intervals of an evaluation's metrics, as a value of the language.
public struct IntervalsResult: LanguageObject {
  public static let typeName: ObjectType.Name = "intervals"

  let evaluation: Evaluation
  let positives: Int
  /// The named metrics in their order, then others that were asked for.
  let found: [MetricInterval]
  /// The metrics that were asked for.
  let asked: [Metric]
  let level: Double
  let samples: Int
  let seed: Int
  let shares: ShareMethod
  let isWeighted: Bool
  /// The column of the units that were drawn.
  let unit: String?
  let unitCount: Int?
  /// The group of the rows, if they are of one.
  var group: GroupKey?

  init(
    of evaluation: EvaluationResult, _ found: [MetricInterval], asked: [Metric],
    _ options: IntervalOptions, unitCount: Int?, isWeighted: Bool
  ) {
    self.evaluation = evaluation.content
    positives = evaluation.positives
    self.found = found
    self.asked = asked
    level = options.level
    samples = options.samples
    seed = options.seed
    shares = options.shares
    self.isWeighted = isWeighted
    unit = options.unit
    self.unitCount = unitCount
  }

  subscript(metric: Metric) -> MetricInterval? { found.first { $0.metric == metric } }
}

extension ObjectType {
  static let intervals = ObjectType(
    IntervalsResult.self, "Confidence intervals of an evaluation's metrics.",
    members: [
      .group(),
      MemberOf(
        "threshold", threshold: { $0.evaluation.thresholdText },
        "The threshold evaluated; none if nothing is flagged."
      ) {
        $0.evaluation.decision.threshold
      },
      MemberOf(
        "interval", hiddenInJSON: true,
        "The interval of the metric given to `confidence`; if several are given, of the first."
      ) { intervals throws(CallError) in
        guard let first = intervals.asked.first else { throw .noMetricAsked }
        return intervals[first].flatMap(\.result)
      },
      MemberOf(
        "metrics", hiddenInJSON: true,
        "The metrics given to `confidence`, each with `name`, `value` and `interval`."
      ) { intervals in
        intervals.asked.compactMap { intervals[$0] }.map(EstimateResult.init)
      },
      MemberOf("level", "Confidence level of the intervals.") { $0.level },
      MemberOf("method", "How intervals of shares are computed.") { $0.shares.rawValue },
      MemberOf("samples", .count, "Number of bootstrap samples, for metrics that are not shares.") {
        $0.samples
      },
      MemberOf("seed", "Seed of the random number generator.") { $0.seed },
      MemberOf("rows", .count, "Number of rows evaluated.") { $0.evaluation.rows },
      MemberOf("positives", .count, "Number of positive rows.") { $0.positives },
    ] + Metric.named.flatMap(members),
    line: { $0.line }, text: { $0.text(on: $1) })

  /// A metric and its interval by its name, and by its other names, which JSON does not repeat.
  private static func members(_ metric: NamedMetric) -> [MemberOf<IntervalsResult>] {
    ([metric.name] + metric.aliases).flatMap { name in
      [
        MemberOf(name, .metric, hiddenInJSON: name != metric.name, metric.summary) {
          Outcome($0[Metric(metric)]?.value, mayBeInfinite: true)
        },
        MemberOf(
          "\(name)_interval", hiddenInJSON: name != metric.name,
          "The interval of `\(name)`; none where it is undefined."
        ) {
          $0[Metric(metric)]?.result
        },
      ]
    }
  }
}

extension MetricInterval {
  var result: IntervalResult? { interval.map { IntervalResult($0, of: metric) } }
}

extension IntervalsResult: Tabular {
  static let tableSummary: String? =
    "Intervals of an evaluation, in the columns metric, value, lower, upper and method."

  var table: Table {
    get throws(CallError) {
      try Table(named: [
        Column("metric", texts: found.map(\.metric.description)),
        Column("value", numbers: found.map { $0.value ?? .nan }),
        Column("lower", numbers: found.map { $0.interval?.lower ?? .nan }),
        Column("upper", numbers: found.map { $0.interval?.upper ?? .nan }),
        Column("method", texts: found.map { $0.share?.rawValue ?? "bootstrap" }),
      ])
    }
  }
}

extension CallError {
  fileprivate static let noMetricAsked = CallError(
    .unsuitableArgument, "these intervals are of many metrics",
    remedy: "write `recall_interval`, or name one metric: `confidence(e, recall).interval`")
}
