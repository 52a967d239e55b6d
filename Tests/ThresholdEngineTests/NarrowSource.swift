import ParallelWork
import ThresholdEngine

/// Scores that are asked as a database is: few buckets at a time, and few rows.
struct NarrowSource: CountSource {
  enum Failure: CancellableError { case cancelled, changed }

  var scores: Scores
  /// How it counts: by leading bits or by steps of a grid, in parts or only in all.
  var manner: Manner
  /// Whether sums of weights are added up row by row.
  var isExact = true
  let fetched = RowCounter()

  /// How many rows were handed out.
  final class RowCounter { var rows = 0 }

  enum Manner: CaseIterable { case bits, grid, undivided }

  var mostFetched: Double { 4 }
  var changedMeanwhile: Failure? { .changed }

  func population(isCancelled: () -> Bool) throws(Failure) -> Population {
    try Failure.ifCancelled { () throws(Cancelled) in
      try scores.population(isCancelled: isCancelled)
    }
  }

  func buckets(over extent: ClosedRange<Double>, atMost most: Int) -> ScoreBuckets {
    let isFinite = extent.lowerBound.isFinite && extent.upperBound.isFinite
    return manner == .grid && isFinite
      ? ScoreBuckets(grid: extent, atMost: min(most, 6))
      : ScoreBuckets(extent, atMost: min(most, 6))
  }

  func counts(
    in buckets: ScoreBuckets, isCancelled: () -> Bool
  ) throws(Failure) -> BucketCounts {
    counted(in: buckets)
  }

  func counts(
    in parts: [ScoreBuckets], isCancelled: () -> Bool
  ) throws(Failure) -> [BucketCounts]? {
    manner == .undivided ? nil : parts.map(counted)
  }

  /// Row by row, in the order of the rows.
  private func counted(in buckets: ScoreBuckets) -> BucketCounts {
    var counts = BucketCounts(buckets)
    for row in scores.values.indices where buckets.extent.contains(scores.values[row]) {
      let (bucket, weight) = (
        buckets.bucket(of: scores.values[row]), scores.weights?[row] ?? 1
      )
      if scores.labels[row] {
        counts.positives[bucket] += weight
      } else {
        counts.negatives[bucket] += weight
      }
    }
    return counts
  }

  func scores(
    in buckets: ScoreBuckets, where isChosen: [Bool], isCancelled: () -> Bool
  ) throws(Failure) -> Scores {
    try rows { isChosen[buckets.bucket(of: $0)] }
  }

  func scores(
    within extents: [ClosedRange<Double>], isCancelled: () -> Bool
  ) throws(Failure) -> Scores {
    try rows { score in extents.contains { $0.contains(score) } }
  }

  private func rows(_ isWanted: (Double) -> Bool) throws(Failure) -> Scores {
    let wanted = scores.values.indices.filter { isWanted(scores.values[$0]) }
    fetched.rows += wanted.count
    do {
      return try Scores(
        values: wanted.map { scores.values[$0] }, labels: wanted.map { scores.labels[$0] },
        weights: scores.weights.map { weights in wanted.map { weights[$0] } })
    } catch { throw .changed }
  }
}
