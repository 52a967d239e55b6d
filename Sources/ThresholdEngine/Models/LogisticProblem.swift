import Glibc
import ParallelWork

/// The objective of one fit, in coordinates that are kind to the arithmetic.
///
/// Feature j is seen as z = (x - centre) / spread, and its coefficient as v = w · spread. The
/// objective, divided by c and by the largest weight, is Σ weight · log-loss + ½ Σ penaltyⱼ · vⱼ²
/// with penaltyⱼ = 1 / (c · largest weight · spreadⱼ²): the same as before, so the same optimum.
/// A point is the v of all active features, then the intercept.
struct LogisticProblem: Sendable {
  let data: Dataset
  /// The positions of the features that can matter; the others have the coefficient 0.
  let active: [Int]
  let centres: [Double]
  /// 1 / spread.
  let factors: [Double]
  let penalties: [Double]
  let constantFeatures: [String]
  /// The best intercept while all coefficients are 0.
  let startingIntercept: Double
  /// How many threads add up the rows.
  var threads = 1

  /// Of each row; `nil` where all weigh the same.
  let weights: [Double]?
  /// What rows of a class weigh beside that; the largest product is 1.
  let negativeWeight: Double
  let positiveWeight: Double

  /// - Parameter weights: All above 0.
  init(
    _ data: Dataset, c: Double, _ classWeight: LogisticRegression.ClassWeight, _ weights: [Double]?
  ) throws(LogisticError) {
    let totals = Self.totals(data.labels, weights)
    let (negative, positive) = try Self.classWeights(classWeight, totals)
    let largest = max(negative, positive) * (weights?.max() ?? 1)
    guard largest.isFinite, largest >= .leastNormalMagnitude else { throw .weightsOutOfScale }

    self.data = data
    self.weights = weights
    (negativeWeight, positiveWeight) = (negative / largest, positive / largest)
    startingIntercept = log(totals.positive) - log(totals.negative) + log(positive) - log(negative)

    let spreads = data.features.map(ColumnSpread.init)
    let penalties = spreads.map { 1 / (c * largest) / $0.spread / $0.spread }
    // A feature of no spread at all, or so small that the penalty forbids its use.
    active = spreads.indices.filter {
      (1 / spreads[$0].spread).isFinite && penalties[$0].isFinite
    }
    centres = active.map { spreads[$0].centre }
    factors = active.map { 1 / spreads[$0].spread }
    self.penalties = active.map { penalties[$0] }
    constantFeatures = spreads.indices.filter { spreads[$0].spread == 0 }
      .map { data.featureNames[$0] }
  }

  private static func totals(
    _ labels: [Bool], _ weights: [Double]?
  ) -> (negative: Double, positive: Double) {
    guard let weights else {
      let positives = labels.count { $0 }
      return (Double(labels.count - positives), Double(positives))
    }
    var totals = (negative: 0.0, positive: 0.0)
    for (row, weight) in weights.enumerated() {
      if labels[row] { totals.positive += weight } else { totals.negative += weight }
    }
    return totals
  }

  private static func classWeights(
    _ classWeight: LogisticRegression.ClassWeight, _ totals: (negative: Double, positive: Double)
  ) throws(LogisticError) -> (negative: Double, positive: Double) {
    guard totals.negative + totals.positive > 0 else { throw .noRows }
    guard totals.negative.isFinite, totals.positive.isFinite else { throw .weightsOutOfScale }
    guard totals.negative > 0 else { throw .oneClass(true) }
    guard totals.positive > 0 else { throw .oneClass(false) }
    switch classWeight {
    case .equal: return (1, 1)
    case .balanced:
      let half = (totals.negative + totals.positive) / 2
      return (half / totals.negative, half / totals.positive)
    case .explicit(let negative, let positive):
      for weight in [negative, positive] where !(weight >= 0 && weight.isFinite) {
        throw .badClassWeight(weight)
      }
      guard negative > 0 else { throw .zeroClassWeight(label: false) }
      guard positive > 0 else { throw .zeroClassWeight(label: true) }
      return (negative, positive)
    }
  }

  /// The coefficients and the intercept on the features as given.
  func model(at point: [Double]) -> (coefficients: [Double], intercept: Double) {
    var coefficients = [Double](repeating: 0, count: data.features.count)
    var intercept = point[active.count]
    for (index, feature) in active.enumerated() {
      coefficients[feature] = point[index] * factors[index]
      intercept -= coefficients[feature] * centres[index]
    }
    return (coefficients, intercept)
  }
}
