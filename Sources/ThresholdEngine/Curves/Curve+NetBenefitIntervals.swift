// Intervals of net benefit: a mean over rows, of 1 for a true positive, minus the odds of the
// threshold for a false one, and 0 for the others.
extension Curve {
  /// At each point of a decision curve: the normal interval, with the variance of the mean over
  /// rows that are drawn at random (Marsh and others 2020).
  ///
  /// - Precondition: a decision curve of unweighted rows.
  /// - Complexity: O(points).
  public func netBenefitIntervals(level: Double) -> [Confidence.Interval] {
    let z = StandardNormal.twoSided(level)
    return (0..<count).map { index in
      let counts = confusion(at: index)
      let odds = threshold(at: index).map { $0 / (1 - $0) } ?? .nan
      let rows = counts.total
      let mean = (counts.truePositives - odds * counts.falsePositives) / rows
      let square = (counts.truePositives + odds * odds * counts.falsePositives) / rows
      let error = (max(square - mean * mean, 0) / max(rows - 1, 1)).squareRoot()
      return Confidence.Interval(lower: mean - z * error, upper: mean + z * error)
    }
  }
}
