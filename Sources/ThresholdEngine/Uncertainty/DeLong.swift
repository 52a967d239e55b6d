import Glibc
public import ParallelWork

/// The areas under the ROC curves of several scores of the same rows, and their covariance (DeLong,
/// DeLong and Clarke-Pearson, 1988).
///
/// Each positive is placed among the negatives: the share that scores below it, ties counted half;
/// each negative likewise. The spread of these placements gives the variance of the areas. Sorted,
/// they are counted at once (Sun and Xu, 2014).
public struct DeLong: Hashable, Sendable {
  public let areas: [Double]
  /// Of the areas, by row and column.
  public let covariance: [[Double]]

  /// - Precondition: all scores have the same labels, and no weights.
  /// - Returns: `nil` with fewer than two rows of a class.
  /// - Complexity: O(*n* log *n*) for each score.
  public init?(
    _ scores: [Scores], isCancelled: () -> Bool = { false }
  ) throws(Cancelled) {
    guard let first = scores.first, first.positives > 1, first.negatives > 1 else { return nil }
    var placements: [Placements] = []
    for score in scores { placements.append(try Placements(score, isCancelled)) }
    areas = placements.map(\.area)
    covariance = placements.map { one in
      placements.map { other in
        Placements.covariance(one.positives, other.positives)
          + Placements.covariance(one.negatives, other.negatives)
      }
    }
  }

  /// The same of one curve, from its counts of rows.
  ///
  /// - Complexity: O(*n*).
  public init?(_ sweep: Sweep) {
    guard sweep.positives > 1, sweep.negatives > 1, let area = sweep.areaUnderROC else {
      return nil
    }
    var (ofPositives, ofNegatives) = (CompensatedSum(), CompensatedSum())
    var (tp, fp) = (0.0, 0.0)
    for index in 0..<sweep.count {
      let (nextTP, nextFP) = (sweep.truePositives[index], sweep.falsePositives[index])
      let below = 1 - (fp + nextFP) / (2 * sweep.negatives) - area
      let above = (tp + nextTP) / (2 * sweep.positives) - area
      ofPositives.add((nextTP - tp) * below * below)
      ofNegatives.add((nextFP - fp) * above * above)
      (tp, fp) = (nextTP, nextFP)
    }
    areas = [area]
    let variance =
      ofPositives.value / ((sweep.positives - 1) * sweep.positives)
      + ofNegatives.value / ((sweep.negatives - 1) * sweep.negatives)
    covariance = [[variance]]
  }

  /// Normal-approximation confidence interval of an area, clipped to 0…1.
  public func interval(of index: Int = 0, level: Double) -> Confidence.Interval {
    let half = StandardNormal.twoSided(level) * max(covariance[index][index], 0).squareRoot()
    return Confidence.Interval(
      lower: max(areas[index] - half, 0), upper: min(areas[index] + half, 1))
  }

  /// By how much one area is larger than the first, its interval, and the p-value of the test that
  /// the two do not differ.
  ///
  /// Areas that are equal with certainty, as of the same order of rows, have a p-value of 1.
  public func difference(
    of index: Int, level: Double
  ) -> (gain: Double, interval: Confidence.Interval, pValue: Double) {
    let gain = areas[index] - areas[0]
    let variance = covariance[0][0] + covariance[index][index] - 2 * covariance[0][index]
    // What rounding leaves of a difference without variance.
    let noise = 1e-14 * (covariance[0][0] + covariance[index][index])
    let error = variance > noise ? variance.squareRoot() : 0
    let half = StandardNormal.twoSided(level) * error
    let pValue = error > 0 ? StandardNormal.bothTails(gain / error) : abs(gain) < 1e-12 ? 1 : 0
    return (gain, Confidence.Interval(lower: gain - half, upper: gain + half), pValue)
  }
}
