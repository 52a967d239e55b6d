import ParallelWork

extension LogisticProblem {
  /// Problems of the data that the user of a fit should know.
  func findings(
    _ result: NewtonSearch.Result, _ isCancelled: () -> Bool
  ) throws(Cancelled) -> [LogisticFinding] {
    var findings = constantFeatures.map(LogisticFinding.constantFeature)
    for dependence in try suspectedDependences(result.first, isCancelled)
    where try holds(dependence, isCancelled) {
      let others = dependence.terms.map { name($0.feature) }
      findings.append(.collinear(name(dependence.feature), with: others))
    }
    if result.last.separates { findings.append(.separable) }
    if !result.converged { findings.append(.notConverged) }
    return findings
  }

  private func name(_ index: Int) -> String { data.featureNames[active[index]] }
}

// MARK: - Collinear features

/// A feature as a constant plus multiples of earlier ones, all by their position in `active`.
private struct LinearDependence {
  let feature: Int
  let terms: [(feature: Int, factor: Double)]
}

extension LogisticProblem {
  /// Tolerance, in standard deviations, of a feature's residual when others predict it.
  private static let tolerance = 1e-5

  /// Reads dependences off the sums of products; rounding and weights may raise false ones.
  private func suspectedDependences(
    _ sums: LogisticSums, _ isCancelled: () -> Bool
  ) throws(Cancelled) -> [LinearDependence] {
    guard let products = sums.curvature else { return [] }
    let size = active.count + 1
    // The intercept comes first, so that what is constant is explained before all else.
    var kept = [active.count]
    var factor = GrowingFactor(first: products[size * size - 1])
    var dependences: [LinearDependence] = []
    for feature in active.indices {
      if isCancelled() { throw Cancelled() }
      let row = kept.map { products[max(feature, $0) * size + min(feature, $0)] }
      let own = products[feature * size + feature]
      let unexplained = Self.tolerance * Self.tolerance
      if let factors = factor.explain(row, own: own, but: unexplained) {
        let terms = zip(kept, factors).filter { $0 != active.count && $1.magnitude > 1e-6 }
        dependences.append(LinearDependence(feature: feature, terms: terms.map { ($0, $1) }))
      } else {
        kept.append(feature)
      }
    }
    return dependences
  }

  /// Whether a dependence holds on the rows themselves.
  private func holds(
    _ dependence: LinearDependence, _ isCancelled: () -> Bool
  ) throws(Cancelled) -> Bool {
    var (low, high) = (Double.infinity, -Double.infinity)
    for start in stride(from: 0, to: data.rows, by: Self.blockRows) {
      if isCancelled() { throw Cancelled() }
      for row in start..<min(start + Self.blockRows, data.rows) {
        var rest = standardised(dependence.feature, row)
        for term in dependence.terms { rest -= term.factor * standardised(term.feature, row) }
        (low, high) = (min(low, rest), max(high, rest))
      }
      guard high - low <= 2 * Self.tolerance else { return false }
    }
    return true
  }

  private func standardised(_ index: Int, _ row: Int) -> Double {
    (data.features[active[index]][row] - centres[index]) * factors[index]
  }
}

/// The Cholesky factor of a matrix that grows by the rows that the earlier ones do not explain.
private struct GrowingFactor {
  private var rows: [[Double]]

  init(first: Double) { rows = [[first.squareRoot()]] }

  /// The factors by which earlier rows make this one, if all but the share `unexplained` of it;
  /// otherwise `nil`, and the row is added.
  mutating func explain(
    _ products: [Double], own: Double, but unexplained: Double
  ) -> [Double]? {
    var y = products
    for index in y.indices {
      for k in 0..<index { y[index] -= rows[index][k] * y[k] }
      y[index] /= rows[index][index]
    }
    let rest = y.reduce(own) { $0 - $1 * $1 }
    guard rest <= unexplained * own else {
      rows.append(y + [rest.squareRoot()])
      return nil
    }
    for index in y.indices.reversed() {
      y[index] /= rows[index][index]
      for k in 0..<index { y[k] -= rows[index][k] * y[index] }
    }
    return y
  }
}
