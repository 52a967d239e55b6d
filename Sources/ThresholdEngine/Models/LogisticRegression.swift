import ParallelWork

/// Fits logistic regressions to their optimum.
public enum LogisticRegression {
  /// Weights of the two classes, beside the weights of rows.
  public enum ClassWeight: Hashable, Sendable {
    case equal
    /// Both classes weigh the same in total, and all rows together what they weighed before.
    case balanced
    case explicit(negative: Double, positive: Double)
  }

  /// The features' products are kept as a square.
  static let mostFeatures = 2048

  /// Minimises ½‖w‖² + c · Σ weight · log-loss over the coefficients w and an intercept that is not
  /// penalised: the objective of scikit-learn's `LogisticRegression(C=c)` on the features as given.
  ///
  /// The optimum is reached to rounding by a damped Newton method. Features are standardised
  /// inside, which changes the path and not the end: the penalty stays that of the features as
  /// given. Rows of weight 0 are left out.
  ///
  /// - Parameters:
  ///   - c: How much a row counts against the penalty, finite and above 0.
  ///   - sampleWeights: One a row, finite and at least 0; all 1 where `nil`.
  ///   - isCancelled: Asked every few milliseconds at least.
  ///   - progress: Told a rough fraction of the way, from 0 to 1.
  /// - Complexity: O(rows · features²) a step, of which there are rarely more than ten.
  public static func fit(
    _ data: Dataset, c: Double = 1, classWeight: ClassWeight = .equal,
    sampleWeights: [Double]? = nil, isCancelled: () -> Bool = { false },
    progress: (Double) -> Void = { _ in }
  ) throws(LogisticError) -> LogisticModel {
    guard c > 0, c.isFinite else { throw .badC(c) }
    guard data.features.count <= mostFeatures else {
      throw .tooManyFeatures(data.features.count, limit: mostFeatures)
    }
    if let sampleWeights { try check(sampleWeights, rows: data.rows) }
    guard data.rows > 0 else { throw .noRows }
    let (data, weights) = withoutWeightlessRows(data, sampleWeights)
    let problem = try LogisticProblem(data, c: c, classWeight, weights)
    return try LogisticError.ifCancelled { () throws(Cancelled) in
      let start = try problem.start(isCancelled)
      let result = try NewtonSearch(problem: problem)
        .minimum(from: start, isCancelled: isCancelled, progress: progress)
      let findings = try problem.findings(result, isCancelled)
      let (coefficients, intercept) = problem.model(at: result.point)
      return LogisticModel(
        featureNames: data.featureNames, coefficients: coefficients, intercept: intercept,
        iterations: result.steps, converged: result.converged, findings: findings)
    }
  }

  private static func check(_ weights: [Double], rows: Int) throws(LogisticError) {
    guard weights.count == rows else { throw .unequalWeights(weights.count, rows: rows) }
    for (row, weight) in weights.enumerated() where !(weight >= 0 && weight.isFinite) {
      throw .badWeight(weight, row: row)
    }
  }

  private static func withoutWeightlessRows(
    _ data: Dataset, _ weights: [Double]?
  ) -> (Dataset, [Double]?) {
    guard let weights, weights.contains(0) else { return (data, weights) }
    let kept = weights.indices.filter { weights[$0] > 0 }
    return (data.subset(rows: kept), kept.map { weights[$0] })
  }
}
