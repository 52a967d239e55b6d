/// A metric of a decision on rows, and where its value on new rows of the same kind lies.
public struct MetricInterval: Hashable, Sendable {
  public let metric: Metric
  /// `nil` where undefined.
  public let value: Double?
  /// `nil` where the value is undefined.
  public let interval: Confidence.Interval?
  /// How the interval of a share is computed; `nil` for the bootstrap.
  public let share: ShareMethod?
  /// In how many samples of the bootstrap the metric was undefined.
  public let undefined: Int
}

extension JudgedRows {
  /// Intervals of metrics of one decision, for new rows that are drawn as these were.
  ///
  /// Shares of unweighted rows, such as recall, are binomial and take `shares`; all other metrics,
  /// and weighted rows, take the middle `level` of bootstrap samples.
  ///
  /// - Parameter level: Above 0 and below 1.
  /// - Throws: `.unknownRows` where a metric asks for a column that the scores do not know.
  public static func intervals(
    of metrics: [Metric], _ scores: Scores, at decision: Decision, level: Double,
    shares: ShareMethod = .wilson, samples: Int = 1_000, seed: UInt64 = 1, units: [Int]? = nil,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) throws(TuningError) -> [MetricInterval] {
    let asking = metrics.filter(\.asksRows)
    let counts =
      try asking.isEmpty
      ? scores.confusion(at: decision)
      : evaluate(scores, at: decision, for: asking, isCancelled: isCancelled)
    let isBinomial = units == nil && (scores.weights == nil || scores.isCounted)
    let others = metrics.filter { !isBinomial || ShareCounts($0, counts) == nil }
    let values =
      try others.isEmpty
      ? []
      : JudgedRows([(scores, decision)], units: units).values(
        of: others, samples: samples, seed: seed, isCancelled: isCancelled, progress: progress)[0]
    return metrics.map { metric in
      let value = metric.value(of: counts)
      guard let place = others.firstIndex(of: metric) else {
        let share = ShareCounts(metric, counts).flatMap {
          shares.interval($0.hits, of: $0.trials, level: level)
        }
        return MetricInterval(
          metric: metric, value: value, interval: share, share: shares, undefined: 0)
      }
      let found = values[place].filter { !$0.isNaN }
      return MetricInterval(
        metric: metric, value: value,
        interval: value == nil ? nil : Confidence.Interval(of: found, level: level), share: nil,
        undefined: values[place].count - found.count)
    }
  }
}

extension Confidence.Interval {
  /// The percentiles of samples that leave half of `1 - level` at either side; `nil` where none is
  /// defined.
  ///
  /// Hyndman and Fan's seventh kind, as in R and NumPy.
  ///
  /// - Parameter values: NaN where undefined.
  public init?(of values: [Double], level: Double) {
    let sorted = values.filter { !$0.isNaN }.sorted()
    guard !sorted.isEmpty else { return nil }
    let ends = [(1 - level) / 2, 1 - (1 - level) / 2].map { share in
      let place = share * Double(sorted.count - 1)
      let below = min(Int(place), sorted.count - 1)
      let (low, high) = (sorted[below], sorted[min(below + 1, sorted.count - 1)])
      let rest = place - Double(below)
      // Infinity minus infinity, or times zero, would be no number.
      return low == high || rest == 0 ? low : low + (high - low) * rest
    }
    self.init(lower: ends[0], upper: ends[1])
  }
}
