import Glibc
import ParallelWork

// How many rows one clause of a guarantee needs.

extension SampleNeed {
  init(
    _ clause: Guarantee.Clause, allowed: Double, level: Double, in population: SampledPopulation,
    expected: Double?, _ isCancelled: () -> Bool
  ) throws(SampleSizeError) {
    switch clause.target {
    case .share(let sample, _, let most):
      let count =
        if let expected {
          try clause.rows(wrongOnAverage: clause.wrong(expected), atMost: most, within: allowed)
        } else { Binomial.trials(rate: most, within: allowed) }
      guard let count else { throw .tooMany }
      try self.init(
        clause, sample, count: count, atMost: most, allowed: allowed, level: level, population)
    case .predictive(let flagged, let least):
      guard let prevalence = population.prevalence else { throw .needsPrevalence(clause) }
      let plan = try PredictivePlan(
        clause, isOfFlagged: flagged, least: least, allowed: allowed, level: level,
        prevalence: prevalence, flagRate: population.flagRate, expected: expected)
      let rows = try plan.rows(isCancelled)
      self.init(
        clause: clause, allowed: allowed, sample: flagged ? .positives : .negatives,
        count: try plan.right(rows, isCancelled), expected: plan.expected, rows: rows)
    }
  }

  /// So many rows of a sample, and how cautious the threshold is then: with `c` mistakes allowed
  /// of `m` rows, the rate of mistakes on new rows is distributed as Beta(c + 1, m - c).
  fileprivate init(
    _ clause: Guarantee.Clause, _ sample: Guarantee.Sample, count: Int, atMost most: Double,
    allowed: Double, level: Double, _ population: SampledPopulation
  ) throws(SampleSizeError) {
    let mistakes = Binomial(trials: count, rate: most).largest(within: allowed) ?? 0
    let (wrong, all) = (Double(mistakes + 1), Double(count + 1))
    self.init(
      clause: clause, allowed: allowed, sample: sample, count: count,
      expected: clause.isFloor ? (all - wrong) / all : wrong / all,
      rows: try Self.rows(holding: count, of: sample, level, population))
  }

  private static func rows(
    holding count: Int, of sample: Guarantee.Sample, _ level: Double,
    _ population: SampledPopulation
  ) throws(SampleSizeError) -> Int? {
    if sample == .all { return count }
    guard let prevalence = population.prevalence else { return nil }
    let isPositive = sample == .positives
    return try SampleSize.rows(
      holding: isPositive ? count : 0, and: isPositive ? 0 : count, prevalence: prevalence,
      with: level)
  }
}

extension SampleSize {
  /// The same for more rows than the least, or for other values on average: the more rows there
  /// are, the less cautious the threshold has to be.
  public func alternatives(
    to need: SampleNeed, in population: SampledPopulation, isCancelled: () -> Bool = { false }
  ) throws(SampleSizeError) -> [SampleNeed] {
    let level = guarantee.level
    switch need.clause.target {
    case .share(let sample, _, let most):
      var needs: [SampleNeed] = []
      for count in need.count.roundNumbers {
        needs.append(
          try SampleNeed(
            need.clause, sample, count: count, atMost: most, allowed: need.allowed, level: level,
            population))
      }
      return needs
    case .predictive(_, let least):
      var needs: [SampleNeed] = []
      for part in [0.75, 0.5] {
        let value = least + (need.expected - least) * part
        needs.append(
          try SampleNeed(
            need.clause, allowed: need.allowed, level: level, in: population, expected: value,
            isCancelled))
      }
      return needs
    }
  }
}

extension Int {
  /// The first two of 1, 2, 5, 10, 20, … that are at least twice as large.
  fileprivate var roundNumbers: [Int] {
    var (found, scale) = ([Int](), 1)
    while found.count < 2, scale < 1_000_000_000_000 {
      found += [1, 2, 5].map { $0 * scale }.filter { $0 >= 2 * self }
      scale *= 10
    }
    return Array(found.prefix(2))
  }
}

extension Guarantee.Clause {
  /// The share that is decided wrongly where the metric has a value.
  fileprivate func wrong(_ value: Double) -> Double { isFloor ? value.complement : value }

  /// The fewest rows of the sample from which on the threshold's rate of mistakes on new rows is
  /// at least so high on average; `nil` for too many.
  ///
  /// With `m` rows that allow `c` mistakes the average is (c + 1) / (m + 1); of all such `m`, the
  /// last before one more mistake is allowed has the lowest.
  fileprivate func rows(
    wrongOnAverage wrong: Double, atMost most: Double, within allowed: Double
  ) throws(SampleSizeError) -> Int? {
    guard wrong > 0, wrong < most else { throw .expectedBeyondLimit(self) }
    func suffices(_ mistakes: Int, margin: Double = 0) -> Bool? {
      Binomial.trials(rate: most, atMost: mistakes + 1, within: allowed).map {
        Double(mistakes + 1) >= wrong * (Double($0) + margin) * (1 - 1e-12)
      }
    }
    // The average rises with the mistakes but for the rounding of rows to whole numbers: where it
    // suffices with one row more, it does from there on.
    var high = 1
    while let isEnough = suffices(high, margin: 1), !isEnough {
      high *= 2
      guard high < 1 << 24 else { return nil }
    }
    var low = 0
    while high - low > 1 {
      let middle = (low + high) / 2
      if suffices(middle, margin: 1) == true { high = middle } else { low = middle }
    }
    while high > 0, suffices(high - 1) == true { high -= 1 }
    return Binomial.trials(rate: most, atMost: high, within: allowed)
  }
}
