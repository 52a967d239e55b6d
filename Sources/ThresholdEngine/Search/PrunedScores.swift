import ParallelWork

/// The candidates that can be best, found without sorting all rows.
///
/// Between two edges of buckets a metric that mistakes never improve is at most what it would be
/// with all of the bucket's positives flagged and none of its negatives. Buckets whose bound falls
/// short of the best edge hold no optimum and no tie with it; only the rows of the others are
/// sorted. The counts of every candidate are exact, so the choice is the sorted sweep's.
struct PrunedScores: CandidateSource {
  typealias Failure = Cancelled

  /// Below this a sort is as fast.
  static let leastRows = 1 << 15
  /// How much a computed bound may fall short of a computed value that it bounds.
  private static let rounding = 1e-12

  let positives: Double
  let negatives: Double
  let extent: ClosedRange<Double>
  private let scores: Scores
  private let buckets: ScoreBuckets
  private let survivors: SortedScores
  /// The rows above each bucket that are not among the survivors, by class.
  private let skipped: [(positives: Double, negatives: Double)]

  /// - Returns: `nil` where sorting all rows is the better way: few rows, weights, a metric that
  ///   mistakes may improve, nothing to compare with, or too little to leave out.
  /// - Complexity: O(*n*), two passes, with memory for buckets and surviving rows.
  init?(
    _ scores: Scores, _ metric: Metric, goal: Direction, isCancelled: () -> Bool
  ) throws(Cancelled) {
    guard scores.rows >= Self.leastRows, scores.weights == nil,
      metric.name?.direction == goal, metric.isNeverImprovedByMistakes
    else { return nil }
    let extent = scores.extent
    let buckets = try ScoreBuckets(scores, extent: extent, isCancelled: isCancelled)
    let totals = scores.classTotals
    let bounds = Bounds(buckets, metric, sign: goal == .maximise ? 1 : -1, totals)
    guard let best = bounds.bestEdge else { return nil }

    let least = best - Self.rounding * max(1, best.magnitude)
    // Where a corner is undefined there is no bound.
    let survives = bounds.corners.map { !($0 < least) }
    var rows = 0.0
    var skipped: [(positives: Double, negatives: Double)] = []
    var above = (positives: 0.0, negatives: 0.0)
    for bucket in 0..<buckets.count {
      skipped.append(above)
      if survives[bucket] {
        rows += buckets.positives(bucket) + buckets.negatives(bucket)
      } else {
        above.positives += buckets.positives(bucket)
        above.negatives += buckets.negatives(bucket)
      }
    }
    guard rows <= Double(scores.rows) / 4 else { return nil }
    let kept = try buckets.rows(of: scores, in: survives, isCancelled: isCancelled)
    guard let surviving = try? Scores(values: kept.values, labels: kept.labels) else { return nil }
    survivors = try SortedScores(surviving, isCancelled: isCancelled)
    (positives, negatives) = totals
    self.extent = extent
    self.scores = scores
    self.buckets = buckets
    self.skipped = skipped
  }

  func forEachBlock(
    isCancelled: () -> Bool, _ body: (CandidateBlock) -> Void
  ) throws(Cancelled) {
    try survivors.forEachBlock(isCancelled: isCancelled) { block in
      for place in 0..<block.count {
        let above = skipped[buckets.bucket(of: threshold(of: block.identities[place]))]
        block.truePositives[place] += above.positives
        block.falsePositives[place] += above.negatives
      }
      body(block)
    }
  }

  func threshold(of identity: UInt64) -> Double { survivors.threshold(of: identity) }

  func plateau(of identity: UInt64?) -> Tuning.Plateau {
    guard let identity else { return Tuning.Plateau(lower: extent.upperBound, upper: nil) }
    return scores.plateau(of: threshold(of: identity), extent: extent)
  }

  func confusion(atLeast threshold: Double) -> Confusion {
    scores.confusion(at: .threshold(threshold))
  }
}

/// Values of a metric at the edges of buckets, and its bounds within them.
private struct Bounds {
  /// The highest signed rank at the lower edge of a bucket; `nil` where all are undefined.
  private(set) var bestEdge: Double?
  /// The signed rank that no candidate of a bucket exceeds; NaN where it is undefined.
  private(set) var corners: [Double] = []

  init(
    _ buckets: ScoreBuckets, _ metric: Metric, sign: Double,
    _ totals: (positives: Double, negatives: Double)
  ) {
    func rank(_ tp: Double, _ fp: Double) -> Double {
      let counts = Confusion(
        tp: tp, fp: fp, positives: totals.positives, negatives: totals.negatives)
      var values = LaneValues(CountLanes(counts))
      return metric.rank(in: &values)[0] * sign
    }
    var (tp, fp) = (0.0, 0.0)
    for bucket in 0..<buckets.count {
      tp += buckets.positives(bucket)
      corners.append(rank(tp, fp))
      fp += buckets.negatives(bucket)
      let edge = rank(tp, fp)
      if edge > bestEdge ?? -.infinity { bestEdge = edge }
    }
  }
}
