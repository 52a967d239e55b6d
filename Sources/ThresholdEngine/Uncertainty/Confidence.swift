public import ParallelWork

/// How sure a tuning is: intervals for its threshold and for what that is worth on new rows.
public struct Confidence: Hashable, Sendable {
  public let level: Double
  public let seed: UInt64
  /// One for each sample, in order.
  public let replicates: [Replicate]
  /// How many units were drawn a sample, of rows of any class; `nil` where rows of each class were.
  public let units: Int?
  /// Rows of the rarer class, or units with such rows.
  public let rarer: Int
  /// How sure it is that the constraint holds on new rows; see `Tuning.constraintLevel`.
  public let constraintLevel: Double?

  /// Interval for the best threshold on new rows, `(lower, upper]`; an end is infinite where the
  /// rows set no bound to it, and the upper one where flagging nothing may be best.
  ///
  /// `nil` where there are fewer than `fewest` rows of a class.
  public let threshold: Interval?
  /// What the threshold is worth on new rows, by the tuning's metric and by each further one.
  ///
  /// A total, such as a cost, is that of as many rows.
  public let worths: [Worth]
  /// The gain over the default threshold on new rows; `nil` without a default, or without a worth.
  public let gain: Estimate?

  /// The fewest rows of a class from which intervals are given.
  public static let fewest = 5

  /// What the threshold is worth, by the tuning's own metric.
  public var worth: Estimate? { worths[0].estimate }

  /// The result of one sample.
  public struct Replicate: Hashable, Sendable {
    /// `nil` where no threshold could be chosen: none met the constraint, or the metric was
    /// undefined.
    public let outcome: Decision?
    /// Where the sample's best threshold may lie, if half a row more is allowed for.
    let reach: Interval?
    /// By each metric; empty without an outcome.
    public let values: [Values]
    /// The rows that it left out; `nil` without an outcome, or where a class has none of them.
    let leftOut: ClassCells?

    /// What a metric is at a sample's threshold.
    public struct Values: Hashable, Sendable {
      /// On the sample itself.
      public let inSample: Double?
      /// On all rows.
      public let onAllRows: Double?
      /// On the rows that the sample left out.
      public let outOfBag: Double?
      /// On the sample, but at the tuning's own threshold and at its default.
      var atChosen: Double?
      var atStandard: Double?
    }
  }

  public struct Interval: Hashable, Sendable {
    public let lower: Double
    public let upper: Double
  }

  public struct Estimate: Hashable, Sendable {
    public let value: Double
    /// `nil` where too few draws have a value.
    public let interval: Interval?
  }

  /// What a metric is at the tuning's threshold.
  public struct Worth: Hashable, Sendable {
    public let metric: Metric
    /// On the rows that chose it.
    public let value: Double?
    /// On new rows; `nil` where fewer than half of the samples say, or there are too few rows.
    public let estimate: Estimate?
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
    _ replicates: [Replicate], of tuning: Tuning, _ frame: any Resampled, _ task: ResamplingTask,
    level: Double, threads: Int
  ) throws(BootstrapError) {
    guard replicates.contains(where: { $0.outcome != nil }) else { throw .undecided }
    (self.level, self.replicates, seed, units) = (level, replicates, task.seed, frame.units)
    rarer = min(frame.classes.positives, frame.classes.negatives)
    constraintLevel = frame.units == nil ? tuning.constraintLevel : nil
    guard rarer >= Self.fewest else {
      threshold = nil
      gain = nil
      worths = zip(task.metrics, frame.values).map {
        Worth(metric: $0, value: $1.chosen, estimate: nil)
      }
      return
    }
    threshold = Interval(reaching: replicates.compactMap(\.reach), level: level)
    let spread: any Spread =
      frame.units == nil
      ? RateSpread(replicates, frame, task, level: level, threads: threads)
      : SampleSpread(replicates, frame, level: level)
    let judged = JudgedSamples(replicates: replicates, values: frame.values)
    worths = task.metrics.indices.map { place in
      let metric = task.metrics[place]
      let value = judged.worth(by: place)
      return Worth(
        metric: metric, value: frame.values[place].chosen,
        estimate: value.map {
          Estimate($0, spread.offsets(of: metric, at: place), within: metric.range)
        })
    }
    gain = Self.gain(worths[0].estimate?.value, tuning, spread, frame)
  }

  /// How much better than the default, with its interval.
  private static func gain(
    _ worth: Double?, _ tuning: Tuning, _ spread: any Spread, _ frame: any Resampled
  ) -> Estimate? {
    guard tuning.default != nil, let worth, let former = frame.values[0].standard else {
      return nil
    }
    let difference = Estimate(worth - former, spread.gainOffsets(of: tuning.metric))
    return tuning.goal == .maximise ? difference : difference.negated
  }
}

extension Confidence.Estimate {
  /// - Parameter range: What values can be; the estimate is of that kind too.
  fileprivate init(
    _ value: Double, _ offsets: Confidence.Interval?, within range: ClosedRange<Double>? = nil
  ) {
    let range = range ?? -.infinity ... .infinity
    func clipped(_ value: Double) -> Double {
      min(max(value, range.lowerBound), range.upperBound)
    }
    self.value = clipped(value)
    interval = offsets.map {
      Confidence.Interval(lower: clipped(value + $0.lower), upper: clipped(value + $0.upper))
    }
  }

  fileprivate var negated: Self {
    Confidence.Estimate(
      value: -value, interval: interval.map { .init(lower: -$0.upper, upper: -$0.lower) })
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

  /// From a low lower end to a high upper one; ends are values that samples have, not between.
  fileprivate init?(reaching reaches: [Self], level: Double) {
    guard !reaches.isEmpty else { return nil }
    let tail = (1 - level) / 2
    func end(_ share: Double, of ends: [Double]) -> Double {
      let place = (share * Double(ends.count) - 1e-9).rounded(.up)
      return ends.sorted()[min(max(Int(place) - 1, 0), ends.count - 1)]
    }
    lower = end(tail, of: reaches.map(\.lower))
    upper = end(1 - tail, of: reaches.map(\.upper))
  }

  /// The narrowest that holds both.
  func union(_ other: Self) -> Self {
    Self(lower: min(lower, other.lower), upper: max(upper, other.upper))
  }

  func shifted(by distance: Double) -> Self {
    Self(lower: lower + distance, upper: upper + distance)
  }
}
