/// How the interval of a share, such as recall, is computed.
public enum ShareMethod: String, Hashable, Sendable, CaseIterable {
  /// Wilson's score interval (1927): close to its level on average.
  case wilson
  /// Clopper and Pearson (1934): never below its level, hence wider.
  case clopperPearson = "clopper-pearson"
}

extension ShareMethod {
  /// The interval of a share of which `hits` of `trials` are right; `nil` without trials.
  ///
  /// - Complexity: O(1) for Wilson; about 60 incomplete beta functions for Clopper and Pearson.
  public func interval(
    _ hits: Double, of trials: Double, level: Double
  ) -> Confidence.Interval? {
    guard trials > 0 else { return nil }
    switch self {
    case .wilson: return Self.wilson(hits, trials, StandardNormal.twoSided(level))
    case .clopperPearson: return Self.clopperPearson(hits, trials, tail: (1 - level) / 2)
    }
  }

  private static func wilson(_ hits: Double, _ trials: Double, _ z: Double) -> Confidence.Interval {
    let square = z * z
    let middle = (hits + square / 2) / (trials + square)
    let half =
      z / (trials + square) * (hits * (trials - hits) / trials + square / 4).squareRoot()
    return Confidence.Interval(
      lower: hits <= 0 ? 0 : max(middle - half, 0),
      upper: hits >= trials ? 1 : min(middle + half, 1))
  }

  private static func clopperPearson(
    _ hits: Double, _ trials: Double, tail: Double
  ) -> Confidence.Interval {
    let misses = trials - hits
    return Confidence.Interval(
      lower: hits <= 0 ? 0 : IncompleteBeta.quantile(tail, hits, misses + 1),
      upper: misses <= 0 ? 1 : 1 - IncompleteBeta.quantile(tail, misses, hits + 1))
  }
}

extension IncompleteBeta {
  /// The x with I_x(a, b) = `share`, by halving.
  fileprivate static func quantile(_ share: Double, _ a: Double, _ b: Double) -> Double {
    var (low, high) = (0.0, 1.0)
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high, high - low > 1e-17 else { return middle }
      if regularised(middle, a, b) < share { low = middle } else { high = middle }
    }
  }
}

/// A metric that is a share of some rows, and the counts that it divides.
struct ShareCounts {
  let hits: Double
  let trials: Double

  /// `nil` for metrics that are no share of rows, such as `f1`.
  init?(_ metric: Metric, _ counts: Confusion) {
    switch metric {
    case .recall: self.init(counts.truePositives, counts.positives)
    case .fnr: self.init(counts.falseNegatives, counts.positives)
    case .specificity: self.init(counts.trueNegatives, counts.negatives)
    case .fpr: self.init(counts.falsePositives, counts.negatives)
    case .precision: self.init(counts.truePositives, counts.flagged)
    case .npv: self.init(counts.trueNegatives, counts.total - counts.flagged)
    case .flagRate: self.init(counts.flagged, counts.total)
    case .accuracy: self.init(counts.truePositives + counts.trueNegatives, counts.total)
    default: return nil
    }
  }

  private init(_ hits: Double, _ trials: Double) { (self.hits, self.trials) = (hits, trials) }
}
