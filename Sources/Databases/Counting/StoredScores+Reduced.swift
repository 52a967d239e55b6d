import NumberText
public import ThresholdEngine

extension StoredScores {
  /// The queries that a search asks, before any is asked; bounds that follow from earlier answers
  /// stand as they are for scores from 0 to 1.
  public var planned: [String] {
    [
      question.population,
      "-- then the rows in each of \(Self.buckets.formatted) buckets; the factor follows from 1.\n"
        + question.steps(of: 12),
      "-- then the scores of the buckets that can be best; the bounds follow from 2.\n"
        + question.scores(within: [0.25...(0.5).nextDown]),
      "-- at last the counts at the threshold, to certify them\n" + question.certificate(0.5),
    ]
  }

  /// The rows in as many entries as there are buckets; exact at the thresholds given.
  ///
  /// Each entry has the least score that its bucket can hold, so that every threshold between
  /// buckets flags what it flags of the rows themselves.
  public func reduced(
    exactAt thresholds: [Double], isCancelled: () -> Bool
  ) throws(DatabaseError) -> Scores {
    let extent = try described(isCancelled: isCancelled).extent
    let counts = try counts(
      in: buckets(over: extent, atMost: Self.buckets), isCancelled: isCancelled)
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
    let names =
      ["s", "p", "n"]
      + columns.indices.flatMap { ["p\($0)", "n\($0)", "m\($0)", "x\($0)"] }
    let table = try numbers(question.sums(of: columns), names, isCancelled)
    let found = try described(isCancelled: isCancelled)
    try check(
      table[1].reduce(0, +), table[2].reduce(0, +), against: (found.positives, found.negatives),
      "rows")
    var facts = RowFacts()
    for (place, column) in columns.enumerated() {
      if nonnegative.contains(column), let least = table[5 + 4 * place].min(), least < 0 {
        throw .negativeWeights(column: column, rows: 1)
      }
      var means: [Double] = []
      for row in table[0].indices {
        for (count, sum) in [
          (table[1][row], table[3 + 4 * place][row]), (table[2][row], table[4 + 4 * place][row]),
        ] where count > 0 {
          guard sum.isFinite else {
            throw .unexpectedAnswer(
              engine: question.table.client.engine, reason: "`\(column)` has infinite sums")
          }
          means.append(sum / count)
        }
      }
      facts.columns[column] = means
    }
    let entries = table[0].indices.map { (table[0][$0] + 0, table[1][$0], table[2][$0]) }
    let missing = columns.indices.map { table[6 + 4 * $0].reduce(0, +) }
    return (try scores(entries).knowing(facts), missing)
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
      throw .unexpectedAnswer(engine: question.table.client.engine, reason: "\(error)")
    }
  }
}

/// Counts of the rows in stretches of scores, the highest first.
private struct ScoreEntries {
  typealias Entry = (score: Double, positives: Double, negatives: Double)
  private(set) var values: [Entry]

  /// Splits what lies on both sides of a threshold by what an engine counted there.
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

extension Int {
  fileprivate var formatted: String { Double(self).countText }
}
