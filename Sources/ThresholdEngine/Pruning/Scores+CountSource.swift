import CKernels
public import ParallelWork

/// Scores in memory.
extension Scores: CountSource {
  public typealias Failure = Cancelled

  /// What another pass over the rows costs is less than fetching and sorting so many.
  public var mostFetched: Double { max(32_768, Double(count) / 64) }

  public func population(isCancelled: () -> Bool) throws(Cancelled) -> Population {
    guard weights != nil else {
      return Population(
        extent: extent, positives: Double(positives), negatives: Double(negatives))
    }
    let counts = try counts(in: ScoreBuckets(extent), isCancelled: isCancelled)
    let totals = counts.weighed.map { $0.sum.weights($0.totals) }
    let sums = totals ?? counts.sums
    return Population(
      extent: extent, positives: sums.positives, negatives: sums.negatives, rows: rows,
      positiveRows: positives)
  }

  /// - Complexity: O(*n*) at first, then nothing for the same buckets over all scores.
  public func counts(
    in buckets: ScoreBuckets, isCancelled: () -> Bool
  ) throws(Cancelled) -> BucketCounts {
    if let known = memory.counts, known.buckets == buckets { return known }
    guard buckets.exponent == nil else {
      return try counted(in: [buckets], isCancelled: isCancelled)[0]
    }
    let counts =
      weights == nil
      ? try rowCounts(buckets, isCancelled) : try weightCounts(buckets, isCancelled)
    // What is remembered takes no more memory than the scores themselves.
    if count > 4 * buckets.count { memory.counts = counts }
    return counts
  }

  public func counts(
    in parts: [ScoreBuckets], isCancelled: () -> Bool
  ) throws(Cancelled) -> [BucketCounts]? {
    try counted(in: parts, isCancelled: isCancelled)
  }

  public func scores(
    in buckets: ScoreBuckets, where isChosen: [Bool], isCancelled: () -> Bool
  ) throws(Cancelled) -> Scores {
    var extents: [ClosedRange<Double>] = []
    for bucket in 0..<buckets.count where isChosen[bucket] {
      let scores = buckets.scores(of: bucket)
      let isNext = bucket > 0 && isChosen[bucket - 1]
      let upper = isNext ? extents.popLast()?.upperBound : nil
      extents.append(scores.lowerBound...(upper ?? scores.upperBound))
    }
    return try self.scores(within: extents, isCancelled: isCancelled)
  }

  public func scores(
    within extents: [ClosedRange<Double>], isCancelled: () -> Bool
  ) throws(Cancelled) -> Scores {
    let found = try rows(within: extents, isCancelled)
    return Scores(
      unchecked: found.map { values[$0] }, found.map { labels[$0] },
      weights.map { weights in found.map { weights[$0] } }, isCounted: isCounted)
  }

  public func greatestScore(below threshold: Double, _ counts: BucketCounts) -> Double {
    let extent = counts.buckets.extent
    return plateau(of: threshold, extent: extent).lower ?? extent.lowerBound
  }

  public func confusion(atLeast threshold: Double, _ counts: BucketCounts) -> Confusion {
    confusion(at: .threshold(threshold))
  }
}

// MARK: - All rows

extension Scores {
  /// Rows whose counts a table of 32 bits surely holds.
  private static let mostCounted = 1 << 31

  private func rowCounts(
    _ buckets: ScoreBuckets, _ isCancelled: () -> Bool
  ) throws(Cancelled) -> BucketCounts {
    let (size, tables) = (2 * buckets.count, Int(THR_BUCKETING_TABLES))
    var result = BucketCounts(buckets)
    for start in stride(from: 0, to: count, by: Self.mostCounted) {
      let rows = start..<min(start + Self.mostCounted, count)
      let counts = try RowPass.run(
        rows, isCancelled, from: [UInt32](repeating: 0, count: tables * size)
      ) { [values, labels] counts, rows in
        counts.withUnsafeMutableBufferPointer { counts in
          RowPass.withRows(values, labels, rows) { values, labels in
            thr_count_buckets(
              values, labels, rows.count, buckets.top, UInt32(buckets.shift),
              counts.baseAddress, buckets.count)
          }
        }
      } join: { sums, counts in
        for slot in sums.indices { sums[slot] &+= counts[slot] }
      }
      for bucket in 0..<buckets.count {
        for table in 0..<tables {
          result.negatives[bucket] += Double(counts[table * size + 2 * bucket])
          result.positives[bucket] += Double(counts[table * size + 2 * bucket + 1])
        }
      }
    }
    return result
  }

  private func weightCounts(
    _ buckets: ScoreBuckets, _ isCancelled: () -> Bool
  ) throws(Cancelled) -> BucketCounts {
    guard let weights, let sum = weightSum else { return BucketCounts(buckets) }
    let empty = [thr_wide](repeating: thr_wide(), count: 2 * buckets.count)
    let table = try RowPass.run(0..<count, isCancelled, from: empty) {
      [values, labels] table, rows in
      table.withUnsafeMutableBufferPointer { table in
        RowPass.withRows(values, labels, rows) { values, labels in
          weights.withUnsafeBufferPointer { weights in
            thr_weigh_buckets(
              values, labels, weights.baseAddress.map { $0 + rows.lowerBound }, rows.count,
              buckets.top, UInt32(buckets.shift), Int64(sum.unitExponent), table.baseAddress)
          }
        }
      }
    } join: { sums, table in
      for slot in sums.indices { sums[slot] = (sums[slot].units + table[slot].units).wide }
    }
    return BucketCounts(buckets, table.map(\.units), sum, isCounted: isCounted)
  }
}

extension thr_wide: @retroactive @unchecked Sendable {
  fileprivate var units: WeightSum.Units { WeightSum.Units(high: high, low: low) }
}

extension WeightSum.Units {
  fileprivate var wide: thr_wide { thr_wide(low: low, high: high) }
}

extension BucketCounts {
  /// - Parameters:
  ///   - units: Of negatives and positives of each bucket, one after the other.
  ///   - totals: Of all rows; those of the buckets where `nil`.
  ///   - isCounted: Whether weights are numbers of rows, whose sums are exact as they are.
  init(
    _ buckets: ScoreBuckets, _ units: [WeightSum.Units], _ sum: WeightSum,
    totals: WeightSum.Classes? = nil, isCounted: Bool
  ) {
    self.init(buckets)
    var classes = [WeightSum.Classes](repeating: .init(), count: buckets.count)
    var all = WeightSum.Classes()
    for bucket in 0..<buckets.count {
      classes[bucket].negatives = units[2 * bucket]
      classes[bucket].positives = units[2 * bucket + 1]
      let weights = sum.weights(classes[bucket])
      (positives[bucket], negatives[bucket]) = (weights.positives, weights.negatives)
      all = all + classes[bucket]
    }
    if !isCounted {
      weighed = WeighedBuckets(sum: sum, units: classes, totals: totals ?? all)
    }
  }
}
