import ParallelWork

/// The candidates that can be best, found without sorting all rows.
///
/// Between two edges of buckets a metric that mistakes never improve is at most what it would be
/// with all of the bucket's positives flagged and none of its negatives. Buckets whose bound falls
/// short of the best edge hold no optimum and no tie with it; only the rows of the others are
/// sorted. The counts of every candidate are exact, so the choice is the sorted sweep's.
struct PrunedScores<Source: CountSource>: CandidateSource {
  typealias Failure = Source.Failure

  let positives: Double
  let negatives: Double
  let extent: ClosedRange<Double>
  private let source: Source
  private let counts: BucketCounts
  private let survivors: SortedScores
  /// The rows above each bucket that are not among the survivors, by class.
  private let skipped: [(positives: Double, negatives: Double)]

  /// - Returns: `nil` where sorting all rows is the better way: few rows, inexact counts, a metric
  ///   that mistakes may improve, nothing to compare with, or too little to leave out.
  /// - Complexity: O(*n*), two passes, with memory for buckets and surviving rows.
  init?(
    _ source: Source, _ metric: Metric, goal: Direction, isCancelled: () -> Bool
  ) throws(Source.Failure) {
    guard source.isExact, metric.name?.direction == goal, metric.isNeverImprovedByMistakes
    else { return nil }
    let population = try source.population(isCancelled: isCancelled)
    let rows = population.positives + population.negatives
    guard rows >= Pruning.leastRows else { return nil }
    let buckets = ScoreBuckets(population.extent)
    let counts = try source.counts(in: buckets, isCancelled: isCancelled)
    guard
      let pruning = Pruning(
        counts, metric, goal: goal, (population.positives, population.negatives)),
      pruning.rows <= rows / 4
    else { return nil }
    let surviving = try source.scores(
      in: buckets, where: pruning.survives, isCancelled: isCancelled)
    survivors = try Failure.ifCancelled { () throws(Cancelled) in
      try SortedScores(surviving, isPart: true, isCancelled: isCancelled)
    }
    (positives, negatives, extent) = (
      population.positives, population.negatives, population.extent
    )
    self.source = source
    self.counts = counts
    skipped = pruning.skipped
  }

  func forEachBlock(
    isCancelled: () -> Bool, _ body: (CandidateBlock) -> Void
  ) throws(Failure) {
    let buckets = counts.buckets
    try Failure.ifCancelled { () throws(Cancelled) in
      try survivors.forEachBlock(isCancelled: isCancelled) { block in
        for place in 0..<block.count {
          let above = skipped[buckets.bucket(of: threshold(of: block.identities[place]))]
          block.truePositives[place] += above.positives
          block.falsePositives[place] += above.negatives
        }
        body(block)
      }
    }
  }

  func threshold(of identity: UInt64) -> Double { survivors.threshold(of: identity) }

  func plateau(of identity: UInt64?) throws(Failure) -> Tuning.Plateau {
    guard let identity else { return Tuning.Plateau(lower: extent.upperBound, upper: nil) }
    let threshold = threshold(of: identity)
    guard threshold > extent.lowerBound else {
      return Tuning.Plateau(lower: nil, upper: threshold)
    }
    return Tuning.Plateau(
      lower: try source.greatestScore(below: threshold, counts), upper: threshold)
  }

  func confusion(atLeast threshold: Double) throws(Failure) -> Confusion {
    try source.confusion(atLeast: threshold, counts)
  }
}

/// Which buckets can hold the best candidate.
private struct Pruning {
  /// Below this a sort is as fast.
  static let leastRows = Double(1 << 15)
  /// How much a computed bound may fall short of a computed value that it bounds.
  private static let rounding = 1e-12

  let survives: [Bool]
  /// The rows of the buckets that survive.
  private(set) var rows = 0.0
  /// The rows above each bucket that do not survive, by class.
  private(set) var skipped: [(positives: Double, negatives: Double)] = []

  init?(
    _ counts: BucketCounts, _ metric: Metric, goal: Direction,
    _ totals: (positives: Double, negatives: Double)
  ) {
    let bounds = Bounds(counts, metric, sign: goal == .maximise ? 1 : -1, totals)
    guard let best = bounds.bestEdge else { return nil }
    let least = best - Self.rounding * max(1, best.magnitude)
    // Where a corner is undefined there is no bound.
    survives = bounds.corners.map { !($0 < least) }
    var above = (positives: 0.0, negatives: 0.0)
    for bucket in survives.indices {
      skipped.append(above)
      if survives[bucket] {
        rows += counts.positives[bucket] + counts.negatives[bucket]
      } else {
        above.positives += counts.positives[bucket]
        above.negatives += counts.negatives[bucket]
      }
    }
  }
}

/// Values of a metric at the edges of buckets, and its bounds within them.
private struct Bounds {
  /// The highest signed rank at the lower edge of a bucket; `nil` where all are undefined.
  private(set) var bestEdge: Double?
  /// The signed rank that no candidate of a bucket exceeds; NaN where it is undefined.
  private(set) var corners: [Double] = []

  init(
    _ counts: BucketCounts, _ metric: Metric, sign: Double,
    _ totals: (positives: Double, negatives: Double)
  ) {
    func rank(_ tp: Double, _ fp: Double) -> Double {
      let confusion = Confusion(
        tp: tp, fp: fp, positives: totals.positives, negatives: totals.negatives)
      var values = LaneValues(confusion)
      return metric.rank(in: &values)[0] * sign
    }
    var (tp, fp) = (0.0, 0.0)
    for bucket in counts.positives.indices {
      tp += counts.positives[bucket]
      corners.append(rank(tp, fp))
      fp += counts.negatives[bucket]
      let edge = rank(tp, fp)
      if edge > bestEdge ?? -.infinity { bestEdge = edge }
    }
  }
}
