public import ParallelWork

/// Bootstrap intervals of a tuning: its results on samples like its own rows.
public struct Confidence: Hashable, Sendable {
  /// The share of samples between the ends of each interval.
  public let level: Double
  public let seed: UInt64
  /// One for each sample, in order.
  public let replicates: [Replicate]

  /// Interval of the threshold; an end is infinite where flagging nothing is that likely.
  public let threshold: Interval
  /// The metric on the sample that chose the threshold.
  public let inSample: Estimate
  /// The metric on the rows that the sample left out; `nil` where it was never defined there.
  ///
  /// A total, such as a cost, is that of as many rows as chose the threshold.
  public let outOfBag: Estimate?
  /// The gain over the default threshold on the rows left out; `nil` without a default.
  public let gain: Estimate?

  /// The result of one sample.
  public struct Replicate: Hashable, Sendable {
    /// `nil` where no threshold could be chosen: none met the constraint, or the metric was
    /// undefined.
    public let outcome: Decision?
    public let inSample: Double?
    public let outOfBag: Double?
    public let gain: Double?
  }

  /// From the one percentile to the other.
  public struct Interval: Hashable, Sendable {
    public let lower: Double
    public let upper: Double
  }

  /// The mean over the samples, and the interval.
  public struct Estimate: Hashable, Sendable {
    public let mean: Double
    public let interval: Interval
    /// Number of samples that gave it a value.
    public let samples: Int
  }

  /// Number of samples without a valid threshold.
  public var undecided: Int { replicates.count { $0.outcome == nil } }
  /// Number of samples that chose to flag nothing.
  public var flaggingNothing: Int { replicates.count { $0.outcome == .flagNothing } }
}

/// Why bootstrap intervals cannot be computed.
public enum BootstrapError: CancellableError, Hashable, Sendable {
  /// The rows do not suit the search.
  case tuning(TuningError)
  /// No sample has a valid threshold.
  case undecided
  /// The counts stand for so many rows, more than `mostExpandedRows`.
  case tooManyRows(Int)
  case cancelled
}

extension Confidence {
  init(
    _ replicates: [Replicate], level: Double, seed: UInt64
  ) throws(BootstrapError) {
    let thresholds = replicates.compactMap { $0.outcome.map { $0.threshold ?? .infinity } }
    guard let threshold = Interval(thresholds, level: level),
      let inSample = Estimate(replicates.compactMap(\.inSample), level: level)
    else { throw .undecided }
    self.level = level
    self.seed = seed
    self.replicates = replicates
    self.threshold = threshold
    self.inSample = inSample
    outOfBag = Estimate(replicates.compactMap(\.outOfBag), level: level)
    gain = Estimate(replicates.compactMap(\.gain), level: level)
  }
}

extension Confidence.Estimate {
  fileprivate init?(_ values: [Double], level: Double) {
    guard let interval = Confidence.Interval(values, level: level) else { return nil }
    self.interval = interval
    samples = values.count
    var sum = CompensatedSum()
    for value in values { sum.add(value) }
    mean = sum.value / Double(values.count)
  }
}

extension Confidence.Interval {
  /// The percentiles that leave half of `1 - level` at either side; `nil` of nothing.
  init?(_ values: [Double], level: Double) {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let tail = (1 - level) / 2
    lower = Self.quantile(tail, of: sorted)
    upper = Self.quantile(1 - tail, of: sorted)
  }

  /// The linear interpolation of Hyndman and Fan's seventh kind, as in R and NumPy.
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = min(Int(place), sorted.count - 1)
    let above = min(below + 1, sorted.count - 1)
    let rest = place - Double(below)
    // Infinity minus infinity would be no number.
    if rest == 0 || sorted[below] == sorted[above] { return sorted[below] }
    return sorted[below] + (sorted[above] - sorted[below]) * rest
  }
}
