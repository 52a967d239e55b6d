/// The tallies that a question needs, each in its place, with their totals on the rows at hand.
final class TallyLayout: Hashable, Sendable {
  let places: [Tally: Int]
  /// How much of each class every tally holds.
  let positives: [Double]
  let negatives: [Double]
  /// For each part that speaks of groups, those in which it has a value at some threshold.
  let groups: [GroupedMetric: [Int]]
  /// The other groups.
  let leftOut: [GroupedMetric: [Int]]
  /// The place of each quantile over samples.
  let samples: [SampledMetric: Int]
  /// What they are with nothing flagged; NaN where undefined.
  let samplesOfNothing: [Double]

  init(
    places: [Tally: Int], positives: [Double], negatives: [Double],
    groups: [GroupedMetric: [Int]], leftOut: [GroupedMetric: [Int]] = [:],
    samples: [SampledMetric: Int] = [:], samplesOfNothing: [Double] = []
  ) {
    self.places = places
    self.positives = positives
    self.negatives = negatives
    self.groups = groups
    self.leftOut = leftOut
    self.samples = samples
    self.samplesOfNothing = samplesOfNothing
  }

  var count: Int { positives.count }

  static func == (one: TallyLayout, other: TallyLayout) -> Bool {
    one === other
      || one.places == other.places && one.positives == other.positives
        && one.negatives == other.negatives && one.groups == other.groups
        && one.samples == other.samples
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(positives)
    hasher.combine(negatives)
  }
}

/// The counts of every tally at one threshold.
struct TalliedCounts: Hashable, Sendable {
  let layout: TallyLayout
  var flagged: [ClassSums]
  var unflagged: [ClassSums]
  /// What all of them are multiplied by.
  var factor = 1.0
  /// The quantiles over samples, by place; `nil` where undefined.
  var sampled: [Double?] = []

  func value(of metric: SampledMetric) -> Double? {
    layout.samples[metric].flatMap { sampled.indices.contains($0) ? sampled[$0] : nil }
  }

  func lanes(of place: Int) -> CountLanes {
    let (flagged, unflagged) = (flagged[place], unflagged[place])
    return CountLanes(
      tp: Lanes(repeating: factor * flagged.positives),
      fp: Lanes(repeating: factor * flagged.negatives),
      tn: Lanes(repeating: factor * unflagged.negatives),
      fn: Lanes(repeating: factor * unflagged.positives))
  }
}
