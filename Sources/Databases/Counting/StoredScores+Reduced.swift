public import ThresholdEngine

extension StoredScores {
  /// The rows in as many entries as there are buckets; exact at the thresholds given.
  ///
  /// Each entry has the least score that its bucket can hold, so that every threshold between
  /// buckets flags what it flags of the rows themselves.
  public func reduced(
    exactAt thresholds: [Double], isCancelled: () -> Bool
  ) throws(DatabaseError) -> Scores {
    let extent = try described(isCancelled: isCancelled).extent
    let counts = try counts(
      in: buckets(over: extent, atMost: ScoreBuckets.most), isCancelled: isCancelled)
    var entries = counts.entries
    let within = Set(thresholds).sorted().filter {
      $0 > extent.lowerBound && $0 <= extent.upperBound
    }
    try certify(at: within, isCancelled: isCancelled)
    for threshold in within {
      try entries.split(
        at: threshold, certificate(at: threshold, isCancelled: isCancelled)
      ) {
        (one, other) throws(DatabaseError) in
        try check(one.0, one.1, against: other, "rows below a threshold")
      }
    }
    return try scores(entries.values)
  }

  /// Every score with its counts, and the mean of columns in each entry: one a class and score.
  ///
  /// - Returns: The scores, and in how many rows each column is missing, which adds nothing.
  /// - Throws: `negative` of a column in `nonnegative` that is below 0.
  public func scores(
    summing columns: [String], nonnegative: Set<String>, isCancelled: () -> Bool
  ) throws(DatabaseError) -> (scores: Scores, missing: [Double]) {
    let (tally, sums) = try questions.sums(of: columns, isCancelled: isCancelled)
    let found = try described(isCancelled: isCancelled)
    try check(
      tally.positives.reduce(0, +), tally.negatives.reduce(0, +),
      against: (found.positives, found.negatives),
      "rows")
    var facts = RowFacts()
    for (column, sum) in zip(columns, sums) {
      if nonnegative.contains(column), let least = sum.least, least < 0 {
        throw .negativeWeights(column: column, rows: 1)
      }
      var means: [Double] = []
      for row in tally.scores.indices {
        for (count, total) in [
          (tally.positives[row], sum.positives[row]), (tally.negatives[row], sum.negatives[row]),
        ] where count > 0 {
          guard total.isFinite else {
            throw .infiniteSums(column: column)
          }
          means.append(total / count)
        }
      }
      facts.columns[column] = means
    }
    let entries = tally.scores.indices.map {
      (tally.scores[$0] + 0, tally.positives[$0], tally.negatives[$0])
    }
    return (try scores(entries).knowing(facts), sums.map(\.missing))
  }

  private func scores(
    _ entries: [(score: Double, positives: Double, negatives: Double)]
  ) throws(DatabaseError) -> Scores {
    do {
      return Scores(
        try ScoreCounts(
          values: entries.map(\.score), positives: entries.map(\.positives),
          negatives: entries.map(\.negatives)))
    } catch {
      throw .changed(expected: "rows of some scores", found: "\(error)")
    }
  }
}

/// Counts of the rows in stretches of scores, the highest first.
private struct ScoreEntries {
  typealias Entry = (score: Double, positives: Double, negatives: Double)
  private(set) var values: [Entry]

  /// Splits what lies on both sides of a threshold by what was counted there.
  ///
  /// - Parameter check: Refuses two pairs of counts that differ too much.
  mutating func split(
    at threshold: Double, _ found: StoredCertificate,
    _ check: ((Double, Double), (Double, Double)) throws(DatabaseError) -> Void
  ) throws(DatabaseError) {
    let above = values.prefix { $0.score >= threshold }
    let (p, n) = (
      above.reduce(0) { $0 + $1.positives }, above.reduce(0) { $0 + $1.negatives }
    )
    let upper = (positives: found.truePositives - p, negatives: found.falsePositives - n)
    guard above.count < values.count else { return try check((p, n), (p + upper.0, n + upper.1)) }
    let whole = values[above.count]
    let lower = (whole.positives - upper.positives, whole.negatives - upper.negatives)
    // More rows above the threshold than before, or fewer below it than none.
    if min(upper.positives, upper.negatives, lower.0, lower.1) < 0 {
      try check((p, n), (found.truePositives, found.falsePositives))
    }
    values.replaceSubrange(
      above.count...above.count,
      with: [
        (threshold, upper.positives, upper.negatives), (whole.score, lower.0, lower.1),
      ].filter { $0.1 + $0.2 > 0 })
    // The greatest score below the threshold is known: its bucket is named by it.
    guard let below = found.greatestBelow else { return }
    if let place = values.firstIndex(where: { $0.score <= below && $0.score < threshold }) {
      values[place].score = below
    }
  }
}

extension BucketCounts {
  fileprivate var entries: ScoreEntries {
    var entries: [ScoreEntries.Entry] = []
    for bucket in positives.indices where positives[bucket] + negatives[bucket] > 0 {
      entries.append(
        (buckets.scores(of: bucket).lowerBound + 0, positives[bucket], negatives[bucket]))
    }
    return ScoreEntries(entries)
  }
}

extension ScoreEntries {
  fileprivate init(_ values: [Entry]) { self.values = values }
}
