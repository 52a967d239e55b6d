import Algorithms
import ParallelWork

/// Draws the thresholds of groups toward that of all rows, the more the less certain they are.
///
/// A threshold stands for the share of all rows that it flags, which does not depend on the scale of
/// the scores. Shares of groups are taken as normal about that of all rows, with variance τ², and
/// the estimate of each as normal about it with the variance σ² of its bootstrap samples. The part
/// τ² / (τ² + σ²) of the distance is kept (empirical Bayes: Efron and Morris, “Data analysis using
/// Stein's estimator and its generalizations”, 1975). τ² is by moments (DerSimonian and Laird, 1986)
/// about the share of all rows: (Σ w d² − k) / Σ w, at least 0, with w = 1/σ² and distances d of k
/// groups.
public struct Shrinkage: Sendable {
  /// The variance of the groups.
  public let spread: Double
  /// What part of the distance each group keeps, 0 to 1.
  public let kept: [Double]

  /// - Parameters:
  ///   - shares: What the threshold of each group flags of all rows.
  ///   - center: What the threshold of all rows flags.
  ///   - variances: Of each group's share; `nil` where too few samples have a threshold, and then
  ///     nothing of its distance is kept.
  ///   - least: The least variance: that of the place of a threshold between two rows.
  public init(_ shares: [Double], about center: Double, variances: [Double?], least: Double) {
    let variances = variances.map { $0.map { Swift.max($0, least) } }
    var (weights, excess) = (0.0, 0.0)
    for (share, variance) in zip(shares, variances) {
      guard let variance, variance > 0 else { continue }
      weights += 1 / variance
      excess += (share - center) * (share - center) / variance - 1
    }
    let spread = weights > 0 ? Swift.max(0, excess / weights) : 0
    self.spread = spread
    kept = variances.map { $0.map { spread == 0 ? 0 : spread / (spread + $0) } ?? 0 }
  }
}

/// What share of rows is flagged at any threshold.
public struct FlaggedShares: Sendable {
  private let values: [Double]
  /// The weight of the rows up to each, ascending, and of all.
  private let sums: [Double]

  /// - Complexity: O(*n* log *n*).
  public init(_ scores: Scores) {
    let order = (0..<scores.count).filter { scores.weights?[$0] != 0 }
      .sorted { scores.values[$0] < scores.values[$1] }
    values = order.map { scores.values[$0] }
    var sum = 0.0
    sums =
      [0]
      + order.map { row in
        sum += scores.weights?[row] ?? 1
        return sum
      }
  }

  public func share(_ decision: Decision) -> Double {
    guard let threshold = decision.threshold, let all = sums.last, all > 0 else { return 0 }
    return (all - sums[values.partitioningIndex { $0 >= threshold }]) / all
  }

  /// The variance of a place that is anywhere between two neighbouring rows.
  public var leastVariance: Double {
    values.isEmpty ? 0 : 1 / (12 * Double(values.count) * Double(values.count))
  }

  /// The variance of the shares that samples choose; `nil` where fewer than half of them choose.
  public func variance(_ confidence: Confidence) -> Double? {
    let shares = confidence.replicates.compactMap(\.outcome).map(share)
    guard 2 * shares.count >= confidence.replicates.count, shares.count > 1 else { return nil }
    let mean = shares.reduce(0, +) / Double(shares.count)
    return shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(shares.count - 1)
  }
}

/// Chooses the threshold that flags nearly a share of other rows, among those that meet what the
/// tuning was to meet; of equally near ones by its tie rule.
///
/// - Parameters:
///   - tuning: The tuning of these scores, which is feasible.
///   - share: What is to be flagged of the other rows.
/// - Complexity: O(*n* log *n*).
public func tuning(
  _ tuning: Tuning, on scores: Scores, flagging share: Double, of rows: FlaggedShares,
  midpoint: Bool, isCancelled: () -> Bool = { false }
) throws(TuningError) -> Tuning {
  let choice = try RankedChoice(
    scores, tuning.question, tuning.search, midpoint: midpoint, isCancelled)
  let candidates = try TuningError.ifCancelled { () throws(Cancelled) in
    try choice.candidates(isCancelled)
  }
  let nearest = choice.least(of: candidates) { (rows.share($0.decision) - share).magnitude }
  return nearest.map { choice.tuning(tuning, choosing: $0.candidate) } ?? tuning
}
