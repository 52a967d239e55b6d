import Testing

@testable import ThresholdEngine

/// Data that make a fit doubtful, or put its arithmetic to the test.
@Suite struct LogisticFindingsTests {
  private let base: Dataset

  init() throws {
    base = try Dataset.synthetic(rows: 500, majority: 0.7, features: 3, flip: 0.1)
  }

  private func with(_ columns: [Double]...) throws -> Dataset {
    try dataset(base.features + columns, base.labels)
  }

  @Test func constantFeatureGetsNothing() throws {
    let model = try LogisticRegression.fit(with(base.labels.map { _ in 7 }))
    let plain = try LogisticRegression.fit(base)
    #expect(model.findings == [.constantFeature("x4")])
    #expect(model.coefficients == plain.coefficients + [0])
    #expect(model.intercept == plain.intercept)
  }

  @Test func copiesShareTheirCoefficient() throws {
    let model = try LogisticRegression.fit(with(base.features[1]))
    #expect(model.findings == [.collinear("x4", with: ["x2"])])
    #expect(model.converged)
    #expect(abs(model.coefficients[1] - model.coefficients[3]) < 1e-10)
  }

  @Test func sumsAreCollinear() throws {
    let sum = zip(base.features[0], base.features[2]).map { 2 * $0 - 3 * $1 + 5 }
    let model = try LogisticRegression.fit(with(sum))
    #expect(model.findings == [.collinear("x4", with: ["x1", "x3"])])
    #expect(model.converged)
  }

  @Test(arguments: [(1e-7, true), (1e-3, false)])
  func nearlyCollinear(noise: Double, found: Bool) throws {
    var random = RandomState(seed: 1)
    let near = base.features[0].map { $0 + noise * random.standardNormal() }
    let model = try LogisticRegression.fit(with(near))
    #expect(model.findings == (found ? [.collinear("x4", with: ["x1"])] : []))
    #expect(model.converged)
  }

  @Test func moreFeaturesThanRows() throws {
    let data = try Dataset.synthetic(rows: 12, majority: 0.5, features: 20)
    let model = try LogisticRegression.fit(data)
    #expect(model.converged)
    #expect(model.findings.contains(.separable))
    // Eleven directions and a constant explain all twelve rows.
    let collinear = model.findings.filter { if case .collinear = $0 { true } else { false } }
    #expect(collinear.count == 9)
  }

  @Test(arguments: [1.0, 1e6, 1e12, 1e300])
  func separable(c: Double) throws {
    let data = try dataset([[1, 2, 3, 4, 5, 6]], [false, false, false, true, true, true])
    let model = try LogisticRegression.fit(data, c: c)
    #expect(model.findings.contains(.separable))
    #expect(model.coefficients[0] > 0)
    #expect(model.converged)
    #expect(abs(model.intercept / model.coefficients[0] + 3.5) < 1e-9)
    // The optimum: w = c · Σ (y - p) x.
    let probabilities = try model.probabilities(of: data)
    let missing = zip(zip(probabilities, data.labels), data.features[0]).reduce(0) {
      $0 + (($1.0.1 ? 1 : 0) - $1.0.0) * $1.1
    }
    if c <= 1e6 { #expect(abs(c * missing / model.coefficients[0] - 1) < 1e-6) }
  }

  @Test func aTieBetweenTheClassesDoesNotSeparate() throws {
    let data = try dataset([[1, 2, 3, 3, 4, 5]], [false, false, false, true, true, true])
    #expect(try LogisticRegression.fit(data).findings == [])
  }

  @Test(
    arguments: [
      [1e300, -1e300, 1e299, 3e299], [1e-300, 2e-300, 5e-300, 1e-301],
      [.leastNonzeroMagnitude, 0, 0, 2 * .leastNonzeroMagnitude],
      [1.7e308, -1.7e308, 0, 1], [1e16, 1e16 + 2, 1e16 + 4, 1e16 + 2], [0, 0, 0, 1e-200],
    ] as [[Double]]) func anyScaleEndsInNumbers(column: [Double]) throws
  {
    for c in [1e-300, 1, 1e300] {
      let model = try LogisticRegression.fit(
        dataset([column, [1, 2, 4, 3]], [false, true, false, true]), c: c)
      #expect(model.coefficients.allSatisfy { $0.isFinite })
      #expect(model.intercept.isFinite)
      #expect(model.converged || model.findings.contains(.notConverged))
    }
  }
}
