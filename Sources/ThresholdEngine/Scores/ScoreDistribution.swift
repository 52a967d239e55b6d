import Glibc

/// Histogram of the scores of both classes, in bins of equal width.
public struct ScoreDistribution: Hashable, Sendable {
  /// Bin edges, ascending, one more than bins; a score at an inner edge is in the bin above it.
  public let edges: [Double]
  /// Number or total weight of the positives in each bin.
  public let positives: [Double]
  public let negatives: [Double]
  /// All of each class, those of infinite scores included, which are in no bin.
  public let allPositives: Double
  public let allNegatives: Double

  /// The share of a class per unit of score in each bin, so that a whole class has area 1.
  public var positiveDensities: [Double] { densities(positives, allPositives) }
  public var negativeDensities: [Double] { densities(negatives, allNegatives) }

  private func densities(_ counts: [Double], _ all: Double) -> [Double] {
    counts.indices.map { bin in
      all > 0 ? counts[bin] / all / (edges[bin + 1] - edges[bin]) : 0
    }
  }
}

extension ScoreDistribution {
  /// Twice the cube root of the smaller class (Rice's rule), between 10 and 50: more bins would
  /// show its chance.
  public static func suggestedBins(_ scores: Scores) -> Int {
    let smaller = Double(min(scores.positives, scores.negatives))
    return Int(min(max(2 * cbrt(smaller), 10), 50))
  }

  /// Counts the rows.
  ///
  /// Probabilities are binned from 0 to 1, other scores from the least to the greatest.
  ///
  /// - Parameter count: how many bins, at least 1.
  /// - Returns: `nil` where no score is finite.
  /// - Complexity: O(*n*).
  public init?(_ scores: Scores, bins count: Int) {
    guard let (lower, upper) = Self.ends(scores) else { return nil }
    edges = (0...count).map { index in
      let share = Double(index) / Double(count)
      return lower * (1 - share) + upper * share
    }
    (allPositives, allNegatives) = scores.classTotals
    var (positives, negatives) = (
      [CompensatedSum](repeating: CompensatedSum(), count: count),
      [CompensatedSum](repeating: CompensatedSum(), count: count)
    )
    // Halved, so that the distance between the greatest doubles is still a number.
    let scale = Double(count) / (upper / 2 - lower / 2)
    for row in 0..<scores.count where scores.values[row].isFinite {
      let score = scores.values[row]
      let place = (score / 2 - lower / 2) * scale
      // Edges a few ulps apart may leave no number at all.
      var bin = place >= 0 && place < Double(count) ? Int(place) : count - 1
      // The quotient is rounded: the edges themselves decide.
      while bin + 1 < count, score >= edges[bin + 1] { bin += 1 }
      while bin > 0, score < edges[bin] { bin -= 1 }
      let weight = scores.weights?[row] ?? 1
      if scores.labels[row] { positives[bin].add(weight) } else { negatives[bin].add(weight) }
    }
    self.positives = positives.map(\.value)
    self.negatives = negatives.map(\.value)
  }

  /// 0 and 1 for probabilities, else the least and greatest finite score, or an interval around
  /// the only one.
  private static func ends(_ scores: Scores) -> (Double, Double)? {
    if scores.extent.isWithinUnitInterval { return (0, 1) }
    var (lower, upper) = (Double.infinity, -Double.infinity)
    for score in scores.values where score.isFinite {
      lower = min(lower, score)
      upper = max(upper, score)
    }
    guard lower <= upper else { return nil }
    if lower < upper { return (lower, upper) }
    let reach = max(lower.magnitude / 2, 0.5)
    return reach.isFinite && (lower + reach).isFinite && (lower - reach).isFinite
      ? (lower - reach, lower + reach) : (min(lower, 0), max(lower, 0))
  }
}
