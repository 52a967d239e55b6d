import ParallelWork

/// How many rows it takes until a guarantee can be given at all.
///
/// The least: no row may then be decided wrongly, and the threshold is as cautious as can be.
public struct SampleSize: Hashable, Sendable {
  public let guarantee: Guarantee
  /// One for each clause of the guarantee.
  public let needs: [SampleNeed]
  /// The fewest rows of each class; 0 where no clause needs them.
  public let positives: Int
  public let negatives: Int
  /// So many rows of the population hold the rows needed, with probability `level`; `nil` where the
  /// prevalence would have to be known.
  public let rows: Int?
}

/// The rows that one clause needs.
public struct SampleNeed: Hashable, Sendable {
  public let clause: Guarantee.Clause
  /// The probability with which the clause may fail.
  public let allowed: Double
  /// What `count` counts.
  public let sample: Guarantee.Sample
  /// Rows of the sample; of precision and npv, right decisions before the first wrong one.
  public let count: Int
  /// The value of the metric on new rows, on average.
  public let expected: Double
  /// So many rows of the population hold the rows needed, with probability `level`.
  public let rows: Int?
}

/// What is known of the population beforehand.
public struct SampledPopulation: Hashable, Sendable {
  /// The share of positives.
  public var prevalence: Double?
  /// The share of rows that the decision flags, for precision and npv.
  public var flagRate: Double?

  public init(prevalence: Double? = nil, flagRate: Double? = nil) {
    self.prevalence = prevalence
    self.flagRate = flagRate
  }
}

public enum SampleSizeError: Error, Hashable, Sendable {
  /// Precision and npv depend on the share of positives.
  case needsPrevalence(Guarantee.Clause)
  /// An expected value is given for several clauses.
  case expectedOfSeveral
  /// An expected value that is no better than the limit, or no share.
  case expectedBeyondLimit(Guarantee.Clause)
  /// More rows would be decided rightly than there are of their class.
  case tooManyRight(Guarantee.Clause, mostRate: Double)
  /// More rows than can be counted.
  case tooMany
  case cancelled
}

extension SampleSize {
  /// - Parameters:
  ///   - expected: a value of the metric on new rows, better than the limit: so many rows that
  ///     the threshold is no more cautious than that on average; of precision and npv, the value
  ///     at the decision. `nil` asks for the least.
  /// - Complexity: O(log rows) binomial tails, for precision and npv also staircases.
  public init(
    _ guarantee: Guarantee, in population: SampledPopulation, expected: Double? = nil,
    isCancelled: () -> Bool = { false }
  ) throws(SampleSizeError) {
    if expected != nil, guarantee.clauses.count > 1 { throw .expectedOfSeveral }
    let shares = guarantee.shares(positives: 1, negatives: 1)
    // Rows of both classes come together; every other event has its part of what may fail.
    let predictive = guarantee.clauses.count { !$0.isShare }
    let events = predictive + (predictive < guarantee.clauses.count ? 1 : 0)
    let level = 1 - guarantee.allowed / Double(max(events, 1))
    var needs: [SampleNeed] = []
    for (clause, share) in zip(guarantee.clauses, shares) {
      needs.append(
        try SampleNeed(
          clause, allowed: share.allowed, level: level, in: population, expected: expected,
          isCancelled))
    }
    self.guarantee = guarantee
    self.needs = needs
    positives = needs.most(of: .positives)
    negatives = needs.most(of: .negatives)
    rows = try Self.rows(needs, level, population)
  }

  private static func rows(
    _ needs: [SampleNeed], _ level: Double, _ population: SampledPopulation
  ) throws(SampleSizeError) -> Int? {
    let shares = needs.filter(\.clause.isShare)
    let (positives, negatives) = (shares.most(of: .positives), shares.most(of: .negatives))
    var all = needs.filter { !$0.clause.isShare || $0.sample == .all }.compactMap(\.rows)
    if positives + negatives > 0 {
      guard let prevalence = population.prevalence else { return nil }
      all.append(
        try rows(
          holding: positives, and: negatives, prevalence: prevalence, with: level))
    }
    return all.max()
  }

  /// The fewest rows among which at least so many are of each class, with a probability.
  static func rows(
    holding positives: Int, and negatives: Int, prevalence: Double, with level: Double
  ) throws(SampleSizeError) -> Int {
    try SampleSize.fewest(from: max(positives + negatives, 1)) { rows in
      let drawn = Binomial(trials: rows, rate: prevalence)
      let probability = drawn.atMost(rows - negatives) - drawn.atMost(positives - 1)
      return probability >= level / 1.0.withRounding
    }
  }

  /// The fewest from `least` on that suffice, where more suffice as well.
  static func fewest(
    from least: Int, _ suffices: (Int) throws(SampleSizeError) -> Bool
  ) throws(SampleSizeError) -> Int {
    let most = 1_000_000_000_000
    guard least < most else { throw .tooMany }
    if try suffices(least) { return least }
    var (low, high) = (least, least * 2)
    while try !suffices(high) {
      (low, high) = (high, high * 2)
      guard high < most else { throw .tooMany }
    }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if try suffices(middle) { high = middle } else { low = middle }
    }
    return high
  }
}

extension [SampleNeed] {
  fileprivate func most(of sample: Guarantee.Sample) -> Int {
    filter { $0.sample == sample }.map(\.count).max() ?? 0
  }
}

extension SampleNeed {
  /// Whether no fewer rows would do; of precision and npv, whether no wrong decision is expected.
  public var isLeast: Bool {
    guard case .share(_, _, let most) = clause.target else { return expected == 1 }
    return count == Binomial.trials(rate: most, within: allowed)
  }
}

extension Guarantee.Clause {
  public var isShare: Bool { if case .share = target { true } else { false } }
}
