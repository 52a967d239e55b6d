import ParallelWork

/// Which thresholds have a guarantee on the rows at hand, by their counts alone.
public struct Certificate: Hashable, Sendable {
  public let guarantee: Guarantee
  /// One for each clause of the guarantee.
  public let parts: [Part]
  /// Numbers of rows of each class.
  public let positives: Int
  public let negatives: Int
  /// The weight of every row of a class.
  private let units: ClassWeights

  /// How one clause is certified.
  public struct Part: Hashable, Sendable {
    public let clause: Guarantee.Clause
    /// The probability with which this clause may fail.
    public let allowed: Double
    public let rule: Rule
  }

  public enum Rule: Hashable, Sendable {
    /// At most so many of the rows of a sample are decided wrongly; `nil` where even 0 is too many.
    case mistakes(Int?, of: Int)
    /// The fewest right decisions for each number of wrong ones.
    case stairs([Int])
    /// The closed form for many rows.
    case mixture
  }

  /// Whether a decision with these counts has the guarantee.
  func holds(truePositives: Double, falsePositives: Double) -> Bool {
    let counts = counts(truePositives, falsePositives)
    return parts.allSatisfy { $0.holds(counts) }
  }

  /// Numbers of rows, of any weight.
  func counts(_ truePositives: Double, _ falsePositives: Double) -> RowCounts {
    RowCounts(
      tp: Int((truePositives / units.positive).rounded()),
      fp: Int((falsePositives / units.negative).rounded()), positives: positives,
      negatives: negatives)
  }

  /// What the counts of a decision are for a part.
  public func reading(of part: Part, _ confusion: Confusion) -> (right: Int, wrong: Int) {
    let counts = counts(confusion.truePositives, confusion.falsePositives)
    return part.reading(counts)
  }
}

/// Numbers of rows by outcome.
struct RowCounts {
  let tp: Int
  let fp: Int
  let positives: Int
  let negatives: Int

  func flagged(of sample: Guarantee.Sample) -> Int {
    switch sample {
    case .positives: tp
    case .negatives: fp
    case .all: tp + fp
    }
  }

  func all(of sample: Guarantee.Sample) -> Int {
    switch sample {
    case .positives: positives
    case .negatives: negatives
    case .all: positives + negatives
    }
  }
}

/// The weight of a row of each class, where all of a class weigh the same.
struct ClassWeights: Hashable, Sendable {
  var positive = 1.0
  var negative = 1.0
}

extension Guarantee.Target {
  /// How many rows are decided as it asks, and how many are not.
  func reading(_ counts: RowCounts) -> (right: Int, wrong: Int) {
    switch self {
    case .share(let sample, let flagged, _):
      let (count, all) = (counts.flagged(of: sample), counts.all(of: sample))
      return flagged ? (all - count, count) : (count, all - count)
    case .predictive(flagged: true, _): return (counts.tp, counts.fp)
    case .predictive(flagged: false, _):
      return (counts.negatives - counts.fp, counts.positives - counts.tp)
    }
  }

  /// The least share that is to be decided as it asks.
  var least: Double {
    switch self {
    case .share(_, _, let most): most.complement
    case .predictive(_, let least): least
    }
  }
}

extension Certificate.Part {
  func reading(_ counts: RowCounts) -> (right: Int, wrong: Int) { clause.target.reading(counts) }

  func holds(_ counts: RowCounts) -> Bool {
    let (right, wrong) = reading(counts)
    switch rule {
    case .mistakes(let most, _): return wrong <= most ?? -1
    case .stairs(let steps): return wrong < steps.count && right >= steps[wrong]
    case .mixture:
      guard case .predictive(_, let least) = clause.target else { return false }
      return LikelihoodMixture(precision: least, allowed: allowed)
        .certifies(right: Double(right), wrong: Double(wrong))
    }
  }

  /// Whether to flag nothing meets the clause on any rows, or leaves it without a value.
  var allowsFlaggingNothing: Bool {
    switch clause.target {
    case .share(_, let flagged, _): flagged
    case .predictive(let flagged, _): flagged
    }
  }
}

// MARK: - Making

extension Certificate {
  /// - Complexity: O(log rows) binomial tails for rates of a class and of all rows; see `Staircase`
  ///   for precision and npv.
  init(
    _ guarantee: Guarantee, positives: Int, negatives: Int, units: ClassWeights = ClassWeights(),
    isCancelled: () -> Bool = { false }
  ) throws(Cancelled) {
    self.guarantee = guarantee
    (self.positives, self.negatives, self.units) = (positives, negatives, units)
    let counts = RowCounts(tp: 0, fp: 0, positives: positives, negatives: negatives)
    let shares = guarantee.shares(positives: positives, negatives: negatives)
    var parts: [Part] = []
    for (clause, share) in zip(guarantee.clauses, shares) {
      parts.append(
        Part(
          clause: clause, allowed: share.allowed,
          rule: try Rule(clause, share, counts, isCancelled)))
    }
    self.parts = parts
  }
}

extension Certificate.Rule {
  init(
    _ clause: Guarantee.Clause, _ share: Guarantee.Share, _ counts: RowCounts,
    _ isCancelled: () -> Bool
  ) throws(Cancelled) {
    switch clause.target {
    case .share(let sample, _, _): self = .mistakes(share.mistakes, of: counts.all(of: sample))
    case .predictive(let flagged, let least):
      let rows = counts.positives + counts.negatives
      let horizon = Staircase.horizon(
        rows: rows, relevant: flagged ? counts.positives : counts.negatives, precision: least,
        allowed: share.allowed)
      guard horizon <= Staircase.longest else {
        self = .mixture
        return
      }
      // What the horizon itself may miss is 6 % of what is allowed.
      let staircase = try Staircase.calibrated(
        precision: least, horizon: horizon, allowed: share.allowed * 0.94, isCancelled: isCancelled)
      self = .stairs(staircase.steps)
    }
  }
}
