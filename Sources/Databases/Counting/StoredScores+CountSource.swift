import Glibc
public import ThresholdEngine

/// Scores in a database, for the search.
extension StoredScores: CountSource {
  public typealias Failure = DatabaseError

  /// Buckets of one pass: with more, an engine that is not in a hurry sends ten times as much.
  public static let buckets = 4_096
  /// Intervals in one query; what lies between the closest is fetched beside.
  private static let mostExtents = 32

  public var isExact: Bool { !hasWeights }

  public var changedMeanwhile: DatabaseError? {
    .changed(expected: "rows of a part of the scores", found: "other ones")
  }

  public func population(isCancelled: () -> Bool) throws(DatabaseError) -> Population {
    let found = try described(isCancelled: isCancelled)
    return Population(
      extent: found.extent, positives: found.positives, negatives: found.negatives)
  }

  public func buckets(over extent: ClosedRange<Double>, atMost most: Int) -> ScoreBuckets {
    ScoreBuckets(grid: extent, atMost: min(most, Self.buckets))
  }

  public func counts(
    in buckets: ScoreBuckets, isCancelled: () -> Bool
  ) throws(DatabaseError) -> BucketCounts {
    if let known = known(buckets) { return known }
    let table = try numbers(
      question.steps(of: buckets.exponent ?? 0), ["b", "p", "n"], isCancelled)
    var counts = BucketCounts(buckets)
    for row in table[0].indices {
      try counts.add(step: table[0][row], table[1][row], table[2][row])
    }
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
    let grids = parts.map { (extent: $0.extent, exponent: $0.exponent ?? 0) }
    let table = try numbers(
      question.steps(of: grids), ["part", "b", "p", "n"], isCancelled)
    var counts = parts.map { BucketCounts($0) }
    for row in table[0].indices {
      guard let part = Int(exactly: table[0][row]), counts.indices.contains(part) else {
        throw .changed(expected: "rows of \(parts.count) parts", found: "rows of another")
      }
      try counts[part].add(step: table[1][row], table[2][row], table[3][row])
    }
    return counts
  }

  public func scores(
    in buckets: ScoreBuckets, where isChosen: [Bool], isCancelled: () -> Bool
  ) throws(DatabaseError) -> Scores {
    let counts = try counts(in: buckets, isCancelled: isCancelled)
    let rows = try rows(
      within: isChosen.allSatisfy(\.self) ? [] : extents(of: isChosen, buckets), isCancelled)
    var found = BucketCounts(buckets)
    var kept: [Int] = []
    for row in rows.values.indices {
      guard buckets.extent.contains(rows.values[row]) else {
        throw .changed(expected: "scores within \(buckets.extent)", found: "others")
      }
      let bucket = buckets.bucket(of: rows.values[row])
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
    let rows = try rows(within: Self.merged(extents), isCancelled)
    return try scores(
      rows,
      rows.values.indices.filter { row in extents.contains { $0.contains(rows.values[row]) } })
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

  private typealias ScoreRows = (values: [Double], positives: [Double], negatives: [Double])

  private func rows(
    within extents: [ClosedRange<Double>], _ isCancelled: () -> Bool
  ) throws(DatabaseError) -> ScoreRows {
    let table = try numbers(question.scores(within: extents), ["s", "p", "n"], isCancelled)
    return (table[0].map { $0 + 0 }, table[1], table[2])
  }

  private func scores(_ rows: ScoreRows, _ kept: [Int]) throws(DatabaseError) -> Scores {
    let values = kept.map { rows.values[$0] }
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
    return Self.merged(extents)
  }

  /// At most so many intervals, the closest joined; they are disjoint, the highest first.
  private static func merged(_ extents: [ClosedRange<Double>]) -> [ClosedRange<Double>] {
    guard extents.count > mostExtents else { return extents }
    let gaps = extents.indices.dropFirst().map {
      (gap: extents[$0 - 1].lowerBound - extents[$0].upperBound, place: $0)
    }
    let kept = Set(gaps.sorted { $0.gap > $1.gap }.prefix(mostExtents - 1).map(\.place))
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
  /// Adds the rows of a step of the grid.
  ///
  /// - Throws: `changed` where there was no such score before.
  fileprivate mutating func add(
    step: Double, _ positives: Double, _ negatives: Double
  ) throws(DatabaseError) {
    let score = scalbn(step, Int32(clamping: -(buckets.exponent ?? 0)))
    let clamped = min(max(score, buckets.extent.lowerBound), buckets.extent.upperBound)
    guard step.isFinite, positives >= 0, negatives >= 0, positives.isFinite, negatives.isFinite,
      score <= buckets.extent.upperBound
    else { throw .changed(expected: "scores within \(buckets.extent)", found: "others") }
    let bucket = buckets.bucket(of: clamped)
    guard score == clamped || bucket == buckets.count - 1 else {
      throw .changed(expected: "scores within \(buckets.extent)", found: "others")
    }
    self.positives[bucket] += positives
    self.negatives[bucket] += negatives
  }

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
