import ParallelWork

/// What samples say of a threshold's worth on new rows.
struct JudgedSamples {
  let replicates: [Confidence.Replicate]
  /// By each metric, on all rows at the tuning's threshold.
  let values: [(chosen: Double?, standard: Double?)]

  /// How much of the estimate is by rows left out.
  ///
  /// Harrell's estimate says too much, since samples understate the optimism, and rows left out say
  /// too little, since a sample's threshold is worse than one of all rows; near a smooth optimum 0.58
  /// balances them.
  private static let shareOfRowsLeftOut = 0.6

  /// The estimate by a metric; `nil` where fewer than half of the samples have a value.
  func worth(by place: Int) -> Double? {
    guard let value = values[place].chosen,
      let optimism = mean(\.optimism, by: place),
      let leftOut = mean(\.outOfBag, by: place)
    else { return nil }
    let share = Self.shareOfRowsLeftOut
    let worth = (1 - share) * (value - optimism) + share * leftOut
    return worth.isFinite ? worth : nil
  }

  private func mean(
    _ figure: (Confidence.Replicate.Values) -> Double?, by place: Int
  ) -> Double? {
    var (sum, count) = (CompensatedSum(), 0)
    for replicate in replicates where !replicate.values.isEmpty {
      guard let figure = figure(replicate.values[place]), figure.isFinite else { continue }
      sum.add(figure)
      count += 1
    }
    return 2 * count >= replicates.count ? sum.value / Double(count) : nil
  }
}

extension Confidence.Replicate.Values {
  fileprivate var optimism: Double? {
    guard let inSample, let onAllRows else { return nil }
    return inSample - onAllRows
  }
}

/// How far what holds on new rows may be from an estimate.
protocol Spread {
  /// - Parameter place: The metric's place among those of the samples.
  func offsets(of metric: Metric, at place: Int) -> Confidence.Interval?
  /// Of the difference to the default.
  func gainOffsets(of metric: Metric) -> Confidence.Interval?
}

/// The percentiles of the samples about all rows, at the tuning's own threshold.
struct SampleSpread: Spread {
  private let replicates: [Confidence.Replicate]
  private let values: [(chosen: Double?, standard: Double?)]
  private let level: Double

  init(_ replicates: [Confidence.Replicate], _ frame: any Resampled, level: Double) {
    (self.replicates, self.level, values) = (replicates, level, frame.values)
  }

  func offsets(of metric: Metric, at place: Int) -> Confidence.Interval? {
    guard let chosen = values[place].chosen else { return nil }
    return percentiles { $0.values[place].atChosen }?.shifted(by: -chosen)
  }

  func gainOffsets(of metric: Metric) -> Confidence.Interval? {
    guard let chosen = values[0].chosen, let standard = values[0].standard else { return nil }
    return percentiles { replicate in
      let values = replicate.values[0]
      return values.atChosen.flatMap { chosen in values.atStandard.map { chosen - $0 } }
    }?.shifted(by: standard - chosen)
  }

  private func percentiles(
    _ figure: (Confidence.Replicate) -> Double?
  ) -> Confidence.Interval? {
    let figures = replicates.filter { !$0.values.isEmpty }.compactMap(figure).filter(\.isFinite)
    guard 2 * figures.count >= replicates.count else { return nil }
    return Confidence.Interval(figures, level: level)
  }
}
