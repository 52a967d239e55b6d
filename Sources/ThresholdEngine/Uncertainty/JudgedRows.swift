/// Bootstrap samples of the rows that evaluate one or several decisions.
///
/// They give each metric of each decision on each sample. A sample draws as many rows as there are,
/// with replacement, so that the share of positives varies as it does among new rows. All decisions
/// are evaluated on the same samples, so differences are paired.
public struct JudgedRows: Sendable {
  /// The scores and the decision on each; all have the same rows in the same order.
  private let judged: [(scores: Scores, decision: Decision)]
  /// Rows with the same number are drawn together; `nil` where each is drawn by itself.
  private let units: [Int]?

  /// - Precondition: the scores have the same labels and weights, row by row.
  public init(_ judged: [(scores: Scores, decision: Decision)], units: [Int]? = nil) {
    self.judged = judged
    self.units = units
  }

  /// Values by decision, metric and sample; NaN where undefined.
  ///
  /// Equal arguments give equal values, however many threads there are.
  ///
  /// - Throws: `.unknownRows` where a metric asks for a column that the scores do not know.
  /// - Complexity: O(√*n*) a sample for metrics of counts of unweighted rows, else O(*n*).
  public func values(
    of metrics: [Metric], samples: Int, seed: UInt64,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) throws(TuningError) -> [[[Double]]] {
    let draw = try sampler(for: metrics, isCancelled)
    return try SampledValues.run(
      samples, entries: judged.count, measures: metrics.count, seed: seed, isCancelled, progress,
      draw)
  }

  /// The metrics on the rows themselves, by decision and metric; `nil` where undefined.
  public func values(
    of metrics: [Metric], isCancelled: () -> Bool = { false }
  ) throws(TuningError) -> [[Double?]] {
    let asking = metrics.filter(\.asksRows)
    var values: [[Double?]] = []
    for (scores, decision) in judged {
      let counts =
        try asking.isEmpty
        ? scores.confusion(at: decision)
        : evaluate(scores, at: decision, for: asking, isCancelled: isCancelled)
      values.append(metrics.map { $0.value(of: counts) })
    }
    return values
  }

  private func sampler(
    for metrics: [Metric], _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(TuningError) -> SampledValues.Sampler {
    let asksRows = metrics.contains { $0.asksRows }
    let isPlain = judged.allSatisfy { $0.scores.weights == nil || $0.scores.isCounted }
    if units == nil, isPlain, !asksRows, judged.count <= Self.mostPatterns {
      return samplerOfPatterns(metrics)
    }
    return samplerOfRows(metrics, asksRows, isCancelled)
  }
}

// MARK: - Rows that differ in nothing but their label and what the decisions make of them

extension JudgedRows {
  private func samplerOfPatterns(_ metrics: [Metric]) -> SampledValues.Sampler {
    let patterns = patterns.sorted { $0.key < $1.key }
    let draws = MultinomialDraws(patterns.map(\.value))
    let decisions = judged.indices
    return { stream throws(TuningError) in
      let counts = draws.sample(&stream)
      return decisions.flatMap { decision in
        var confusion = Confusion(
          truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0)
        for (pattern, count) in zip(patterns, counts) {
          confusion.add(
            count, isPositive: pattern.key & 1 == 1,
            isFlagged: (pattern.key >> (decision + 1)) & 1 == 1)
        }
        return metrics.map { $0.value(of: confusion) ?? .nan }
      }
    }
  }

  /// How many decisions a pattern has room for.
  private static let mostPatterns = 60

  /// How many rows have each label (bit 0) and are flagged by each decision (bits from 1).
  private var patterns: [UInt64: Double] {
    let first = judged[0].scores
    var rows = first.labels.map { $0 ? 1 as UInt64 : 0 }
    for (place, (scores, decision)) in judged.enumerated() {
      guard let threshold = decision.threshold else { continue }
      let bit = UInt64(1) << UInt64(place + 1)
      for row in rows.indices where scores.values[row] >= threshold { rows[row] |= bit }
    }
    var patterns: [UInt64: Double] = [:]
    for (row, pattern) in rows.enumerated() {
      patterns[pattern, default: 0] += first.weights?[row] ?? 1
    }
    return patterns
  }
}

extension Confusion {
  fileprivate mutating func add(_ count: Double, isPositive: Bool, isFlagged: Bool) {
    switch (isPositive, isFlagged) {
    case (true, true): truePositives += count
    case (true, false): falseNegatives += count
    case (false, true): falsePositives += count
    case (false, false): trueNegatives += count
    }
  }
}

// MARK: - Rows with weights, columns or units

extension JudgedRows {
  private func samplerOfRows(
    _ metrics: [Metric], _ asksRows: Bool, _ isCancelled: @escaping @Sendable () -> Bool
  ) -> SampledValues.Sampler {
    let judged = judged
    let first = judged[0].scores
    let draws = RowDraws(rows: first.count, units: units, weights: first.weights)
    return { stream throws(TuningError) in
      let weights = draws.sample(&stream)
      var values: [Double] = []
      for (scores, decision) in judged {
        if isCancelled() { throw .cancelled }
        let drawn = scores.weighing(weights)
        let counts =
          try asksRows
          ? evaluate(drawn, at: decision, for: metrics, isCancelled: isCancelled)
          : drawn.confusion(at: decision)
        values += metrics.map { $0.value(of: counts) ?? .nan }
      }
      return values
    }
  }
}

extension Scores {
  /// The same rows with other weights.
  fileprivate func weighing(_ weights: [Double]) -> Scores {
    let scores = Scores(unchecked: values, labels, weights)
    return facts.map(scores.knowing) ?? scores
  }
}
