public import ParallelWork

/// Fits L2-regularised logistic regressions to full convergence.
public enum LogisticRegression {
  /// Class weights, multiplied with the weights of rows.
  public enum ClassWeight: Hashable, Sendable {
    case equal
    /// Both classes get the same total weight; the total weight of all rows does not change.
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
  /// given. Rows of weight 0 are left out. Many rows are fitted from the optimum of a sample on. The
  /// model has the same bits on any number of threads, but may differ in the last ones between
  /// processors.
  ///
  /// - Parameters:
  ///   - c: Inverse regularisation strength, finite and above 0: a larger `c` fits the rows more
  ///     closely.
  ///   - sampleWeights: One per row, finite and at least 0; `nil` means all 1.
  ///   - threads: How many threads share the rows, if there are many.
  ///   - isCancelled: Asked every few milliseconds at least, on the caller's thread.
  ///   - progress: Called with a rough fraction of the way, from 0 to 1.
  /// - Complexity: O(rows · features²) a step, of which there are rarely more than ten.
  public static func fit(
    _ data: Dataset, c: Double = 1, classWeight: ClassWeight = .equal,
    sampleWeights: [Double]? = nil, threads: Int = Workers.available,
    isCancelled: () -> Bool = { false },
    progress: (Double) -> Void = { _ in }
  ) throws(LogisticError) -> LogisticModel {
    guard c > 0, c.isFinite else { throw .badC(c) }
    guard data.features.count <= mostFeatures else {
      throw .tooManyFeatures(data.features.count, limit: mostFeatures)
    }
    if let sampleWeights { try check(sampleWeights, rows: data.rows) }
    guard data.rows > 0 else { throw .noRows }
    let (data, weights) = withoutWeightlessRows(data, sampleWeights)
    var problem = try LogisticProblem(data, c: c, classWeight, weights)
    problem.threads = threads
    return try LogisticError.ifCancelled { () throws(Cancelled) in
      let search = NewtonSearch(problem: problem)
      let result = try search.minimum(
        from: problem.start(isCancelled), isCancelled: isCancelled, progress: progress)
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
