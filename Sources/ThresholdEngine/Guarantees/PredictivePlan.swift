import Algorithms
import Glibc
import ParallelWork

/// How many rows precision or npv needs: a decision that is made for a share of the rows, and is
/// right for `expected` of these, is certified with probability `level`.
struct PredictivePlan {
  let clause: Guarantee.Clause
  let isOfFlagged: Bool
  let least: Double
  let allowed: Double
  let level: Double
  /// The share of rows of the class for which the decision is right.
  let relevance: Double
  /// The share of rows for which it is made.
  let rate: Double
  let expected: Double

  init(
    _ clause: Guarantee.Clause, isOfFlagged: Bool, least: Double, allowed: Double, level: Double,
    prevalence: Double, flagRate: Double?, expected: Double?
  ) throws(SampleSizeError) {
    let value = expected ?? 1
    guard value > least, value <= 1 else { throw .expectedBeyondLimit(clause) }
    (self.clause, self.isOfFlagged, self.least) = (clause, isOfFlagged, least)
    (self.allowed, self.level, self.expected) = (allowed, level, value)
    relevance = isOfFlagged ? prevalence : prevalence.complement
    // By default every row of the class is decided rightly.
    let most = min(relevance / value, 1)
    rate = flagRate.map { isOfFlagged ? $0 : $0.complement } ?? most
    guard rate <= most * (1 + 1e-9) else {
      throw .tooManyRight(clause, mostRate: isOfFlagged ? most : most.complement)
    }
  }

  func rows(_ isCancelled: () -> Bool) throws(SampleSizeError) -> Int {
    guard rate > 0 else { throw .tooMany }
    let fewest = log(allowed) / log(least) / rate
    guard fewest < 1e7 else { throw .tooMany }
    return try SampleSize.fewest(from: max(Int(fewest), 1)) { rows throws(SampleSizeError) in
      if rows > 100_000_000 { throw .tooMany }
      return try probability(rows, isCancelled) >= level / 1.0.withRounding
    }
  }

  /// Right decisions before the first wrong one that so many rows need; more than that where
  /// wrong ones are expected.
  func right(_ rows: Int, _ isCancelled: () -> Bool) throws(SampleSizeError) -> Int {
    if expected < 1 { return Int((Double(rows) * rate * expected).rounded()) }
    return try part(rows, isCancelled).neededRun ?? rows
  }

  private func part(
    _ rows: Int, _ isCancelled: () -> Bool
  ) throws(SampleSizeError) -> Certificate.Part {
    let relevant = Int((Double(rows) * relevance).rounded())
    let counts = RowCounts(
      tp: 0, fp: 0, positives: isOfFlagged ? relevant : rows - relevant,
      negatives: isOfFlagged ? rows - relevant : relevant)
    do throws(Cancelled) {
      return Certificate.Part(
        clause: clause, allowed: allowed,
        rule: try .init(clause, .init(allowed: allowed), counts, isCancelled))
    } catch { throw .cancelled }
  }

  /// The probability with which so many rows certify the decision.
  func probability(_ rows: Int, _ isCancelled: () -> Bool) throws(SampleSizeError) -> Double {
    try probability(rows, part(rows, isCancelled), isCancelled)
  }

  /// - Parameter part: the rule that certifies.
  func probability(
    _ rows: Int, _ part: Certificate.Part, _ isCancelled: () -> Bool = { false }
  ) throws(SampleSizeError) -> Double {
    let decided = Binomial(trials: rows, rate: rate)
    if expected == 1, let run = part.neededRun { return decided.atLeast(run) }
    let (mean, spread) = (
      Double(rows) * rate, 9 * (Double(rows) * rate * (1 - rate)).squareRoot() + 9
    )
    let counts = max(Int(mean - spread), 1)...min(max(Int(mean + spread), 1), rows)
    var (right, total) = (0, 0.0)
    for count in counts {
      if count & 63 == 0, isCancelled() { throw .cancelled }
      right = part.fewestRight(of: count, from: right)
      if right > count { continue }
      total +=
        decided.probability(of: count)
        * Binomial(trials: count, rate: expected).atLeast(right)
    }
    return min(total, 1)
  }
}

extension Certificate.Part {
  /// The fewest right decisions among so many that certify them, at least `least`; more than there
  /// are where none do.
  fileprivate func fewestRight(of count: Int, from least: Int) -> Int {
    let first = Swift.max(least - 1, 0)
    return (first..<count + 1).partitioningIndex { certifies(right: $0, wrong: count - $0) }
  }

  private func certifies(right: Int, wrong: Int) -> Bool {
    switch (rule, clause.target) {
    case (.stairs(let steps), _): wrong < steps.count && right >= steps[wrong]
    case (.mixture, .predictive(_, let least)):
      LikelihoodMixture(precision: least, allowed: allowed)
        .certifies(right: Double(right), wrong: Double(wrong))
    default: false
    }
  }
}

extension Binomial {
  /// P(X = count).
  func probability(of count: Int) -> Double {
    if rate >= 1 { return count == trials ? 1 : 0 }
    let (n, k) = (Double(trials), Double(count))
    let ways = -log(n + 1) - IncompleteBeta.logBeta(k + 1, n - k + 1)
    return exp(ways + k * log(rate) + (n - k) * log1p(-rate))
  }
}
