public import ParallelWork

/// Scores in memory.
extension Scores: CountSource {
  public typealias Failure = Cancelled

  public var isExact: Bool { weights == nil || isCounted }

  public func population(isCancelled: () -> Bool) throws(Cancelled) -> Population {
    let (positives, negatives) = classTotals
    return Population(extent: extent, positives: positives, negatives: negatives)
  }

  /// - Complexity: O(*n*), and memory for the buckets only.
  public func counts(
    in buckets: ScoreBuckets, isCancelled: () -> Bool
  ) throws(Cancelled) -> BucketCounts {
    if let weights { return try weightedCounts(weights, buckets, isCancelled) }
    // How many negatives and positives each bucket holds, one after the other.
    var counts = [UInt32](repeating: 0, count: 2 * buckets.count)
    try forEachStretch(isCancelled) { rows, values, labels in
      counts.withUnsafeMutableBufferPointer { counts in
        for row in rows {
          let bucket = buckets.bucket(of: values[row])
          counts[2 &* bucket &+ (labels[row] ? 1 : 0)] &+= 1
        }
      }
    }
    var result = BucketCounts(buckets)
    for bucket in 0..<buckets.count {
      result.negatives[bucket] = Double(counts[2 * bucket])
      result.positives[bucket] = Double(counts[2 * bucket + 1])
    }
    return result
  }

  private func weightedCounts(
    _ weights: [Double], _ buckets: ScoreBuckets, _ isCancelled: () -> Bool
  ) throws(Cancelled) -> BucketCounts {
    var result = BucketCounts(buckets)
    try forEachStretch(isCancelled) { rows, values, labels in
      for row in rows {
        let bucket = buckets.bucket(of: values[row])
        if labels[row] {
          result.positives[bucket] += weights[row]
        } else {
          result.negatives[bucket] += weights[row]
        }
      }
    }
    return result
  }

  public func scores(
    in buckets: ScoreBuckets, where isChosen: [Bool], isCancelled: () -> Bool
  ) throws(Cancelled) -> Scores {
    var (scores, flags): ([Double], [Bool]) = ([], [])
    var kept: [Double]? = weights == nil ? nil : []
    try forEachStretch(isCancelled) { rows, values, labels in
      isChosen.withUnsafeBufferPointer { isChosen in
        for row in rows where isChosen[buckets.bucket(of: values[row])] {
          scores.append(values[row])
          flags.append(labels[row])
          if let weights { kept?.append(weights[row]) }
        }
      }
    }
    return Scores(unchecked: scores, flags, kept, isCounted: isCounted)
  }

  public func greatestScore(below threshold: Double, _ counts: BucketCounts) -> Double {
    let extent = counts.buckets.extent
    return plateau(of: threshold, extent: extent).lower ?? extent.lowerBound
  }

  public func confusion(atLeast threshold: Double, _ counts: BucketCounts) -> Confusion {
    confusion(at: .threshold(threshold))
  }

  @inline(__always)
  private func forEachStretch(
    _ isCancelled: () -> Bool,
    _ body: (Range<Int>, UnsafeBufferPointer<Double>, UnsafeBufferPointer<Bool>) -> Void
  ) throws(Cancelled) {
    var start = 0
    while start < count {
      let end = min(start + RadixSort.stride, count)
      values.withUnsafeBufferPointer { values in
        labels.withUnsafeBufferPointer { labels in body(start..<end, values, labels) }
      }
      if isCancelled() { throw Cancelled() }
      start = end
    }
  }
}
