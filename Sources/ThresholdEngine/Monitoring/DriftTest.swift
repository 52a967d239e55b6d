import Glibc

/// Tests of whether two independent samples are from one population.
public enum DriftTest {
  /// Fisher's exact test of two rates, two-sided: the probability, given the margins, of tables that
  /// are no more probable than the one observed.
  ///
  /// - Complexity: O(standard deviation of the count).
  public static func rates(
    _ hits: Int, of rows: Int, and otherHits: Int, of otherRows: Int
  ) -> Double {
    let margins = Margins(rows: rows, otherRows: otherRows, hits: hits + otherHits)
    let limit = margins.logProbability(of: hits) + 1e-7
    // From the most probable count outwards: in each direction probabilities only fall.
    var sum = 0.0
    let mode = margins.mode
    for step in [1, -1] {
      var count = step == 1 ? mode : mode - 1
      while margins.range.contains(count) {
        let log = margins.logProbability(of: count)
        if log <= limit { sum += exp(log) }
        if log < min(limit, -30) - 15 { break }
        count += step
      }
    }
    return min(sum, 1)
  }

  /// The chi-squared test of homogeneity of two rows of counts; `nil` where they say nothing.
  ///
  /// Neighbours are joined until at least five rows of each sample are expected in each part.
  public static func counts(_ counts: [Double], and others: [Double]) -> Double? {
    let (all, otherAll) = (counts.reduce(0, +), others.reduce(0, +))
    guard all > 0, otherAll > 0 else { return nil }
    let share = all / (all + otherAll)
    let parts = joined(counts, others, least: 5 / min(share, 1 - share))
    guard parts.count > 1 else { return nil }
    let statistic = parts.reduce(0) { sum, part in
      let expected = (part.0 + part.1) * share
      let difference = part.0 - expected
      return sum + difference * difference / (expected * (1 - share))
    }
    return ChiSquared.tail(statistic, freedom: parts.count - 1)
  }

  /// Joins neighbours until each part has at least so many rows.
  private static func joined(
    _ counts: [Double], _ others: [Double], least: Double
  ) -> [(Double, Double)] {
    var parts: [(Double, Double)] = []
    var (one, other) = (0.0, 0.0)
    for (count, otherCount) in zip(counts, others) {
      one += count
      other += otherCount
      if one + other >= least {
        parts.append((one, other))
        (one, other) = (0, 0)
      }
    }
    if one + other > 0, let last = parts.popLast() {
      parts.append((last.0 + one, last.1 + other))
    }
    return parts
  }
}

/// A table of two rates with fixed margins.
private struct Margins {
  let rows: Int
  let otherRows: Int
  let hits: Int

  /// The counts of hits that the first sample can have.
  var range: ClosedRange<Int> { max(0, hits - otherRows)...min(rows, hits) }

  var mode: Int {
    let mode = Double(hits + 1) * Double(rows + 1) / Double(rows + otherRows + 2)
    return min(max(Int(mode), range.lowerBound), range.upperBound)
  }

  /// The logarithm of the hypergeometric probability.
  func logProbability(of count: Int) -> Double {
    Self.logChoose(rows, count) + Self.logChoose(otherRows, hits - count)
      - Self.logChoose(rows + otherRows, hits)
  }

  private static func logChoose(_ all: Int, _ some: Int) -> Double {
    lgamma(Double(all) + 1) - lgamma(Double(some) + 1) - lgamma(Double(all - some) + 1)
  }
}

/// The chi-squared distribution.
enum ChiSquared {
  /// P(X ≥ x) for whole degrees of freedom: the finite sums of Abramowitz and Stegun, 26.4.4 and
  /// 26.4.5.
  static func tail(_ x: Double, freedom: Int) -> Double {
    let half = x / 2
    var term = freedom % 2 == 0 ? exp(-half) : 2 * (half / .pi).squareRoot() * exp(-half)
    var sum = freedom % 2 == 0 ? 0 : erfc(half.squareRoot())
    var place = freedom % 2 == 0 ? 1.0 : 1.5
    for _ in 0..<freedom / 2 {
      sum += term
      term *= half / place
      place += 1
    }
    return min(sum, 1)
  }
}
