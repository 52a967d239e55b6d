/// The rows of some buckets, which a search has fetched.
struct FetchedBuckets {
  let counts: BucketCounts
  /// One a bucket.
  let isFetched: [Bool]
  let rows: Scores

  /// The counts if every row of at least this score is flagged; `nil` where the rows of its bucket
  /// are not here.
  ///
  /// - Complexity: O(buckets + fetched rows).
  func confusion(atLeast threshold: Double, _ population: Population) -> Confusion? {
    let buckets = counts.buckets
    guard buckets.extent.contains(threshold) else { return nil }
    let bucket = buckets.bucket(of: threshold)
    guard isFetched[bucket] else { return nil }
    let range = buckets.scores(of: bucket)
    let flagged = rows.values.indices.filter {
      rows.values[$0] >= threshold && range.contains(rows.values[$0])
    }
    if let weighed = counts.weighed { return confusion(bucket, flagged, weighed) }
    guard rows.weights == nil || rows.isCounted else { return nil }
    var own = ClassSums.zero
    for row in flagged {
      let count = rows.weights?[row] ?? 1
      if rows.labels[row] { own.positives += count } else { own.negatives += count }
    }
    return Confusion(
      tp: counts.positives[..<bucket].reduce(own.positives, +),
      fp: counts.negatives[..<bucket].reduce(own.negatives, +),
      positives: population.positives, negatives: population.negatives)
  }

  /// The same of weighted rows: the very sum that all rows give.
  private func confusion(
    _ bucket: Int, _ flagged: [Int], _ weighed: WeighedBuckets
  ) -> Confusion? {
    guard let weights = rows.weights else { return nil }
    var units = weighed.units[..<bucket].reduce(WeightSum.Classes(), +)
    for row in flagged {
      units.add(weighed.sum.units(weights[row]), isPositive: rows.labels[row])
    }
    return weighed.sum.confusion(flagged: units, rest: weighed.totals - units)
  }
}
