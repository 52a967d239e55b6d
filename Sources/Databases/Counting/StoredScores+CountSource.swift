public import ThresholdEngine

/// Scores that stay where they are, for the search.
extension StoredScores: CountSource {
  public typealias Failure = DatabaseError

  public var isExact: Bool { !hasWeights }

  public var changedMeanwhile: DatabaseError? {
    .changed(expected: "rows of a part of the scores", found: "other ones")
  }

  public func population(isCancelled: () -> Bool) throws(DatabaseError) -> Population {
    let found = try described(isCancelled: isCancelled)
    return Population(
      extent: found.extent, positives: found.positives, negatives: found.negatives,
      rows: Int(found.rows), positiveRows: Int(found.positiveRows))
  }

  public func buckets(over extent: ClosedRange<Double>, atMost most: Int) -> ScoreBuckets {
    questions.buckets(over: extent, atMost: most)
  }

  public func counts(
    in buckets: ScoreBuckets, isCancelled: () -> Bool
  ) throws(DatabaseError) -> BucketCounts {
    if let known = known(buckets) { return known }
    let counts = try questions.counts(in: buckets, isCancelled: isCancelled)
    let found = try described(isCancelled: isCancelled)
    try check(
      counts.positives.reduce(0, +), counts.negatives.reduce(0, +),
      against: (found.positives, found.negatives), "rows")
    remember(counts)
    return counts
  }

  public func counts(
    in parts: [ScoreBuckets], isCancelled: () -> Bool
  ) throws(DatabaseError) -> [BucketCounts]? {
    try questions.counts(in: parts, isCancelled: isCancelled)
  }

  public func scores(
    in buckets: ScoreBuckets, where isChosen: [Bool], isCancelled: () -> Bool
  ) throws(DatabaseError) -> Scores {
    let counts = try counts(in: buckets, isCancelled: isCancelled)
    let rows = try questions.scores(
      within: isChosen.allSatisfy(\.self) ? [] : extents(of: isChosen, buckets),
      isCancelled: isCancelled)
    var found = BucketCounts(buckets)
    var kept: [Int] = []
    for row in rows.scores.indices {
      guard buckets.extent.contains(rows.scores[row]) else {
        throw .changed(expected: "scores within \(buckets.extent)", found: "others")
      }
      let bucket = buckets.bucket(of: rows.scores[row])
      guard isChosen[bucket] else { continue }
      kept.append(row)
      found.positives[bucket] += rows.positives[row]
      found.negatives[bucket] += rows.negatives[row]
    }
    for bucket in isChosen.indices where isChosen[bucket] {
      try check(
        found.positives[bucket], found.negatives[bucket],
        against: (counts.positives[bucket], counts.negatives[bucket]), "rows of a bucket")
    }
    return try scores(rows, kept)
  }

  public func scores(
    within extents: [ClosedRange<Double>], isCancelled: () -> Bool
  ) throws(DatabaseError) -> Scores {
    let rows = try questions.scores(within: merged(extents), isCancelled: isCancelled)
    return try scores(
      rows, rows.scores.indices.filter { extents.place(of: rows.scores[$0]) != nil })
  }

  public func greatestScore(
    below threshold: Double, _ counts: BucketCounts
  ) throws(DatabaseError) -> Double {
    try certificate(at: threshold, isCancelled: { false }).greatestBelow
      ?? counts.buckets.extent.lowerBound
  }

  public func confusion(
    atLeast threshold: Double, _ counts: BucketCounts
  ) throws(DatabaseError) -> Confusion {
    let (positives, negatives) = (
      counts.positives.reduce(0, +), counts.negatives.reduce(0, +)
    )
    var (tp, fp) = (0.0, 0.0)
    if threshold <= counts.buckets.extent.lowerBound {
      (tp, fp) = (positives, negatives)
    } else if let edge = counts.above(threshold) {
      (tp, fp) = edge
    } else {
      let certificate = try certificate(at: threshold, isCancelled: { false })
      (tp, fp) = (certificate.truePositives, certificate.falsePositives)
    }
    return Confusion(
      truePositives: tp, falsePositives: fp, trueNegatives: negatives - fp,
      falseNegatives: positives - tp)
  }

  // MARK: - Rows

  private func scores(_ rows: ScoreTally, _ kept: [Int]) throws(DatabaseError) -> Scores {
    let values = kept.map { rows.scores[$0] }
    let (positives, negatives) = (
      kept.map { rows.positives[$0] }, kept.map { rows.negatives[$0] }
    )
    do {
      if isExact {
        return Scores(
          try ScoreCounts(values: values, positives: positives, negatives: negatives))
      }
      var (scores, labels, weights): ([Double], [Bool], [Double]) = ([], [], [])
      for index in values.indices {
        for (weight, label) in [(positives[index], true), (negatives[index], false)]
        where weight > 0 {
          scores.append(values[index])
          labels.append(label)
          weights.append(weight)
        }
      }
      return try Scores(values: scores, labels: labels, weights: weights)
    } catch {
      throw .changed(expected: "rows of some scores", found: "\(error)")
    }
  }

  /// The intervals of the chosen buckets, neighbours joined.
  private func extents(of isChosen: [Bool], _ buckets: ScoreBuckets) -> [ClosedRange<Double>] {
    var extents: [ClosedRange<Double>] = []
    var wasChosen = false
    for bucket in isChosen.indices {
      if isChosen[bucket] {
        let range = buckets.scores(of: bucket)
        let upper = wasChosen ? extents.removeLast().upperBound : range.upperBound
        extents.append(min(range.lowerBound, upper)...upper)
      }
      wasChosen = isChosen[bucket]
    }
    return merged(extents)
  }

  /// At most so many intervals, the closest joined; they are disjoint, the highest first.
  private func merged(_ extents: [ClosedRange<Double>]) -> [ClosedRange<Double>] {
    guard extents.count > questions.mostExtents else { return extents }
    let gaps = extents.indices.dropFirst().map {
      (gap: extents[$0 - 1].lowerBound - extents[$0].upperBound, place: $0)
    }
    let kept = Set(gaps.sorted { $0.gap > $1.gap }.prefix(questions.mostExtents - 1).map(\.place))
    var merged: [ClosedRange<Double>] = []
    for (place, extent) in extents.enumerated() {
      if place > 0, !kept.contains(place), let last = merged.popLast() {
        merged.append(extent.lowerBound...last.upperBound)
      } else {
        merged.append(extent)
      }
    }
    return merged
  }
}

extension BucketCounts {
  /// The rows from a threshold upwards, where it is the lower edge of a bucket.
  fileprivate func above(_ threshold: Double) -> (Double, Double)? {
    if threshold > buckets.extent.upperBound { return (0, 0) }
    let bucket = buckets.bucket(of: threshold)
    guard buckets.scores(of: bucket).lowerBound == threshold else { return nil }
    return (
      positives[...bucket].reduce(0, +), negatives[...bucket].reduce(0, +)
    )
  }
}
